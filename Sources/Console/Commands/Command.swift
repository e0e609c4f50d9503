package import Fleet

/// One thing that the operator can ask for; keys, footer, help, palette and `docs/keys.md` all come from it.
package struct Command: Hashable, Sendable {
  /// The sections of the help, in its order.
  package enum Group: String, CaseIterable, Sendable {
    case move = "Move"
    case panes = "Panes"
    case lists = "Lists"
    case fleet = "Fleet"
    case container = "Container"
    case reading = "Logs and inspections"
    case acting = "Acting on the fleet"
    case dialogs = "Dialogs"
    case screen = "Screen"
  }

  package var id: CommandID
  /// At most 10 characters, for the footer and menus.
  package var title: String
  /// One sentence.
  package var help: String
  package var group: Group
  package var scope: Scope
  /// Whether it can act on all marked rows at once.
  package var takesMany: Bool
  /// Its place in the footer, 1 first; nil leaves it to the help.
  package var hint: Int?

  init(
    _ id: CommandID, _ title: String, _ help: String, in group: Group, at scope: Scope,
    takesMany: Bool = false, hint: Int? = nil
  ) {
    self.id = id
    self.title = title
    self.help = help
    self.group = group
    self.scope = scope
    self.takesMany = takesMany
    self.hint = hint
  }

  /// What it changes on a host; `nil` for what only shows something.
  package var action: ActionName? { id.action }

  /// Every command, in the order of the help.
  package static let table: [Command] = CommandID.allCases.map(\.command)
}

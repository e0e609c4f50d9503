/// What the help says of keys: those that act at one place first, then the rest, each command once.
package struct HelpText: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var command: CommandID
    /// As in `j, Down`; empty where only the palette reaches it.
    package var keys: String
    package var title: String
    /// One sentence, and where it works if that is not here.
    package var help: String
  }

  package struct Section: Hashable, Sendable {
    package var title: String
    package var lines: [Line]
  }

  /// What works at the place; empty where nothing has a key there.
  package var here: [Section]
  /// All else; none of them empty.
  package var rest: [Section]

  package init(of keymap: Keymap, at place: Scope, offering isOffered: (CommandID) -> Bool = { _ in true }) {
    let offered = Command.table.filter { isOffered($0.id) }
    func hasKey(_ command: Command) -> Bool { !keymap[command.id].isEmpty }
    func isApart(_ command: Command) -> Bool { command.group == .move || command.group == .dialogs }
    func section(_ title: String, tellsPlace: Bool = false, _ isIn: (Command) -> Bool) -> [Section] {
      let lines = offered.filter(isIn).map { command in
        Line(
          command: command.id, keys: keymap[command.id].map(\.notation).joined(separator: ", "), title: command.title,
          help: command.help + (tellsPlace ? " (\(command.scope.description))" : ""))
      }
      return lines.isEmpty ? [] : [Section(title: title, lines: lines)]
    }
    here = section("Keys here") { hasKey($0) && !isApart($0) && $0.scope.overlaps(place) }.map { section in
      // As in the footer; what is not there follows in the order of the table.
      let ordered = section.lines.enumerated().sorted { left, right in
        (left.element.command.command.hint ?? .max, left.offset)
          < (right.element.command.command.hint ?? .max, right.offset)
      }
      return Section(title: section.title, lines: ordered.map(\.element))
    }
    rest =
      section("Move") { $0.group == .move && hasKey($0) }
      + section("Keys elsewhere", tellsPlace: true) { hasKey($0) && !isApart($0) && !$0.scope.overlaps(place) }
      + section("Questions and menus") { $0.group == .dialogs && hasKey($0) }
      + section("By name alone", tellsPlace: true) { !hasKey($0) }
  }
}

/// What the help shows: the commands of one place, or of all, by section.
package struct HelpText: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var command: CommandID
    /// As in `j, Down`; empty where only the palette reaches it.
    package var keys: String
    package var title: String
    /// One sentence.
    package var help: String
  }

  package struct Section: Hashable, Sendable {
    package var title: String
    package var lines: [Line]
  }

  /// None of them empty.
  package var sections: [Section]

  /// The help on one place, or on several, in the order of the table.
  package init(of keymap: Keymap, at scope: Scope, offering isOffered: (CommandID) -> Bool = { _ in true }) {
    sections = Command.Group.allCases.compactMap { group in
      let commands = Command.table.filter { $0.group == group && $0.scope.overlaps(scope) && isOffered($0.id) }
      let lines = commands.map { command in
        Line(
          command: command.id, keys: keymap[command.id].map(\.notation).joined(separator: ", "),
          title: command.title, help: command.help)
      }
      return lines.isEmpty ? nil : Section(title: group.rawValue, lines: lines)
    }
  }
}

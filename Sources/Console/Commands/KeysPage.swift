import Surface

/// `docs/keys.md`, made of the command table and the shipped keymaps.
package enum KeysPage {
  /// The page, with one column of keys per keymap.
  package static func markdown(_ table: [Command], _ keymaps: [Keymap]) -> String {
    var lines = [
      "# Keys", "",
      "Made by `make docs` from the table of commands and `keymaps/`: change those, not this page.", "",
      "In the console, `\(keymaps.first?.hint(for: .help) ?? "?")` shows the keys that work where you are, and "
        + "`\(keymaps.first?.hint(for: .palette) ?? ":")` finds any command by a few letters of its name.", "",
    ]
    lines += changing
    for group in Command.Group.allCases {
      let commands = table.filter { $0.group == group }
      guard !commands.isEmpty else { continue }
      lines += ["## \(group.rawValue)", ""]
      lines.append("| Command | What it does | Where | " + keymaps.map(\.name).joined(separator: " | ") + " |")
      lines.append("|" + String(repeating: " --- |", count: 3 + keymaps.count))
      for command in commands {
        let keys = keymaps.map { cell($0[command.id]) }
        let cells = ["`\(command.id.rawValue)`", help(command), command.scope.description] + keys
        lines.append("| " + cells.joined(separator: " | ") + " |")
      }
      lines.append("")
    }
    return lines.dropLast().joined(separator: "\n") + "\n"
  }

  private static let changing = [
    "## Your own keys", "",
    "Put the entries to change, and only those, in `$XDG_CONFIG_HOME/vigie/keymap.json5` (`~/.config/vigie/` where that",
    "is not set). Each command has a list of keys, the first of which is shown on the screen:", "",
    "```json5",
    "{",
    "  inherits: \"vim\", // or \"default\", which it is where you leave it out",
    "  keys: {",
    "    \"move.down\": [\"j\", \"Down\", \"Ctrl-n\"],",
    "    \"pane.zoom\": [\"Space\"],",
    "    \"sample.now\": [], // no key; the palette still finds it",
    "  },",
    "}",
    "```", "",
    "- A key is a character (`j`, `G`, `é`), or one of",
    "  \(names),",
    "  with `Ctrl-` or `Alt-` before it if you like.",
    "  Keys with spaces between them are pressed one after the other: `g g`, at most \(KeySequence.longest).",
    "- A key serves one command at each place. What your file says wins over what it inherits, with a warning where that",
    "  takes a key from a command that your file does not name. A clash within your file is named and costs only the",
    "  second key; the rest of the file works.",
    "- Where text is typed (the filter, the palette, a name asked for), characters and the keys that edit a line",
    "  are for the text, and only the other keys press anything.",
    "- `Ctrl-a`, `Ctrl-b`, `Ctrl-h`, `Ctrl-j`, `Ctrl-k`, `Ctrl-l`, `Ctrl-s`, `Ctrl-q`, `Ctrl-z` and `Ctrl-\\` draw a",
    "  warning: tmux, screen, vim-tmux-navigator or the terminal itself takes them first.",
    "- Commands of your own have their keys in the [fleet file](fleet-file.md#commands-commands-of-your-own).",
    "- `docs/keymap.schema.json` lets an editor complete the file.", "",
  ]

  private static let names =
    Key.names.filter { !$0.name.isFunctionKey }.map { "`\($0.name)`" }
    .joined(separator: ", ") + ", `F1` to `F12`"

  private static func help(_ command: Command) -> String {
    command.help
  }

  /// `|` would end the cell.
  private static func cell(_ keys: [KeySequence]) -> String {
    keys.map { key in
      let text = key.notation.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
    }.joined(separator: " ")
  }
}

extension String {
  fileprivate var isFunctionKey: Bool { count > 1 && first == "F" && dropFirst().allSatisfy(\.isNumber) }
}

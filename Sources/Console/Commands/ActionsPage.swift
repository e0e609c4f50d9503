import Fleet

/// `docs/actions.md`, made of the actions and the command table.
package enum ActionsPage {
  package static var markdown: String {
    var lines = [
      "# Actions", "",
      "Made by `make docs` from `Sources/Fleet/Actions` and the table of commands: change those, not this page.", "",
      "Everything that vigie can change on a host. It shows the exact commands first, and then asks, by the action's class:",
      "", "| class | what is asked |", "| --- | --- |",
    ]
    lines += Danger.allCases.map { "| `\($0.rawValue)` | \($0.asked) |" }
    lines += [
      "",
      "In production each action is one class higher than here. `actions` in the [fleet file](fleet-file.md) changes that, and",
      "the class of each action; one that deletes data is never lowered.", "",
      "| action | what it does | class | deletes data |", "| --- | --- | --- | --- |",
    ]
    lines += Command.table.compactMap { command in
      command.action.map { action in
        let cells = [
          "`\(action.rawValue)`", command.help, "`\(action.danger.rawValue)`", action.deletesData ? "yes" : "",
        ]
        return "| \(cells.joined(separator: " | ")) |"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

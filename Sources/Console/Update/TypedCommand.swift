package import Fleet
import Operations
package import Surface
import Telemetry

/// A command line being typed, to be run in those containers.
package struct TypedCommand: Hashable, Sendable {
  package var containers: [ContainerID]
  package var title: String
  package var field = TextField()
}

extension Model {
  mutating func askShell() -> [Effect] {
    let mark = String(now.milliseconds, radix: 36)
    return ask { targets, settings throws(Unavailable) in
      try Plan.shell(in: targets, mark: mark, settings: settings)
    }
  }

  /// The containers are those of now: rows may move while a person types.
  mutating func openCommandLine() {
    let ids = actedContainers
    let name = ids.count == 1 ? facts(ids[0])?.name ?? ids[0].id : "\(ids.count) containers"
    overlay = .commandLine(TypedCommand(containers: ids, title: "Run in \(name)"))
  }

  mutating func type(_ key: Key, inCommandLine line: TypedCommand) -> [Effect] {
    var line = line
    switch dialogCommand(key) {
    case .dialogCancel:
      overlay = nil
      say("nothing was done")
    case .dialogConfirm:
      let text = line.field.text
      overlay = .commandLine(line)
      return ask(of: line.containers) { targets, settings throws(Unavailable) in
        try Plan.command(text, in: targets, settings: settings)
      }
    default:
      _ = line.field.edit(key)
      overlay = .commandLine(line)
    }
    return []
  }
}

import Fleet
import Surface
import Telemetry

extension Model {
  var sortMenu: Menu {
    let entries = sortKeys(focus).map { key in
      Menu.Entry(letter: key.letter, title: key.title, choice: .sort(focus, key))
    }
    let selected = entries.firstIndex { $0.choice == .sort(focus, self[focus].sort) } ?? 0
    return Menu(title: "Sort \(focus.title) by", entries: entries, selected: selected)
  }

  /// What can be done with what is marked or under the cursor: first what changes nothing.
  var actionMenu: Menu {
    let containers = actedContainers
    var commands: [CommandID] = [
      .open, .containerLogs, .containerInspect, .partAsk, .copy, .hostReconnect, .hostAnswer, .sampleNow,
    ]
    if containers.isEmpty { commands.append(.hostModel) }
    let place: Scope = containers.isEmpty ? .hosts : .containers
    commands += CommandID.allCases.filter { $0.action != nil && $0.command.scope.overlaps(place) }
    let name =
      containers.count > 1
      ? "\(containers.count) marked containers"
      : containers.first.flatMap { facts($0)?.name } ?? actedHost?.text ?? ""
    // What moves in a menu is no letter of an entry.
    var taken = Set("hjklqnp".unicodeScalars)
    let letters = commands.map { command -> Unicode.Scalar in
      // Its key, where it has one; else a letter of its title that nothing else has.
      let letter = keymap.letter(of: command)
      if let letter, taken.insert(letter).inserted { return letter }
      return " "
    }
    var entries = zip(commands, letters).filter { offers($0.0) }.map { command, letter in
      Menu.Entry(
        letter: letter == " " ? Self.letter(for: command.command.title, &taken) : letter, title: command.command.title,
        help: command.command.help, choice: .command(command),
        unavailable: unavailability(of: command))
    }
    entries += ownEntries.map { index, command in
      Menu.Entry(
        letter: Self.letter(for: command.name, &taken), title: command.name, help: command.help, choice: .own(index),
        unavailable: unavailability(ofOwn: command))
    }
    return Menu(title: name, note: lockReason, entries: entries)
  }

  /// A letter of the title that nothing else has, or another; a blank where none is left.
  private static func letter(for title: String, _ taken: inout Set<Unicode.Scalar>) -> Unicode.Scalar {
    let wanted = title.unicodeScalars.filter { $0 != " " } + "bfvwxzABCDEF".unicodeScalars
    guard let free = wanted.first(where: { !taken.contains($0) }) else { return " " }
    taken.insert(free)
    return free
  }
}

extension SortKey {
  fileprivate var letter: Unicode.Scalar {
    switch self {
    case .standard: "u"
    case .name: "n"
    case .cpu: "c"
    case .memory: "m"
    case .state: "s"
    case .restarts: "r"
    case .age: "a"
    case .hitRate: "h"
    case .severity: "w"
    }
  }
}

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
    var entries = commands.filter { offers($0) }.map { command in
      Menu.Entry(
        letter: letter(of: command), title: command.command.title, help: command.command.help,
        choice: .command(command), unavailable: unavailability(of: command))
    }
    entries += ownEntries.map { index, command in
      Menu.Entry(
        letter: keymap.letter(ofOwn: index), title: command.name, help: command.help, choice: .own(index),
        unavailable: unavailability(ofOwn: command))
    }
    return Menu(title: name, note: lockReason, entries: entries, isOfActions: true)
  }

  /// A command's own key, where it is one letter or sign that means nothing else outside the menu: fingers must not learn
  /// a letter twice, and nothing dangerous may be on one that is harmless elsewhere.
  private func letter(of command: CommandID) -> Unicode.Scalar? {
    guard let letter = keymap.letter(of: command) else { return nil }
    switch keymap.match([Key(.character(letter))], at: placeBelow) {
    case .none, .command(command): return letter
    case .command, .own, .prefix: return nil
    }
  }

  /// The menu as it is now, with its cursor where it was.
  mutating func refresh(_ menu: Menu) {
    var fresh = actionMenu
    let chosen = menu.entries.indices.contains(menu.selected) ? menu.entries[menu.selected].choice : nil
    fresh.selected = fresh.entries.firstIndex { $0.choice == chosen } ?? 0
    overlay = .menu(fresh)
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

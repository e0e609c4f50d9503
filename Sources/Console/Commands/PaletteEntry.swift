import Fleet

/// What the palette lists.
package enum PaletteEntry: Hashable, Sendable {
  case command(CommandID)
  /// One of the operator's own, by its place in the fleet file.
  case own(Int)
}

extension Model {
  /// The commands that the palette lists for what was typed, best first, also those that can't be done here, which say
  /// why: they come later, but for one that was typed by a whole word of its name.
  func paletteEntries(_ text: String) -> [PaletteEntry] {
    let here = CommandSearch.matches(text, at: placeBelow)
    let refused = text.isEmpty ? [] : here.filter { !offers($0.command) && $0.score > 0 }
    let others = refused + CommandSearch.elsewhere(text, at: placeBelow)
    var found = here.filter { offers($0.command) }
      .map { (entry: PaletteEntry.command($0.command), score: $0.score) }
    found += others.map {
      (.command($0.command), $0.score - (CommandSearch.isWhole($0) ? 100 : CommandSearch.wholeWord))
    }
    for (index, command) in fleet.commands.enumerated()
    where isOwnOffered && command.scope.places.overlaps(placeBelow) {
      if let score = CommandSearch.score(text, of: command) { found.append((.own(index), score)) }
    }
    return found.enumerated().sorted { left, right in
      left.element.score == right.element.score
        ? left.offset < right.offset : left.element.score > right.element.score
    }.map(\.element.entry)
  }

  /// Why a command can't be done from the palette, in one sentence; `nil` where it can.
  func paletteReason(_ id: CommandID) -> String? {
    guard offers(id), !id.command.scope.overlaps(placeBelow) else { return unavailability(of: id) }
    let scope = id.command.scope
    if scope.isSubset(of: .reading) { return "open \(scope == .log ? "a log" : "a log or an inspection") first" }
    if scope.isSuperset(of: [.hosts, .containers]) { return "go back to the lists first" }
    if scope.overlaps(.containers) { return "choose a container first" }
    if scope.overlaps(.hosts) { return "choose a host first" }
    return "it is for: \(scope.description)"
  }

  /// The operator's own commands that the menu offers here, by their places in the fleet file: those that are for what is
  /// under the cursor, or would be if the console were unlocked or the host answered.
  var ownEntries: [(Int, OwnCommand)] {
    guard isOwnOffered else { return [] }
    return fleet.commands.enumerated().filter { _, command in
      guard command.scope.places.overlaps(placeBelow) else { return false }
      switch command.scope {
      case .host: return actedHost != nil
      case .project: return actedProject != nil
      case .container:
        return !actedContainers.isEmpty
          && actedContainers.allSatisfy { id in
            facts(id).flatMap { mismatch(of: $0, on: id.host, with: command) } == nil
          }
      }
    }.map { ($0.offset, $0.element) }
  }

  /// How the palette shows an entry.
  func described(_ entry: PaletteEntry) -> (name: String, key: String, help: String, unavailable: String?) {
    switch entry {
    case .command(let id):
      return (id.rawValue, keymap.hint(for: id) ?? "", id.command.help, paletteReason(id))
    case .own(let index):
      let command = fleet.commands[index]
      return (command.id, command.key ?? "", command.help, unavailability(ofOwn: command))
    }
  }
}

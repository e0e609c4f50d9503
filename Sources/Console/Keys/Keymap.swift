package import Surface

/// Which keys ask for which command.
package struct Keymap: Hashable, Sendable {
  package var name: String
  private var bindings: [CommandID: [KeySequence]]
  /// The keys of the operator's own commands.
  package var own: [OwnKey] = []

  /// A keymap with no clash in it, which `KeymapReading` sees to.
  init(name: String, bindings: [CommandID: [KeySequence]]) {
    self.name = name
    self.bindings = bindings
  }

  /// The keys of a command, the one to show first; empty where it has none.
  package subscript(command: CommandID) -> [KeySequence] {
    get { bindings[command] ?? [] }
    set { bindings[command] = newValue }
  }

  /// The key to show for a command where there is room for one.
  package func hint(for command: CommandID) -> String? { self[command].first?.notation }

  /// The first of its keys that is one letter or sign, for a menu; `nil` where it has none.
  package func letter(of command: CommandID) -> Unicode.Scalar? {
    self[command].lazy.compactMap(\.letter).first
  }

  /// The key of one of the operator's own commands, where it is one letter or sign.
  package func letter(ofOwn command: Int) -> Unicode.Scalar? {
    own.lazy.filter { $0.command == command }.compactMap(\.sequence.letter).first
  }

  /// What keys pressed one after the other mean.
  package enum Match: Hashable, Sendable {
    case command(CommandID)
    /// One of the operator's own, by its place in the fleet file.
    case own(Int)
    /// The beginning of a sequence: the next key decides.
    case prefix
    case none
  }

  /// What `keys` mean at one place. Where text is entered (`.prompt`), a key that edits it means nothing.
  package func match(_ keys: [Key], at scope: Scope) -> Match {
    guard let first = keys.first, !(scope == .prompt && first.editsText) else { return .none }
    var isPrefix = false
    for (command, sequences) in bindings where command.command.scope.overlaps(scope) {
      for sequence in sequences {
        if sequence.keys == keys { return .command(command) }
        isPrefix = isPrefix || sequence.keys.starts(with: keys)
      }
    }
    for key in own where key.scope.overlaps(scope) {
      if key.sequence.keys == keys { return .own(key.command) }
      isPrefix = isPrefix || key.sequence.keys.starts(with: keys)
    }
    return isPrefix ? .prefix : .none
  }
}

/// The keys of a sequence pressed so far.
package struct Chord: Hashable, Sendable {
  /// Empty between commands.
  package private(set) var pressed: [Key] = []

  package init() {}

  /// Takes one key. A key that ends no sequence ends the chord and does nothing more, so that a slip such as `g r`
  /// never asks for what `r` alone does.
  package mutating func press(_ key: Key, at scope: Scope, in keymap: Keymap) -> Keymap.Match {
    pressed.append(key)
    let match = keymap.match(pressed, at: scope)
    if match != .prefix { pressed = [] }
    return match
  }

  /// Forgets the keys pressed so far: the place changed, or Esc was pressed.
  package mutating func clear() { pressed = [] }
}

import Operations
import Surface

extension KeySequence {
  /// Whether two commands would answer to the same keys at some place.
  static func clash(_ one: KeySequence, of first: CommandID, _ other: KeySequence, of second: CommandID) -> Bool {
    one.clashes(with: other) && one.places(of: first).overlaps(other.places(of: second))
  }

  /// Where these keys work for a command: a key that edits text is no command in a prompt.
  private func places(of command: CommandID) -> Scope {
    let scope = command.command.scope
    return keys.first?.editsText ?? true ? scope.subtracting(.prompt) : scope
  }

  /// What a person should know before using these keys for this command; nil where nothing stands against it.
  func concern(for command: CommandID) -> String? {
    if let taken = keys.lazy.compactMap(\.takenBy).first { return taken }
    if command.action != nil, keys.count == 1, let key = keys.first, key.isPressedWithoutLooking {
      return "\(key.notation) is pressed without looking, and \(command.rawValue) is no harmless command; "
        + "choose another key"
    }
    return nil
  }
}

extension Key {
  /// Why this key often never reaches a program in a terminal.
  fileprivate var takenBy: String? {
    guard control, case .character(let scalar) = code else { return nil }
    let taker: String? =
      switch scalar {
      case "a": "screen takes it as its prefix, and many a tmux too"
      case "b": "tmux takes it as its prefix"
      case "h", "j", "k", "l": "vim-tmux-navigator takes it, and some terminals send it for Backspace or Enter"
      case "s", "q": "flow control takes it, and stops or starts the terminal"
      case "z", "\\": "terminals send a signal for it"
      default: nil
      }
    return taker.map { "\(notation) may never arrive: \($0)" }
  }

  /// The keys by which one moves about.
  fileprivate var isPressedWithoutLooking: Bool {
    switch code {
    case .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .escape, .tab, .backTab, .backspace: true
    case .character(let scalar): !control && !alt && " hjklgGnNq".unicodeScalars.contains(scalar)
    case .delete, .insert, .function: false
    }
  }
}

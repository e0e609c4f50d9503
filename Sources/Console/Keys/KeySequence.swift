package import Surface

/// Keys pressed one after the other for one command: mostly one key, `g g` in vim.
package struct KeySequence: Hashable, Sendable {
  /// The most keys in one sequence.
  package static let longest = 3

  /// 1 to `longest` keys.
  package let keys: [Key]

  /// Reads keys with spaces between them.
  package init(notation: String) throws(KeyFault) {
    let parts = notation.split(whereSeparator: \.isWhitespace)
    if parts.isEmpty { throw KeyFault(message: "the key is empty; write Space for the space bar, and [] for no key") }
    if parts.count > KeySequence.longest {
      throw KeyFault(message: "a sequence has at most \(KeySequence.longest) keys, this has \(parts.count)")
    }
    var keys: [Key] = []
    for part in parts { keys.append(try Key(notation: String(part))) }
    self.keys = keys
  }

  package var notation: String { keys.map(\.notation).joined(separator: " ") }

  /// The one letter or sign that it is, for a menu; `nil` where it is more, or a key with a name.
  package var letter: Unicode.Scalar? {
    guard keys.count == 1, let key = keys.first, !key.control, !key.alt, case .character(let scalar) = key.code,
      scalar != " "
    else { return nil }
    return scalar
  }

  /// Whether pressing one is pressing the other, or the start of it.
  func clashes(with other: KeySequence) -> Bool {
    keys.starts(with: other.keys) || other.keys.starts(with: keys)
  }
}

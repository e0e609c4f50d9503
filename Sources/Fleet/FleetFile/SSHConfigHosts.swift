/// The hosts that a person's `~/.ssh/config` names, to offer them to someone who has no fleet file yet.
///
/// It only finds names; what they mean stays with `ssh`.
package struct SSHConfigHosts: Hashable, Sendable {
  /// Each alias once, in the order of the file: no patterns, no negations, nothing that is no fit SSH destination.
  package var aliases: [String] = []
  /// The files that the text includes, as written: paths and patterns, relative ones to `~/.ssh`. The caller reads them
  /// and gives their text to `add`.
  package var includes: [String] = []

  package init(_ text: String = "") { add(text) }

  /// Adds the aliases and includes of another file.
  package mutating func add(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = SSHConfigHosts.words(of: line)
      guard let keyword = words.first?.lowercased() else { continue }
      switch keyword {
      case "host":
        for alias in words.dropFirst() where SSHConfigHosts.isConcrete(alias) && !aliases.contains(alias) {
          aliases.append(alias)
        }
      case "include":
        for file in words.dropFirst() where !file.isEmpty && !includes.contains(file) { includes.append(file) }
      default: continue
      }
    }
  }

  private static func isConcrete(_ alias: String) -> Bool {
    !alias.contains { "*?!".contains($0) } && FleetText.destinationFault(alias) == nil
  }

  /// The keyword and the arguments of one line, without comments; `=` may stand after the keyword, and arguments may
  /// stand in double quotes (`ssh_config(5)`).
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quoted = false
    for character in line {
      switch character {
      case "\"":
        quoted.toggle()
        word = word ?? ""
      case "#" where !quoted && word == nil: return words
      case "=" where !quoted && (words.isEmpty && word != nil || words.count == 1 && word == nil),
        _ where !quoted && (character.isWhitespace || character == "\u{FEFF}"):
        if let ended = word { words.append(ended) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}

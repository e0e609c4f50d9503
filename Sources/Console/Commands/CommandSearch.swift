import Fleet

/// A command that the palette offers for what was typed.
package struct CommandMatch: Hashable, Sendable {
  package var command: CommandID
  /// Greater is better.
  package var score: Int
  /// The characters of the command's name that were typed, by offset, for the screen to mark.
  package var marks: [Int]
}

/// Finding commands by a few letters of their names, as in `crst` for `container.restart`.
package enum CommandSearch {
  /// What a word of the name as it is adds to the score: more than letters alone can be worth.
  static let wholeWord = 1000

  /// Whether what was typed is a whole word of the name.
  static func isWhole(_ match: CommandMatch) -> Bool { match.score >= wholeWord }

  /// The commands of a place whose name or help holds what was typed, best first; all of them for nothing typed.
  ///
  /// A name matches when it holds the letters in their order; a help only when it holds the text as it is.
  package static func matches(_ typed: String, at scope: Scope) -> [CommandMatch] {
    let wanted = Array(typed.lowercased().filter { !$0.isWhitespace })
    return sorted(
      Command.table.filter { $0.isListed && $0.scope.overlaps(scope) }.compactMap { match(wanted, typed, $0) })
  }

  /// The commands of other places whose name holds what was typed; none for nothing typed.
  package static func elsewhere(_ typed: String, at scope: Scope) -> [CommandMatch] {
    let wanted = Array(typed.lowercased().filter { !$0.isWhitespace })
    guard !wanted.isEmpty else { return [] }
    let others = Command.table.filter { $0.isListed && !$0.scope.overlaps(scope) }
    return sorted(others.compactMap { match(wanted, "\n", $0) })
  }

  private static func sorted(_ found: [CommandMatch]) -> [CommandMatch] {
    found.enumerated().sorted { left, right in
      left.element.score == right.element.score
        ? left.offset < right.offset : left.element.score > right.element.score
    }.map(\.element)
  }

  private static func match(_ wanted: [Character], _ typed: String, _ command: Command) -> CommandMatch? {
    match(wanted, typed, name: command.id.rawValue, texts: [command.title, command.help]).map {
      CommandMatch(command: command.id, score: $0.score, marks: $0.marks)
    }
  }

  /// How well one of the operator's own commands fits what was typed; `nil` where it does not.
  static func score(_ typed: String, of command: OwnCommand) -> Int? {
    let wanted = Array(typed.lowercased().filter { !$0.isWhitespace })
    return match(wanted, typed, name: command.id, texts: [command.help])?.score
  }

  private static func match(
    _ wanted: [Character], _ typed: String, name: String, texts: [String]
  ) -> (score: Int, marks: [Int])? {
    if var found = subsequence(wanted, in: Array(name)) {
      // A word of the name as it is comes before all that only begins with it.
      if String(wanted) == name.lowercased() || words(of: name).contains(String(wanted)) { found.score += wholeWord }
      return found
    }
    return texts.contains { $0.lowercased().contains(typed.lowercased()) } ? (-100, []) : nil
  }

  /// The words of a name in lower case, as in `host.model`, `list.sortReverse`, `own.wp-cache-flush`.
  private static func words(of name: String) -> [String] {
    var words = [""]
    for character in name {
      if character == "." || character == "-" || character == "_" {
        words.append("")
      } else {
        if character.isUppercase { words.append("") }
        words[words.count - 1] += character.lowercased()
      }
    }
    return words
  }

  /// The best way to find `wanted` in `name` in its order: letters that begin a word or follow one another count most.
  private static func subsequence(_ wanted: [Character], in name: [Character]) -> (score: Int, marks: [Int])? {
    var best: (score: Int, marks: [Int]) = (0, [])
    /// The best result so far for each offset at which the last letter found may be.
    var ends: [Int: (score: Int, marks: [Int])] = [:]
    for (count, letter) in wanted.enumerated() {
      var next: [Int: (score: Int, marks: [Int])] = [:]
      for (offset, candidate) in name.enumerated() where candidate.lowercased() == String(letter) {
        let begins = offset == 0 || name[offset - 1] == "." || candidate.isUppercase
        let worth = begins ? 10 : 1
        if count == 0 {
          next[offset] = (worth, [offset])
          continue
        }
        for (end, way) in ends where end < offset {
          let score = way.score + worth + (end == offset - 1 ? 8 : 0)
          if score > next[offset]?.score ?? .min { next[offset] = (score, way.marks + [offset]) }
        }
      }
      ends = next
      guard let top = next.sorted(by: { $0.key < $1.key }).map(\.value).max(by: { $0.score < $1.score }) else {
        return nil
      }
      best = top
    }
    return best
  }
}

extension Command {
  /// Whether the palette lists it: the palette is no place to move about, nor to answer a question.
  fileprivate var isListed: Bool { group != .move && group != .dialogs && id != .palette }
}

/// Masks secrets in the words of command lines, labels and messages, one text after the other.
///
/// It is made to mask too much rather than too little: an option may take its value from the next text of a list, so
/// one value of this type goes through the whole list.
package struct SecretText {
  static let mask = "***"

  /// Whether the next word is the value of what the last one named.
  private(set) var isValueNext = false
  /// The same, but only for a word such as `user:password`.
  private var isUserNext = false
  /// The word before names a secret, and an equals sign may follow.
  private var isNameBefore = false
  private var wordBefore = ""

  package init() {}

  /// Bare words that their secret follows, as in `config set requirepass …` and `Authorization: Bearer …`.
  private static let introducing: Set<String> = [
    "requirepass", "masterauth", "auth", "password", "passwd", "pass", "secret", "token", "bearer", "basic", "digest",
  ]

  /// The text with every secret that its words give away as `***`.
  package mutating func masked(_ text: String) -> String {
    if isValueNext {
      isValueNext = text.hasPrefix("-") && judge(Array(text.unicodeScalars)).isNext
      return text.isEmpty ? text : Self.mask
    }
    let scalars = Array(URLSecrets.masked(text).unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    var isFirst = true
    while true {
      let blank = scalars[index...].prefix(while: \.isBlank)
      result += blank
      index += blank.count
      let word = Array(scalars[index...].prefix { !$0.isBlank })
      guard !word.isEmpty else { return String(result) }
      switch take(word) {
      case .plain, .next:
        result += word
        index += word.count
      case .value(let start), .valueAndNext(let start):
        result += word[..<start]
        result += Self.mask.unicodeScalars
        // A text that begins so is one word to whoever reads it, blanks or not.
        index = isFirst ? scalars.count : Self.endOfWord(in: scalars, from: index + start)
      case .rest(let start):
        result += word[..<start]
        if index + start < scalars.count { result += Self.mask.unicodeScalars }
        index = scalars.count
      }
      isFirst = false
    }
  }

  enum Verdict: Hashable {
    case plain
    /// The next word is a secret.
    case next
    /// The secret begins at that offset of the word, and ends with it.
    case value(Int)
    /// The same, or the next word is: `-password` may be a long option, or `-p` with its value.
    case valueAndNext(Int)
    /// From that offset on nothing is to be shown, to the end of the text.
    case rest(Int)

    var isNext: Bool {
      switch self {
      case .next, .valueAndNext: true
      case .plain, .value, .rest: false
      }
    }
  }

  private static func introduces(_ word: [Unicode.Scalar]) -> Bool {
    introducing.contains(String(word.trimmed).lowercased())
  }

  /// The verdict on a word, and what follows from it for the next one.
  private mutating func take(_ word: [Unicode.Scalar]) -> Verdict {
    var verdict = judge(word)
    let isSeparator = word.allSatisfy { "=:>".unicodeScalars.contains($0) }
    if isValueNext || isNameBefore && isSeparator {
      isNameBefore = false
      // The value of `password = …` comes after the sign.
      isValueNext = isSeparator || verdict.isNext && word.first == "-"
      return isSeparator ? .plain : .value(0)
    }
    if isUserNext, word.contains(":") { verdict = .value(0) }
    let text = String(word.trimmed)
    isValueNext = verdict.isNext
    // As in `authorization=Bearer …`.
    if case .value(let start) = verdict, Self.introduces(Array(word[start...])) { isValueNext = true }
    isUserNext = ["-u", "--user", "--proxy-user"].contains(text)
    isNameBefore = SecretName.isSecret(text)
    wordBefore = text.lowercased()
    return verdict
  }

  private func judge(_ word: [Unicode.Scalar]) -> Verdict {
    if let start = separator(in: word) { return start }
    if let start = SecretShape.start(in: word) { return start }
    let text = String(word.trimmed)
    if text.hasPrefix("-") {
      let skipped = word.count - word.drop(while: \.isWrapping).count
      if ["-p", "-P", "-a"].contains(text) || SecretName.isSecret(text) && text.hasPrefix("--") { return .next }
      // As in `mysql -psecret`; long options have a second hyphen.
      let isSecret = SecretName.isSecret(text)
      if text.hasPrefix("-p") || text.hasPrefix("-P") {
        return isSecret ? .valueAndNext(skipped + 2) : .value(skipped + 2)
      }
      if text.hasPrefix("-u"), word.contains(":") { return .value(skipped + 2) }
      return isSecret ? .next : .plain
    }
    if Self.introduces(word) { return .next }
    if wordBefore == "identified", text.lowercased() == "by" { return .next }
    return .plain
  }

  /// Where a secret begins behind a name and `=` or `:`.
  private func separator(in word: [Unicode.Scalar]) -> Verdict? {
    for (index, scalar) in word.enumerated() where scalar == "=" || scalar == ":" {
      // `https://` is no name with a value.
      if scalar == ":", word[(index + 1)...].starts(with: "//".unicodeScalars) { continue }
      let before = word[..<index].reversed().drop(while: \.isWrapping)
      let name = String(String.UnicodeScalarView(before.prefix(while: \.isInName).reversed()))
      guard SecretName.isSecret(name) || name.isEmpty && index == 0 && isNameBefore else { continue }
      // What follows a colon may be of any shape: JSON, a header, a list.
      if scalar == ":" { return .rest(index + 1) }
      // `password=` alone names an empty one.
      return index + 1 < word.count ? .value(index + 1) : .plain
    }
    return nil
  }

  /// The end of a shell's word: a blank that is neither quoted nor escaped.
  private static func endOfWord(in scalars: [Unicode.Scalar], from start: Int) -> Int {
    var quote: Unicode.Scalar?
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\\" {
        index += 1
      } else if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar.isBlank {
        return index
      }
      index += 1
    }
    return scalars.count
  }
}

extension Unicode.Scalar {
  var isBlank: Bool { properties.isWhitespace }

  /// What stands around words that are not blanks.
  fileprivate var isWrapping: Bool { "\"'`\\()[]{},;<>$".unicodeScalars.contains(self) }

  fileprivate var isInName: Bool {
    properties.isAlphabetic || properties.numericType != nil || "_-.".unicodeScalars.contains(self)
  }
}

extension [Unicode.Scalar] {
  fileprivate var trimmed: String.UnicodeScalarView {
    let front = drop(while: \.isWrapping)
    return String.UnicodeScalarView(front.reversed().drop(while: \.isWrapping).reversed())
  }
}

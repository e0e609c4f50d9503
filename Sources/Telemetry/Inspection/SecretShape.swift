/// Secrets that show by their shape, whatever their name.
enum SecretShape {
  /// How hashes of passwords and keys of well-known services begin.
  private static let beginnings = [
    "$apr1$", "$2a$", "$2b$", "$2y$", "$1$", "$5$", "$6$", "$argon2", "{SHA}", "ghp_", "gho_", "ghs_", "github_pat_",
    "glpat-", "xoxb-", "xoxp-", "AKIA", "sk_live_", "rk_live_", "eyJ",
  ].map { Array($0.unicodeScalars) }

  /// Where such a secret begins in a word.
  static func start(in word: [Unicode.Scalar]) -> SecretText.Verdict? {
    if let index = offset(of: Array("-----BEGIN".unicodeScalars), in: word) { return .rest(index) }
    let starts = beginnings.compactMap { beginning in
      offset(of: beginning, in: word).flatMap { word.count - $0 >= 12 ? $0 : nil }
    }
    if let start = starts.min() { return .value(start) }
    // `user:password@place`, as databases' drivers write it; an image's digest is none.
    guard let at = word.lastIndex(of: "@"), let colon = word[..<at].firstIndex(of: ":"), at - colon > 1,
      !word[(at + 1)...].starts(with: "sha256:".unicodeScalars),
      offset(of: Array("://".unicodeScalars), in: word) == nil
    else { return nil }
    return .value(colon + 1)
  }

  private static func offset(of part: [Unicode.Scalar], in word: [Unicode.Scalar]) -> Int? {
    word.indices.first { word[$0...].starts(with: part) }
  }
}

/// `scheme://user:password@host`: what stands before the `@` may be a secret, also where it looks like a mere name.
enum URLSecrets {
  static func masked(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let colon = rest.indices.first(where: { rest[$0...].starts(with: "://".unicodeScalars) }) {
      let start = rest.index(colon, offsetBy: 3)
      let place = rest[start...].prefix { !$0.isBlank && !"\"'<>`".unicodeScalars.contains($0) }
      result += rest[..<start]
      // The last `@`: some passwords have one, and were not escaped.
      if let at = place.lastIndex(of: "@") {
        if at > place.startIndex { result += SecretText.mask.unicodeScalars }
        result += place[at...]
      } else {
        result += place
      }
      rest = rest[place.endIndex...]
    }
    result += rest
    return String(result)
  }
}

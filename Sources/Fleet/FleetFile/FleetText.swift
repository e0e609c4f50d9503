/// The shapes of the texts in a fleet file. Each `…Fault` is `nil` for a text that is right, and else a message.
package enum FleetText {
  /// For hosts, projects and tags. Names become parts of file names and of lines of the stream, hence the narrow choice.
  package static func nameFault(_ text: String) -> String? {
    let right = (1...63).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
    if right, let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") { return nil }
    return "expected 1 to 63 letters, digits, dots, underscores and hyphens, the first no dot or hyphen, found "
      + SettingsText.quoted(text)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// For an SSH destination. What could be read as an option of `ssh`, or by a shell in a `ProxyCommand`, is refused.
  package static func destinationFault(_ text: String) -> String? {
    let shown = SettingsText.quoted(text)
    if text.isEmpty { return "expected a destination such as \"ops@web-1.example\", found an empty text" }
    let host = text.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    if text.hasPrefix("-") || host.hasPrefix("-") {
      return "a destination can't begin with a hyphen, which ssh would take for an option, found \(shown)"
    }
    let blank = text.unicodeScalars.contains {
      $0.properties.isWhitespace || [.control, .format].contains($0.properties.generalCategory)
    }
    if blank {
      return
        "a destination holds no blanks or control characters, found \(shown); options go into the ssh configuration"
    }
    if text.contains(where: { "'\"`$;&<>|(){}*?!".contains($0) }) || host.contains("\\") {
      return "a destination holds no characters that a shell would obey, found \(shown)"
    }
    if text.hasPrefix("ssh://") { return addressFault(text.dropFirst(6), shown) }
    if host.isEmpty || text.hasPrefix("@") { return "expected user@host, found \(shown)" }
    return nil
  }

  private static func addressFault(_ address: Substring, _ shown: String) -> String? {
    let expected = "expected ssh://user@host:port, found \(shown)"
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count == 1 || parts.allSatisfy({ !$0.isEmpty }) else { return expected }
    var host = last.hasSuffix("/") ? last.dropLast() : last
    if host.hasPrefix("-") || host.contains("/") { return expected }
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return expected }
      host = "x" + host[host.index(after: end)...]
    }
    let pieces = host.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces.first?.isEmpty == false else { return expected }
    if pieces.count == 2, UInt16(pieces[1]).map({ $0 > 0 }) != true {
      return "expected a port from 1 to 65535 after the host, found \(shown)"
    }
    return nil
  }

  /// For a domain: labels of letters, digits and hyphens, at least two of them, the first possibly `*`.
  package static func domainFault(_ text: String) -> String? {
    let shown = SettingsText.quoted(text)
    if text.contains("/") || text.contains(":") {
      return "expected a domain alone such as \"boutique.example\", without https://, port or path, found \(shown)"
    }
    if text.utf8.contains(where: { $0 >= 0x80 }) {
      return "expected the domain in its ASCII form (xn--…), found \(shown)"
    }
    var labels = text.split(separator: ".", omittingEmptySubsequences: false)[...]
    if labels.first == "*" { labels = labels.dropFirst() }
    let right = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
    if right, labels.count >= 2, text.utf8.count <= 253, labels.last?.allSatisfy(\.isNumber) == false { return nil }
    return "expected a domain such as \"boutique.example\", found \(shown)"
  }

  /// For the directory of a Compose file on its hosts.
  package static func directoryFault(_ text: String) -> String? {
    let shown = SettingsText.quoted(text)
    if !text.hasPrefix("/") {
      return "expected an absolute path on the host such as \"/srv/boutique\", found \(shown)"
    }
    if text.unicodeScalars.contains(where: { [.control, .format].contains($0.properties.generalCategory) }) {
      return "a path holds no control characters, found \(shown)"
    }
    return nil
  }

  /// A number with its unit (`ms`, `s`, `m`, `h`), to the millisecond; `nil` for any other text.
  package static func duration(_ text: String) -> Duration? {
    let units: [(String, Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
    for (unit, milliseconds) in units where text.hasSuffix(unit) {
      guard let number = plainNumber(text.dropLast(unit.count)) else { continue }
      return .milliseconds(Int64((number * milliseconds).rounded()))
    }
    return nil
  }

  /// `80%` or `80 %` as 0.8; `nil` for any other text.
  package static func percentage(_ text: String) -> Double? {
    guard text.hasSuffix("%") else { return nil }
    let number = text.dropLast()
    return plainNumber(number.hasSuffix(" ") ? number.dropLast() : number).map { $0 / 100 }
  }

  /// Digits with at most one point among them, and no more than nine: no exponent, sign or `nan`.
  private static func plainNumber(_ text: Substring) -> Double? {
    let right = (1...9).contains(text.utf8.count) && text.utf8.allSatisfy { $0 == 0x2E || 0x30...0x39 ~= $0 }
    return right ? Double(text) : nil
  }
}

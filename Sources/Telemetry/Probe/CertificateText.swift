package import Fleet

/// A server's certificate, as curl's `%{certs}` prints the first one.
package struct CertificateText: Hashable, Sendable {
  /// The domains that it names, cleaned; at most 1000.
  package var names: [String]
  package var issuer: String
  package var notBefore: Moment
  package var notAfter: Moment

  private static let mostNames = 1000
  private static let longestName = 253

  /// `nil` where there is none, or none with a life.
  package init?(_ lines: some Sequence<[UInt8]>) {
    var fields: [String: Words.Word] = [:]
    for line in lines {
      if line == CurlReport.lastLine { break }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let key = String(decoding: line[..<colon], as: UTF8.self)
      // The dates come after all that a server can write into its certificate, and the issuer before it.
      if key.hasSuffix(" date") || fields[key] == nil { fields[key] = line[(colon + 1)...] }
    }
    guard let start = fields["Start date"].flatMap(Self.date), let end = fields["Expire date"].flatMap(Self.date)
    else { return nil }
    (notBefore, notAfter) = (start, end)
    issuer = Self.issuer(fields["Issuer"] ?? [])
    names = Self.names(fields["X509v3 Subject Alternative Name"] ?? [])
  }

  /// From `DNS:boutique.example, DNS:*.boutique.example, IP Address:192.0.2.1`.
  private static func names(_ value: Words.Word) -> [String] {
    let entries = value.split(separator: UInt8(ascii: ","), maxSplits: 2 * mostNames)
    let names = entries.lazy.map { $0.drop { $0 == 0x20 } }.filter { $0.starts(with: "DNS:".utf8) }
    return names.prefix(mostNames).map { Clean.text($0.dropFirst(4), limit: longestName).lowercased() }
  }

  /// `C = US, O = Let's Encrypt, CN = R11` as `Let's Encrypt R11`.
  private static func issuer(_ value: Words.Word) -> String {
    let text = Clean.text(value, limit: Bound.name)
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    func attribute(_ name: String) -> String? {
      for part in parts {
        let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
        if sides.count == 2, sides[0] == name { return sides[1] }
      }
      return nil
    }
    guard let organisation = attribute("O") else { return attribute("CN") ?? text.trimmed }
    guard let name = attribute("CN"), !name.hasPrefix(organisation) else { return attribute("CN") ?? organisation }
    return "\(organisation) \(name)"
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Nov  1 00:00:00 2026 GMT`.
  private static func date(_ value: Words.Word) -> Moment? {
    var words = Words(value)
    guard let month = words.name().flatMap({ months.firstIndex(of: $0) }), let day = words.unsigned(),
      let time = words.name(), let year = words.unsigned(), words.name() == "GMT"
    else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return Timestamp.moment("\(year)-\(two(month + 1))-\(two(Int(min(99, day))))T\(time)Z")
  }
}

extension StringProtocol {
  /// Without the spaces around it.
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}

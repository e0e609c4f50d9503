package import Fleet

/// `probe DOMAIN key=value …`: one look at a domain, as recordings keep it under the host `-`; see `docs/protocol.md`.
package enum ProbeLine {
  /// The host's name in recordings that stands for the console itself; no host of a fleet can have it.
  package static let host = HostName("-")

  private static let mostNames = 100
  /// In seconds.
  private static let longest = 600.0

  package static func encode(_ reading: ProbeReading) -> [UInt8] {
    var line = "probe \(escaped(reading.domain))"
    func add(_ key: String, _ value: String?) {
      if let value { line += " \(key)=\(value)" }
    }
    add("status", reading.status.map(String.init))
    add("failure", reading.failure.map { escaped($0) })
    add("own-failure", reading.isOwnFailure ? "yes" : nil)
    if let timing = reading.timing {
      add("name", seconds(timing.name))
      add("connect", seconds(timing.connect))
      add("tls", seconds(timing.tls))
      add("wait", seconds(timing.wait))
      add("first-byte", seconds(timing.firstByte))
    }
    if let certificate = reading.certificate {
      add("issuer", escaped(certificate.issuer))
      add("names", certificate.names.map { escaped($0) }.joined(separator: ","))
      add("not-before", "\(certificate.notBefore.milliseconds / 1000)")
      add("not-after", "\(certificate.notAfter.milliseconds / 1000)")
      add("certificate-problem", certificate.problem.map { escaped($0) })
    }
    add("redirect", reading.redirectsToHTTPS.map { $0 ? "yes" : "no" })
    return Array(line.utf8)
  }

  /// `nil` where the line is none, or torn.
  package static func decode(_ line: [UInt8]) -> ProbeReading? {
    guard line.count < Bound.lineBytes else { return nil }
    var words = Words(line[...])
    guard words.name() == "probe", let domain = words.next().map({ text($0, limit: 253) }), !domain.isEmpty
    else { return nil }
    var fields: [String: Words.Word] = [:]
    while let (key, value) = words.field() { fields[key] = value }
    var reading = ProbeReading(domain: domain)
    reading.status = fields["status"].flatMap { Figure.unsigned($0, atMost: 999) }.flatMap { $0 >= 100 ? Int($0) : nil }
    reading.failure = fields["failure"].map { text($0, limit: Bound.name) }
    reading.isOwnFailure = fields["own-failure"].flatMap(flag) ?? false
    reading.timing = timing(fields)
    reading.certificate = certificate(fields)
    reading.redirectsToHTTPS = fields["redirect"].flatMap(flag)
    return reading
  }

  private static func timing(_ fields: [String: Words.Word]) -> ProbeReading.Timing? {
    func duration(_ key: String) -> Duration? {
      fields[key].flatMap { Figure.decimal($0, atMost: longest) }
        .map { .microseconds(Int64(($0 * 1_000_000).rounded())) }
    }
    guard let name = duration("name"), let connect = duration("connect"), let tls = duration("tls"),
      let wait = duration("wait"), let firstByte = duration("first-byte")
    else { return nil }
    return ProbeReading.Timing(name: name, connect: connect, tls: tls, wait: wait, firstByte: firstByte)
  }

  private static func certificate(_ fields: [String: Words.Word]) -> ProbeReading.Certificate? {
    func moment(_ key: String) -> Moment? {
      fields[key].flatMap { Figure.unsigned($0, atMost: UInt64(Timestamp.latest / 1000)) }
        .flatMap { Timestamp.moment(milliseconds: Int64($0) * 1000) }
    }
    guard let notBefore = moment("not-before"), let notAfter = moment("not-after") else { return nil }
    let names = (fields["names"] ?? []).split(separator: UInt8(ascii: ",")).prefix(mostNames)
    return ProbeReading.Certificate(
      names: names.map { text($0, limit: 253) }, issuer: text(fields["issuer"] ?? [], limit: Bound.name),
      notBefore: notBefore, notAfter: notAfter,
      problem: fields["certificate-problem"].map { text($0, limit: Bound.name) })
  }

  private static func flag(_ word: Words.Word) -> Bool? {
    word.elementsEqual("yes".utf8) ? true : word.elementsEqual("no".utf8) ? false : nil
  }

  /// With six decimals.
  private static func seconds(_ duration: Duration) -> String {
    let microseconds = max(0, duration.attoseconds / 1_000_000_000_000)
    let rest = "\(microseconds % 1_000_000)"
    return "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - rest.utf8.count))\(rest)"
  }

  /// Spaces, controls, commas and backslashes as `\040`: what is left is one word, and one name of several.
  private static func escaped(_ text: String) -> String {
    var output: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0...0x20, 0x2C, 0x5C, 0x7F:
        output += [0x5C, 0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)]
      default: output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func text(_ word: Words.Word, limit: Int) -> String {
    var output: [UInt8] = []
    var rest = word
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == 0x5C, digits.count == 3, digits.allSatisfy({ 0x30...0x37 ~= $0 }) {
        output.append(digits.reduce(0) { $0 &* 8 &+ ($1 &- 0x30) })
        rest = rest.dropFirst(3)
      } else {
        output.append(byte)
      }
    }
    return Clean.text(output, limit: limit)
  }
}

/// What one `curl` of `CurlCommand` printed, read but not judged.
package struct CurlReport: Hashable, Sendable {
  package var status: Int?
  /// As curl's manual lists them: 0 is well, 60 is a certificate that was refused.
  package var exitCode: Int
  /// The reason as OpenSSL numbers it (`X509_V_ERR_…`); 0 is none.
  package var verification: Int
  /// In curl's words.
  package var error: String
  /// From the start to the end of each part; 0 where it did not come so far.
  package var name: Duration
  package var connect: Duration
  package var tls: Duration
  package var firstByte: Duration
  package var certificate: CertificateText?
  /// This curl does not know how to print certificates: 7.88 is the first that does.
  package var isTooOld = false

  package static let refusedCertificate = 60

  /// The line after which nothing counts: the server's own certificate is read, and those of its authorities are not.
  package static let lastLine = Array("-----BEGIN CERTIFICATE-----".utf8)

  /// `nil` where curl did not come to say anything.
  package init?(_ lines: [[UInt8]]) {
    guard let first = lines.first else { return nil }
    var words = Words(first[...])
    guard words.name() == "answer" else { return nil }
    var fields: [String: Words.Word] = [:]
    while let (key, value) = words.field() { fields[key] = value }
    func duration(_ key: String) -> Duration {
      .microseconds(fields[key].flatMap(Figure.millionths).flatMap { $0 <= 600_000_000 ? $0 : nil } ?? 0)
    }
    guard let exitCode = fields["exit"].flatMap(Figure.integer) else {
      // `exitcode` came with 7.75.
      guard fields["exit"]?.isEmpty == true else { return nil }
      (self.exitCode, verification, error, isTooOld) = (0, 0, "", true)
      (name, connect, tls, firstByte) = (.zero, .zero, .zero, .zero)
      return
    }
    self.exitCode = exitCode
    status = fields["status"].flatMap(Figure.integer).flatMap { 100...999 ~= $0 ? $0 : nil }
    verification = fields["verify"].flatMap(Figure.integer) ?? 0
    isTooOld = fields["certificates"]?.isEmpty ?? true
    (name, connect, tls, firstByte) = (duration("name"), duration("connect"), duration("tls"), duration("first"))
    let message = lines.dropFirst().first { $0.starts(with: "error ".utf8) }
    error = Clean.text((message ?? []).dropFirst(6), limit: Bound.garbage)
    certificate = CertificateText(lines.dropFirst(2))
  }

  /// Each part's own time; `nil` where no answer came.
  var timing: ProbeReading.Timing? {
    guard firstByte > .zero else { return nil }
    let connected = max(name, connect)
    let secured = max(connected, tls)
    return ProbeReading.Timing(
      name: name, connect: connected - name, tls: secured - connected, wait: max(.zero, firstByte - secured),
      firstByte: firstByte)
  }
}

/// What the same `curl` found at `http://`, from its standard error.
package enum PlainReport {
  /// Curl's code for a connection that was refused, or can't be.
  private static let refused = 7

  /// Whether the visitor is sent to `https://`; to which host does not matter.
  /// - Parameter isAnswering: whether `https://` answers: a port that is closed says something only then.
  package static func redirects(_ errors: some Sequence<UInt8>, isAnswering: Bool) -> Bool? {
    let lines = Array(errors).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let index = lines.lastIndex(where: { $0.starts(with: "plain ".utf8) }) else { return nil }
    var words = Words(lines[index])
    var fields: [String: Int] = [:]
    while let (key, value) = words.field() { fields[key] = Figure.integer(value) }
    guard let status = fields["status"], let exitCode = fields["exit"] else { return nil }
    switch status {
    case 300..<400:
      let address = index > 0 ? lines[index - 1].prefix(8) : []
      return String(decoding: address, as: UTF8.self).lowercased() == "https://"
    case 200..<300, 400..<500: return false
    case 0: return exitCode == refused && isAnswering ? true : nil
    default: return nil
    }
  }
}

import Fleet
import Telemetry
import Testing

@Suite struct `A certificate` {
  private func text(_ lines: String...) -> CertificateText? { CertificateText(lines.map { Array($0.utf8) }) }
  private let start = "Start date:Nov  1 00:00:00 2026 GMT"
  private let end = "Expire date:Jan 30 12:30:00 2027 GMT"

  @Test(arguments: [
    ("boutique.example", "boutique.example", true), ("Boutique.Example", "boutique.example", true),
    ("boutique.example", "www.boutique.example", false), ("*.boutique.example", "www.boutique.example", true),
    ("*.boutique.example", "boutique.example", false), ("*.boutique.example", "a.b.boutique.example", false),
    ("*.example", "boutique.example", false), ("*", "boutique.example", false), ("*.", "boutique.", false),
    ("w*.boutique.example", "www.boutique.example", false), ("*.*.example", "www.boutique.example", false),
    ("*.boutique.example", ".boutique.example", false), ("", "", false),
  ])
  func `stands for a name`(_ name: String, _ domain: String, _ stands: Bool) {
    #expect(CertificateVerdict.matches(name, domain) == stands)
  }

  @Test(arguments: [
    ("C = US, O = Let's Encrypt, CN = R11", "Let's Encrypt R11"),
    ("C=US, O=Let's Encrypt, CN=R11", "Let's Encrypt R11"),
    ("C = US, O = \"DigiCert, Inc.\", CN = DigiCert TLS", "DigiCert, Inc. DigiCert TLS"),
    ("O = Sectigo, CN = Sectigo RSA", "Sectigo RSA"), ("CN = boutique.example", "boutique.example"),
    ("O = Alone", "Alone"), ("OU = None", "OU = None"), ("", ""), ("O = \u{1B}[31mred", "red"),
  ])
  func `names its issuer for a person`(_ field: String, _ issuer: String) {
    #expect(text("Issuer:\(field)", start, end)?.issuer == issuer)
  }

  @Test func `without names is for no domain`() throws {
    let certificate = try #require(text("Subject:CN = boutique.example", start, end))
    let problem = CertificateVerdict.problem(
      certificate, of: "boutique.example", isRefused: true, verification: 1, error: "",
      at: Moment(milliseconds: 1_795_478_400_000))
    #expect(problem == "the certificate is for no domain, not for boutique.example")
  }

  @Test func `of many names is told in a few`() throws {
    let names = (0..<500).map { "DNS:n\($0).example" }.joined(separator: ", ")
    let certificate = try #require(text("X509v3 Subject Alternative Name:IP Address:192.0.2.1, \(names)", start, end))
    #expect(certificate.names.count == 500)
    let problem = CertificateVerdict.problem(
      certificate, of: "x.example", isRefused: true, verification: 1, error: "",
      at: Moment(milliseconds: 1_795_478_400_000))
    #expect(
      problem == "the certificate is for n0.example, n1.example, n2.example and 497 more, not for x.example")
  }

  @Test func `that curl takes is not doubted, unless it names nothing`() throws {
    let names = "X509v3 Subject Alternative Name:DNS:other.example"
    for (line, isDoubted) in [(names, false), ("Version:2", true)] {
      let certificate = try #require(text(line, start, end))
      let problem = CertificateVerdict.problem(
        certificate, of: "x.example", isRefused: false, verification: 0, error: "",
        at: Moment(milliseconds: 1_795_478_400_000))
      #expect((problem != nil) == isDoubted)
    }
  }

  @Test(arguments: [
    (10, "a certificate above this one has expired"), (23, "the certificate was revoked"),
    (999, "the certificate is refused: because"),
  ])
  func `is refused for other reasons`(_ verification: Int, _ expected: String) throws {
    let certificate = try #require(text("X509v3 Subject Alternative Name:DNS:x.example", start, end))
    let problem = CertificateVerdict.problem(
      certificate, of: "x.example", isRefused: true, verification: verification, error: "because",
      at: Moment(milliseconds: 1_795_478_400_000))
    #expect(problem == expected)
  }

  @Test(arguments: [
    "", "Nov  1 00:00:00 2026", "Nov 32 00:00:00 2026 GMT", "Foo  1 00:00:00 2026 GMT", "Nov  1 0:0:0 2026 GMT",
    "Nov 99999999999999999999 00:00:00 2026 GMT", "Nov  1 00:00:00 99999999999 GMT", "Jan  1 00:00:00 1950 GMT",
  ])
  func `without a life is unknown`(_ date: String) {
    #expect(text(start, "Expire date:\(date)") == nil)
    #expect(text("Start date:\(date)", end) == nil)
  }

  @Test func `can't set its own dates from a name`() {
    let forged = text("X509v3 Subject Alternative Name:DNS:a", "Expire date:Jan  1 00:00:00 2099 GMT", start, end)
    #expect(forged?.notAfter == Moment(milliseconds: 1_801_312_200_000))
    let other = text(start, end, "-----BEGIN CERTIFICATE-----", "Expire date:Jan  1 00:00:00 2099 GMT")
    #expect(other?.notAfter == forged?.notAfter)
  }
}

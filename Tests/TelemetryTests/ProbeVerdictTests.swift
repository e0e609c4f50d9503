import Fleet
import FoundationEssentials
import Telemetry
import Testing

/// What real `curl`s printed at real servers; `Probes/record` made it.
@Suite struct `A look at a domain` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Probes")
  private let target = ProbeTarget(domain: "boutique.example")
  /// 2026-11-24, the day after they were made.
  private let now = Moment(milliseconds: 1_795_478_400_000)

  private func lines(_ name: String) throws -> [[UInt8]] {
    try Data(contentsOf: Self.folder.appending(path: name)).split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Array($0) }
  }

  private func reading(_ name: String, at moment: Moment? = nil) throws -> ProbeReading {
    let report = try #require(CurlReport(lines("\(name).out")))
    let errors = try Data(contentsOf: Self.folder.appending(path: "\(name).err"))
    let behind = try? CurlReport(lines("\(name)-behind.out"))
    return ProbeVerdict.reading(of: target, report, errors: errors, behind: behind, at: moment ?? now)
  }

  @Test func `that is well`() throws {
    let reading = try reading("valid")
    #expect(reading.status == 200)
    #expect(reading.failure == nil)
    #expect(!reading.isFailing)
    #expect(reading.redirectsToHTTPS == true)
    let certificate = try #require(reading.certificate)
    #expect(certificate.names == ["boutique.example", "www.boutique.example", "*.shop.example"])
    #expect(certificate.issuer == "Vigie, Test Vigie Test Authority")
    #expect(Calendar.stamp(certificate.notBefore) == "2026-11-01T00:00:00Z")
    #expect(Calendar.stamp(certificate.notAfter) == "2027-01-30T00:00:00Z")
    #expect(certificate.problem == nil)
    let timing = try #require(reading.timing)
    #expect(timing.name + timing.connect + timing.tls + timing.wait == timing.firstByte)
    for part in [timing.name, timing.connect, timing.tls, timing.wait] { #expect(part > .zero) }
  }

  @Test(arguments: [
    ("expired", "the certificate expired on 2026-11-13"),
    ("future", "the certificate is not valid before 2026-12-03"),
    ("wrong", "the certificate is for other.example, *.other.example, not for boutique.example"),
    (
      "unknown", "no authority that this machine knows signed the certificate; a certificate in between may be missing"
    ),
    ("self", "the certificate is self-signed: no authority vouches for it"),
  ])
  func `behind a certificate that is refused`(_ name: String, _ problem: String) throws {
    let reading = try reading(name)
    #expect(reading.certificate?.problem == problem)
    #expect(reading.status == 200)
    #expect(reading.failure == nil)
    #expect(reading.timing != nil)
    #expect(reading.redirectsToHTTPS == true)
  }

  @Test(arguments: [
    ("down", "nothing answers at port 443"),
    ("empty", "the server closed the connection without an answer"),
    ("hung", "connected, but no answer within 10s"),
    ("no-tls", "TLS could not be agreed on: OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number"),
  ])
  func `without an answer`(_ name: String, _ failure: String) throws {
    let reading = try reading(name)
    #expect(reading.failure == failure)
    #expect(reading.isFailing)
    #expect(!reading.isOwnFailure)
    #expect(reading.status == nil)
    #expect(reading.timing == nil)
  }

  @Test(arguments: [("large", 200), ("endless", 200), ("hostile", 200), ("broken", 503)])
  func `whose page is not read to its end`(_ name: String, _ status: Int) throws {
    let reading = try reading(name)
    #expect(reading.status == status)
    #expect(reading.failure == nil)
    #expect(reading.isFailing == (status >= 500))
    #expect(reading.timing.map { $0.firstByte < .seconds(1) } == true)
    #expect(reading.certificate?.problem == nil)
  }

  @Test(
    arguments: [
      ("valid", true), ("elsewhere", false), ("broken", false), ("closed", true), ("down", nil),
    ] as [(String, Bool?)])
  func `tells whether http leads to https`(_ name: String, _ redirects: Bool?) throws {
    #expect(try reading(name).redirectsToHTTPS == redirects)
  }

  @Test(
    arguments: [
      ("", nil), ("plain status=301", nil), ("plain status=301 exit=0", false),
      ("HTTPS://x/\nplain status=308 exit=0\n", true), ("https:\nplain status=301 exit=0\n", false),
      ("https://x/\nplain status=502 exit=0\n", nil), ("https://x/\nplain status=000 exit=28\n", nil),
      ("plain status=301 exit=0\nhttps://x/\nplain status=200 exit=0\n", false),
    ] as [(String, Bool?)])
  func `reads what http answered`(_ text: String, _ redirects: Bool?) {
    #expect(PlainReport.redirects(text.utf8, isAnswering: true) == redirects)
  }

  @Test func `finds that a certificate has expired since`() throws {
    let later = try reading("valid", at: Moment(milliseconds: 1_801_267_200_000))
    #expect(later.certificate?.problem == "the certificate expired on 2027-01-30")
    #expect(later.certificate?.remaining(at: Moment(milliseconds: 1_801_267_200_000)) == Ratio(0))
  }

  @Test(arguments: [
    "answer status= exit= verify= certificates= name=0.1", "answer status=200 exit=0 verify=0 certificates= first=0.1",
  ])
  func `by a curl that is too old tells nothing of the domain`(_ line: String) throws {
    let report = try #require(CurlReport([Array(line.utf8)]))
    let reading = ProbeVerdict.reading(of: target, report, errors: [], at: now)
    #expect(reading.failure == ProbeVerdict.tooOld)
    #expect(reading.isOwnFailure)
    #expect(!reading.isFailing)
  }

  @Test(arguments: ["", "answers", "answer", "answer exit=x", "curl: (2) nonsense"])
  func `that printed nothing of ours is none`(_ line: String) {
    #expect(CurlReport([Array(line.utf8)]) == nil)
    #expect(CurlReport([]) == nil)
  }

  @Test func `asks nothing that a domain could bend`() {
    var target = target
    #expect(!CurlCommand.look(at: target, authorities: nil).contains("--connect-to"))
    target.address = "2001:db8::1"
    let words = CurlCommand.look(at: target, authorities: "/etc/own.pem")
    #expect(words.prefix(2) == ["curl", "-q"])
    #expect(words.filter { $0 == "=http,https" }.count == 2)
    #expect(words.contains("boutique.example:443:[2001:db8::1]:443"))
    #expect(words.contains("boutique.example:80:[2001:db8::1]:80"))
    #expect(words.contains("/etc/own.pem"))
    #expect(!words.contains("--insecure") && !words.contains("--location"))
    #expect(CurlCommand.lookBehindCertificate(of: target, within: .milliseconds(300)).contains("--insecure"))
  }

  @Test func `is had of each domain that names a place, once`() {
    var shop = Project(
      name: "shop", profile: .vps, hosts: [], environment: .prod, domains: ["a.example", "*.a.example", "b.example"])
    shop.address = "192.0.2.1"
    let test = Project(name: "shop", profile: .vps, hosts: [], environment: .dev, domains: ["b.example", "c.example"])
    let targets = ProbeTarget.all(of: FleetDefinition(hosts: [], projects: [shop, test]))
    #expect(targets.map(\.domain) == ["a.example", "b.example", "c.example"])
    #expect(targets.map(\.address) == ["192.0.2.1", "192.0.2.1", nil])
  }
}

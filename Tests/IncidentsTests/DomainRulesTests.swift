import Fleet
import Telemetry
import Testing

@testable import Incidents

struct DomainRulesTests {
  private static let domain = "boutique.example"
  private static let project = Project(
    name: "boutique", profile: .vps, hosts: [HostName("web-1"), HostName("db-1")], environment: .prod,
    domains: [domain])

  /// A look at a domain that is well in every way, ten seconds after the one before.
  private static func look(
    _ story: inout Story, after seconds: Int = 10, _ change: (inout ProbeReading) -> Void = { _ in }
  ) {
    story.wait(seconds)
    var reading = ProbeReading(domain: domain)
    reading.status = 200
    reading.timing = .init(
      name: .milliseconds(5), connect: .milliseconds(10), tls: .milliseconds(25), wait: .milliseconds(60),
      firstByte: .milliseconds(100))
    reading.certificate = certificate(now: story.now, left: 60)
    reading.redirectsToHTTPS = true
    change(&reading)
    story.book.apply(reading, project: project, at: story.now)
  }

  /// A certificate of 90 days, of which so many are left.
  private static func certificate(_ story: Story, left: Int, of days: Int = 90) -> ProbeReading.Certificate {
    certificate(now: story.now + .seconds(10), left: left, of: days)
  }

  private static func certificate(now: Moment, left: Int, of days: Int = 90) -> ProbeReading.Certificate {
    let day = Duration.seconds(86_400)
    return .init(
      names: [domain], issuer: "Test authority", notBefore: now - day * (days - left), notAfter: now + day * left)
  }

  private static func fails(_ reading: inout ProbeReading) {
    (reading.status, reading.timing, reading.certificate, reading.redirectsToHTTPS) = (nil, nil, nil, nil)
    reading.failure = "nothing answers at port 443"
  }

  @Test func `a domain that is well is no incident`() {
    var story = Story()
    for _ in 0..<20 { Self.look(&story) }
    #expect(story.all.isEmpty)
  }

  @Test func `a domain that fails twice in a row is down until it answers`() {
    var story = Story()
    Self.look(&story, Self.fails)
    #expect(story.all.isEmpty)
    Self.look(&story, Self.fails)
    #expect(story.open == ["critical site-down"])
    let incident = story.book.incidents[0]
    #expect(incident.key == Incident.Key(host: HostName("web-1"), kind: .siteDown, subject: Self.domain))
    #expect((incident.project, incident.service) == ("boutique", Self.domain))
    #expect(
      incident.text
        == "boutique.example does not answer: nothing answers at port 443; "
        + "its project's page shows the narrowest place")
    Self.look(&story) { $0.status = 502 }
    #expect(
      story.book.incidents.map(\.text) == [
        "boutique.example answers 502: the proxy gets no answer from what is behind it; "
          + "its project's page shows the narrowest place"
      ])
    #expect(story.book.incidents.map(\.count) == [1])
    Self.look(&story)
    #expect(story.open.isEmpty)
  }

  @Test func `one failed look that nothing took back is enough after five seconds`() {
    var story = Story()
    Self.look(&story, Self.fails)
    story.sample()
    story.sample()
    #expect(story.open.isEmpty)
    story.sample()
    #expect(story.open == ["critical site-down"])
    Self.look(&story, Self.fails)
    #expect(story.all == ["critical site-down"])
  }

  @Test func `one failed look between good ones is no incident`() {
    var story = Story()
    for _ in 0..<5 {
      Self.look(&story) { $0.status = 503 }
      Self.look(&story, after: 2)
      story.sample()
    }
    #expect(story.all.isEmpty)
  }

  @Test(arguments: [(200, false), (301, false), (404, false), (500, true), (503, true), (599, true)])
  func `a status from 500 on is down`(status: Int, isDown: Bool) {
    var story = Story()
    for _ in 0..<3 { Self.look(&story) { $0.status = status } }
    #expect(story.open == (isDown ? ["critical site-down"] : []))
  }

  @Test func `this machine's own failure tells nothing of a domain`() {
    var story = Story()
    for _ in 0..<3 {
      Self.look(&story) {
        Self.fails(&$0)
        $0.isOwnFailure = true
      }
    }
    #expect(story.all.isEmpty)
  }

  // MARK: Certificates

  @Test func `an expired certificate is told at one look, and once`() {
    var story = Story()
    for _ in 0..<3 {
      let expired = Self.certificate(story, left: -1)
      Self.look(&story) {
        Self.fails(&$0)
        $0.certificate = expired
        $0.certificate?.problem = "the certificate expired on 2026-11-22"
      }
      #expect(story.all == ["critical certificate"])
    }
    #expect(
      story.book.incidents.map(\.text) == [
        "browsers refuse boutique.example: the certificate expired on 2026-11-22; the log of what issues it (Traefik, "
          + "certbot) says more"
      ])
    Self.look(&story)
    #expect(story.open.isEmpty)
  }

  @Test func `a certificate is expired by its dates, whatever else is said`() {
    var story = Story()
    let now = story.now
    Self.look(&story) { $0.certificate?.notAfter = now }
    #expect(story.open == ["critical certificate"])
  }

  @Test(
    arguments: [
      (23, 90, nil), (22, 90, "warning certificate"), (9, 90, "critical certificate"), (2, 6, nil),
      (1, 6, "warning certificate"), (27, 365, "critical certificate"),
    ] as [(Int, Int, String?)])
  func `the end of a certificate is judged by its whole life`(left: Int, days: Int, incident: String?) {
    var story = Story()
    let certificate = Self.certificate(story, left: left, of: days)
    Self.look(&story) { $0.certificate = certificate }
    #expect(story.open == [incident].compactMap { $0 })
  }

  @Test func `a certificate near its end is told until it is renewed, or has ended`() {
    var story = Story()
    let first = Self.certificate(story, left: 20)
    Self.look(&story) { $0.certificate = first }
    #expect(
      story.book.incidents.map(\.text) == [
        "the certificate of boutique.example has 22% of its life left, until 2026-10-11 (20d), and was not renewed; the "
          + "log of what issues it (Traefik, certbot) says more"
      ])
    Self.look(&story)
    #expect(story.open.isEmpty)
    let second = Self.certificate(story, left: 20)
    Self.look(&story) { $0.certificate = second }
    let third = Self.certificate(story, left: 0)
    Self.look(&story) { $0.certificate = third }
    #expect(story.open == ["critical certificate"])
    #expect(story.book.incidents.first?.text.hasPrefix("browsers refuse") == true)
  }

  // MARK: Redirects and time

  @Test func `a missing redirect is told at one look, until it is there`() {
    var story = Story()
    for _ in 0..<3 { Self.look(&story) { $0.redirectsToHTTPS = false } }
    #expect(story.all == ["warning redirect"])
    #expect(
      story.book.incidents.map(\.text) == [
        "http://boutique.example is not sent on to https://: visitors stay in the clear; add the redirect to its proxy"
      ])
    Self.look(&story) { $0.redirectsToHTTPS = nil }
    #expect(story.open == ["warning redirect"])
    Self.look(&story)
    #expect(story.open.isEmpty)
  }

  @Test func `a slow first byte is told after its time, with where it goes`() {
    var story = Story()
    func slow(_ reading: inout ProbeReading) {
      reading.timing?.wait = .milliseconds(1800)
      reading.timing?.firstByte = .milliseconds(2040)
    }
    for _ in 0..<3 { Self.look(&story, slow) }
    #expect(story.all.isEmpty)
    // The stream of the host that it is told of has nothing to do with it.
    story.tell(
      .hello(
        Hello(
          version: 1, hostname: "web-1", bootID: "b", kernel: "6", processID: 1, cgroupVersion: 2, interval: .seconds(2)
        )))
    Self.look(&story, slow)
    #expect(story.open == ["warning threshold"])
    #expect(
      story.book.incidents.map(\.text) == [
        "boutique.example takes 2s, 1.8s of it waiting for the server, to its first byte; its project's page shows the "
          + "narrowest place"
      ])
    Self.look(&story)
    #expect(story.open.isEmpty)
  }
}

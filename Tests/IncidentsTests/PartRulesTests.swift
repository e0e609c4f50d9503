import Fleet
import Telemetry
import Testing

@testable import Incidents

struct PartRulesTests {
  /// What a part says, sample after sample, and what comes of it.
  struct Scene: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var kind = PartKind.fpm
    /// Seconds from the first sample until the incident opens; `nil` where none does.
    var opens: Int?
    var severity = Severity.warning
    var text = ""
    var figures: PartFigures
  }

  static let scenes = [
    Scene(testDescription: "workers to spare", opens: nil, figures: php(active: 3, limit: 4)),
    Scene(
      testDescription: "all workers busy", opens: 30, severity: .critical,
      text: "php of boutique has 4 of 4 workers busy for 30s; look at its slowest requests, or raise pm.max_children",
      figures: php(active: 4, limit: 4)),
    Scene(
      testDescription: "requests wait", opens: 10,
      text: "2 requests wait for a worker of its 4 in php of boutique; look at its slowest requests, or raise "
        + "pm.max_children",
      figures: php(active: 3, limit: 4, queue: 2)),
    Scene(
      testDescription: "many requests wait", opens: 10, severity: .critical,
      text: "12 requests wait for a worker in php of boutique; look at its slowest requests, or raise pm.max_children",
      figures: php(active: nil, limit: nil, queue: 12)),
    Scene(testDescription: "who is busy is not known", opens: nil, figures: php(active: nil, limit: 4)),
    Scene(
      testDescription: "connections", kind: .mysql, opens: 30,
      text: "php of boutique has 130 of 151 connections taken; SHOW PROCESSLIST says by whom, max_connections is the "
        + "limit", figures: database { ($0.connections, $0.maxConnections) = (130, 151) }),
    Scene(
      testDescription: "slow queries", kind: .postgres, opens: 60, severity: .critical,
      text: "php of boutique has 12.3 slow queries a second; its log of slow queries says which",
      figures: database { $0.slowPerSecond = 12.34 }),
    Scene(
      testDescription: "locks", kind: .postgres, opens: 15,
      text:
        "6 transactions wait for locks in php of boutique, the longest query has run for 8s; pg_stat_activity says "
        + "what holds them",
      figures: database { ($0.waitingForLocks, $0.longestQuery) = (6, .seconds(8)) }),
    Scene(
      testDescription: "a long query", kind: .mysql, opens: 30,
      text: "a query in php of boutique has run for 45s; SHOW PROCESSLIST says which",
      figures: database { $0.longestQuery = .seconds(45) }),
    Scene(
      testDescription: "a replica behind", kind: .mysql, opens: 30,
      text: "php of boutique is 2m behind its primary; what reads from it reads old data",
      figures: database { $0.replication = .init(isRunning: true, lag: .seconds(125)) }),
    Scene(
      testDescription: "a replica that stopped", kind: .mysql, opens: 30, severity: .critical,
      text: "php of boutique no longer follows its primary; its replication status says why",
      figures: database { $0.replication = .init(isRunning: false) }),
    Scene(
      testDescription: "no replica", kind: .mysql, opens: nil, figures: database { $0.connections = 5 }),
    Scene(
      testDescription: "errors in an access log", kind: .accesslog, opens: 2, severity: .critical,
      text: "php of boutique answers 25% of requests with a server error (5xx); its log and that of what is behind it "
        + "say why", figures: log(requests: 8, errors: 2)),
    Scene(
      testDescription: "errors with hardly a request", kind: .accesslog, opens: nil,
      figures: log(requests: 0.1, errors: 0.1)),
    Scene(testDescription: "few errors", kind: .accesslog, opens: nil, figures: log(requests: 100, errors: 1)),
    Scene(
      testDescription: "errors through a proxy", kind: .traefik, opens: 2,
      text: "php of boutique answers 10% of requests with a server error (5xx), most of them for shop@docker; its log "
        + "and that of what is behind it say why", figures: proxy()),
  ]

  private static func php(active: Int?, limit: Int?, queue: Int? = nil) -> PartFigures {
    var figures = PHPFigures()
    (figures.active, figures.limit, figures.queue) = (active, limit, queue)
    return .php(figures)
  }

  private static func database(_ change: (inout DatabaseFigures) -> Void) -> PartFigures {
    var figures = DatabaseFigures()
    change(&figures)
    return .database(figures)
  }

  private static func log(requests: Double, errors: Double) -> PartFigures {
    var figures = AccessLogFigures()
    (figures.requestsPerSecond, figures.serverErrorsPerSecond) = (requests, errors)
    return .accessLog(figures)
  }

  private static func proxy() -> PartFigures {
    var figures = ProxyFigures()
    (figures.requestsPerSecond, figures.serverErrorsPerSecond) = (20, 2)
    figures.traffic = [("quiet@docker", 0), ("api@docker", 0.5), ("shop@docker", 1.5)].map { name, errors in
      var traffic = ProxyFigures.Traffic(name: name)
      traffic.serverErrorsPerSecond = errors
      return traffic
    }
    return .proxy(figures)
  }

  /// A story in which the container `a1` is PHP of the project boutique.
  private static func story(_ fleet: FleetDefinition = FleetDefinition(hosts: [])) -> Story {
    var story = Story(fleet)
    story.inspected { ($0.service, $0.image) = ("php", "php:8.3-fpm") }
    return story
  }

  private static func tell(_ figures: PartFigures?, of kind: PartKind, _ story: inout Story) {
    var part = PartTelemetry(id: PartID(containerID: "a1", kind: kind), capacity: 10)
    part.figures = figures
    story.sample()
    story.book.watch(part, story.telemetry, story.now)
  }

  @Test(arguments: scenes) func `a part opens its incident after its time, and says it`(_ scene: Scene) {
    var story = Self.story()
    Self.tell(scene.figures, of: scene.kind, &story)
    let begin = story.now
    while story.book.incidents.isEmpty, story.now - begin < .seconds(120) {
      Self.tell(scene.figures, of: scene.kind, &story)
    }
    #expect(story.book.incidents.map(\.text) == (scene.text.isEmpty ? [] : [scene.text]))
    #expect(story.book.incidents.first.map(\.severity) == scene.opens.map { _ in scene.severity })
    let opened = story.book.incidents.first.map { Int(($0.firstSeen - begin).inSeconds) }
    // Samples are two seconds apart.
    #expect(opened == scene.opens.map { $0 + $0 % 2 })
  }

  @Test func `a queue is over when nobody waits, and not told for each request more`() {
    var story = Self.story()
    func queue(_ count: Int) { Self.tell(Self.php(active: 4, limit: 8, queue: count), of: .fpm, &story) }
    for _ in 0..<7 { queue(2) }
    #expect(story.open == ["warning threshold"])
    let opened = story.book.incidents.first?.lastSeen
    queue(4)
    // It says how many there are, and is no news.
    #expect(story.book.incidents.first?.text.hasPrefix("4 requests") == true)
    #expect(story.book.incidents.first?.lastSeen == opened)
    queue(5)
    #expect(story.book.incidents.first?.text.hasPrefix("5 requests") == true)
    #expect(story.book.incidents.first?.lastSeen == story.now)
    queue(1)
    #expect(story.open == ["warning threshold"])
    #expect(story.book.incidents.first?.text.hasPrefix("1 request") == true)
    queue(0)
    #expect(story.open.isEmpty)
  }

  @Test func `a part that no longer says how it is, is no alarm after a minute`() {
    var story = Self.story()
    for _ in 0..<20 { Self.tell(Self.php(active: 4, limit: 4), of: .fpm, &story) }
    #expect(story.open == ["critical threshold"])
    for _ in 0..<29 { Self.tell(nil, of: .fpm, &story) }
    #expect(story.open == ["critical threshold"])
    for _ in 0..<3 { Self.tell(nil, of: .fpm, &story) }
    #expect(story.open.isEmpty)
  }

  @Test func `a part that stops crosses no threshold`() {
    var story = Self.story()
    for _ in 0..<20 { Self.tell(Self.php(active: 4, limit: 4), of: .fpm, &story) }
    story.inspected { ($0.service, $0.state) = ("php", .exited) }
    story.sample()
    #expect(story.open.filter { $0.contains("threshold") } == [])
  }

  @Test func `a project's own levels hold for its containers only`() {
    var project = Project(name: "boutique", profile: .vps, hosts: [HostName("web-1")], environment: .prod)
    project.thresholds = ["phpQueue": ThresholdChange(warning: 20, critical: 40, hold: .zero)]
    let host = Host(name: HostName("web-1"), connection: .local, environment: .prod)
    var story = Self.story(FleetDefinition(hosts: [host], projects: [project]))
    for _ in 0..<10 { Self.tell(Self.php(active: 1, limit: 4, queue: 19), of: .fpm, &story) }
    #expect(story.open.isEmpty)
    Self.tell(Self.php(active: 1, limit: 4, queue: 20), of: .fpm, &story)
    #expect(story.open == ["warning threshold"])

    var other = Self.story(FleetDefinition(hosts: [host], projects: [project]))
    other.inspected { ($0.project, $0.service) = ("vitrine", "php") }
    for _ in 0..<10 { Self.tell(Self.php(active: 1, limit: 4, queue: 19), of: .fpm, &other) }
    #expect(other.open == ["critical threshold"])
  }

  @Test func `a host's own levels hold for it`() {
    var host = Host(name: HostName("web-1"), connection: .local, environment: .prod)
    host.thresholds = ["memory": ThresholdChange(warning: 0.5, critical: 0.99, hold: .seconds(4))]
    var story = Story(FleetDefinition(hosts: [host]))
    for _ in 0..<3 { story.sample(available: 4 << 30) }
    #expect(story.open == ["warning threshold"])
  }

  @Test func `a cache that throws out entries is told`() {
    var story = Story()
    story.inspected()
    for _ in 0..<20 {
      story.lookUp(hits: 100, misses: 0, evicted: 200)
      story.sample()
    }
    #expect(
      story.book.incidents.map(\.text) == [
        "redis of boutique throws out 100 entries a second, because its memory of 64M is full; raise its maxmemory, or "
          + "see what fills it"
      ])
  }
}

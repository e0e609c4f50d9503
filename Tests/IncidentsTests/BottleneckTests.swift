import Fleet
import Telemetry
import Testing

@testable import Incidents

/// Each rule of `docs/bottlenecks.md`, on a stream as a host would tell it.
struct BottleneckTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Bottleneck
    var says: String
    var story: @Sendable (inout SiteStory) -> Void

    init(_ rule: Bottleneck, _ says: String, _ story: @escaping @Sendable (inout SiteStory) -> Void) {
      self.rule = rule
      self.says = says
      self.story = story
    }

    var testDescription: String { rule.rawValue }
  }

  private static func down(_ service: String, _ image: String) -> @Sendable (inout SiteStory) -> Void {
    { $0.container(service, image, state: "exited", exit: 137) }
  }

  static let cases: [Case] = [
    Case(.certificate, "critical certificate: shop.example: its certificate expired on 2026-11-21") { story in
      let day = Duration.seconds(86_400)
      story.look { [now = story.now] in
        $0.certificate = .init(names: [], issuer: "Test", notBefore: now - day * 90, notAfter: now - day * 2)
      }
    },
    Case(
      .proxyDown, "critical proxy-down: the proxy is stopped: it ended with 137", down("proxy", "traefik:v3.1")),
    Case(.routerError, "warning router-error: the proxy: 1 of 4 routers in error: shop@docker") {
      $0.say("part proxy traefik requests=5 s5=0 routers=4 routers-in-error=1 in-error=shop@docker why=it\\040is")
    },
    Case(.webDown, "critical web-down: the web server is stopped: it ended with 137", down("web", "nginx:1.27")),
    Case(.serverErrors, "critical server-errors: the web server: 25% of its answers are server errors (5xx)") {
      $0.say("part web accesslog seconds=10.0 requests=100 s2=75 s3=0 s4=0 s5=25 unread=0")
    },
    Case(.phpDown, "critical php-down: PHP-FPM is stopped: it ended with 137", down("php", "php:8.3-fpm")),
    Case(
      .phpFull,
      "critical php-full: PHP-FPM: 4 of 4 workers busy, 6 waiting, for 3 minutes; the database is idle"
    ) { story in
      story.say(
        "part php fpm pool=www active=4 idle=0 total=4 limit=4 queue=6 accepted=100 uptime=900 source=status",
        "part db mysql connections=4 max-connections=20 running=1 queries=100 uptime=900")
      story.sample()
      for _ in 0..<18 {
        story.say(
          "part php fpm pool=www active=4 idle=0 total=4 limit=4 queue=6 accepted=100 uptime=900 source=status",
          "part db mysql connections=4 max-connections=20 running=1 queries=100 uptime=900")
        story.sample(after: 10)
      }
    },
    Case(.applicationDown, "critical application-down: the application is stopped: it ended with 137") {
      $0.container("next", "node:22", state: "exited", exit: 137)
    },
    Case(.cacheDown, "critical cache-down: the cache is stopped: it ended with 137", down("redis", "redis:7.2")),
    Case(
      .cacheEvicting, "warning cache-evicting: the cache: 100 keys thrown out a second, hit rate 25%, for 10 seconds"
    ) { story in
      for step in 0..<3 {
        story.say(
          "redis redis run_id:r uptime_in_seconds:\(900 + step * 10) keyspace_hits:\(step * 250) "
            + "keyspace_misses:\(step * 750) evicted_keys:\(step * 1000) total_commands_processed:\(step * 1000)")
        story.sample(after: 10)
      }
    },
    Case(
      .databaseDown, "critical database-down: the database is stopped: it ended with 137", down("db", "mariadb:11")),
    Case(.databaseConnections, "critical database-connections: the database: 19 of 20 connections used") {
      $0.say("part db mysql connections=19 max-connections=20 running=3 uptime=9")
    },
    Case(.databaseLocks, "critical database-locks: the database: 26 transactions wait for a lock") {
      $0.say("part db mysql connections=28 max-connections=151 running=27 waiting=26 uptime=9")
    },
    Case(.databaseSlow, "warning database-slow: the database: a query has run for 42 seconds") {
      $0.say("part db mysql connections=2 max-connections=20 running=2 longest=42 longest-text=SELECT uptime=9")
    },
    Case(.replication, "critical replication: the database: its replication stands still") {
      $0.say("part db mysql connections=2 max-connections=20 replica=yes replica-running=no uptime=9")
    },
    Case(.unhealthy, "critical unhealthy: PHP-FPM is unhealthy") {
      $0.container("php", "php:8.3-fpm", health: "unhealthy")
    },
    Case(.cpuLimit, "critical cpu-limit: PHP-FPM: held back by its CPU limit in 80% of periods, for 10 seconds") {
      story in
      story.container("php", "php:8.3-fpm", cpus: 0.5)
      story.sample(after: 2, "c php cpu=1000000 periods=0 throttled=0 throttledns=0")
      for step in 1...6 {
        story.sample(
          after: 2, "c php cpu=\(step)000000 periods=\(step * 20) throttled=\(step * 16) throttledns=9")
      }
    },
    Case(.memoryLimit, "critical memory-limit: PHP-FPM: 97% of its memory limit used, for 10 seconds") { story in
      story.container("php", "php:8.3-fpm", memory: 100_000_000)
      for _ in 0..<6 { story.sample(after: 2, "c php cpu=1 mem=97000000") }
    },
    Case(.hostCPU, "critical host-cpu: host web-1: CPU 97% busy, for 10 seconds") { story in
      story.sample()
      for _ in 0..<6 { story.sample(busy: 97) }
    },
    Case(.hostSteal, "critical host-steal: host web-1: 34% of its CPU time is stolen, for 10 seconds") { story in
      story.sample()
      for _ in 0..<6 { story.sample(stolen: 34) }
    },
    Case(.disk, "critical disk: host web-1: /data is full, nothing left") {
      $0.say("fs /dev/sda1 ext4 1000000 100000 900000 /", "fs /dev/loop0 ext4 1000000 1000000 0 /data", "fs-end")
    },
    Case(.siteDown, "critical site-down: shop.example: it answers with 502, though all parts run") {
      $0.look { $0.status = 502 }
    },
    Case(
      .slowFirstByte, "warning slow-first-byte: shop.example: 2.4 s to the first byte, and no part is at its limit"
    ) {
      $0.look { $0.timing?.firstByte = .milliseconds(2400) }
    },
    Case(.noRedirect, "notice no-redirect: shop.example: http does not redirect to https") {
      $0.look { $0.redirectsToHTTPS = false }
    },
  ]

  @Test(arguments: cases) func `the rule finds its place, and says so`(_ test: Case) {
    var story = SiteStory()
    test.story(&story)
    #expect(story.narrowest == test.says)
  }

  @Test func `of a site that is down behind a silent host it is not said that its parts run`() {
    var story = SiteStory()
    story.look { $0.status = 502 }
    story.book.note(story.host, problem: "web-1 is silent; it is tried again")
    #expect(
      story.narrowest
        == "critical site-down: shop.example: it answers with 502; how its parts are is not known: web-1 does not tell")
  }

  @Test func `every rule has such a test`() {
    #expect(Set(Self.cases.map(\.rule)) == Set(Bottleneck.allCases))
  }

  @Test func `a database that is stopped is why PHP is full`() {
    var story = SiteStory()
    story.say("part php fpm active=4 idle=0 total=4 limit=4 queue=6 source=status")
    story.container("db", "mariadb:11", state: "exited", exit: 1)
    #expect(story.narrowest == "critical database-down: the database is stopped: it ended with 1")
  }

  @Test func `what is stopped is told as a person would tell how long`() {
    var story = SiteStory()
    story.container("db", "mariadb:11", state: "exited", exit: 1)
    story.sample()
    story.sample(after: 20)
    #expect(
      story.narrowest == "critical database-down: the database has been stopped for 20 seconds: it ended with 1")
    story.container("db", "mariadb:11", health: "unhealthy")
    story.sample()
    story.sample(after: 20)
    #expect(story.narrowest == "critical unhealthy: the database has been unhealthy for 20 seconds")
  }

  @Test func `what jumps from sample to sample makes no part busy before it has lasted`() {
    var story = SiteStory()
    story.container("php", "php:8.3-fpm", cpus: 0.5)
    story.say("part php fpm active=0 idle=2 total=2 limit=4 queue=0 source=status")
    story.sample(after: 2, "c php cpu=1000000 periods=0 throttled=0 throttledns=0")
    for step in 1...6 {
      story.sample(after: 2, "c php cpu=\(step)000000 periods=\(step * 3) throttled=\(step) throttledns=9")
      let php = story.stack?.parts.first { $0.role == .php }
      #expect(php?.state == (step < 6 ? .fine : .busy(.warning)))
      #expect((story.narrowest == nil) == (step < 6))
    }
  }

  @Test func `errors that a proxy passes on are the web server's`() {
    var story = SiteStory()
    story.say("part proxy traefik requests=0 s5=0", "part web accesslog seconds=10.0 requests=100 s5=90 s4=0 unread=0")
    story.sample(after: 10)
    story.say("part proxy traefik requests=100 s5=100")
    #expect(
      story.narrowest == "critical server-errors: the web server: 90% of its answers are server errors (5xx)")
  }

  @Test func `one of two that is stopped is a warning, and has its name`() {
    var story = SiteStory()
    story.container("php2", "php:8.3-fpm", state: "exited", exit: 1)
    #expect(story.narrowest == "warning php-down: PHP-FPM (php2) is stopped: it ended with 1")
  }

  @Test func `what is not known is not narrow, and says why`() {
    var story = SiteStory()
    story.say("part php fpm error its status page is off; set pm.status_path")
    #expect(story.narrowest == nil)
    let php = story.stack?.parts.first { $0.role == .php }
    #expect(php?.state == .unknown("its status page is off; set pm.status_path"))
    #expect(php?.load == nil)
    #expect(php?.short == "?")
  }

  @Test func `parts stand in the order of a request, and what is missing is said`() {
    var story = SiteStory()
    #expect(story.stack?.parts.map(\.role) == [.proxy, .web, .php, .cache, .database])
    #expect(story.stack?.missing == [])
    story.say("gone db")
    #expect(story.stack?.missing == ["no database of this project is seen"])
  }

  @Test func `what is over is forgotten, and begins anew`() {
    var story = SiteStory()
    let full = "part php fpm active=4 idle=0 total=4 limit=4 queue=6 source=status"
    story.say(full)
    story.sample()
    story.sample(after: 40)
    #expect(story.narrowest?.contains("for 40 seconds") == true)
    story.say("part php fpm active=1 idle=3 total=4 limit=4 queue=0 source=status")
    story.sample()
    #expect(story.narrowest == nil)
    story.say(full)
    story.sample()
    #expect(story.narrowest?.contains(" for ") == false)
  }

  @Test func `a project that nobody declared has its host's environment`() {
    var story = SiteStory()
    story.fleet.projects = []
    #expect(story.stack?.id == ProjectID(name: "shop", environment: .prod))
    #expect(story.stack?.domains.isEmpty == true)
  }

  @Test func `a host that fell silent makes its parts unknown`() {
    var story = SiteStory()
    story.container("db", "mariadb:11", state: "exited", exit: 1)
    story.book.note(story.host, problem: "web-1 is silent; it is tried again")
    #expect(story.narrowest == nil)
    #expect(story.stack?.parts.allSatisfy { $0.state == .unknown("web-1 is silent; it is tried again") } == true)
  }
}

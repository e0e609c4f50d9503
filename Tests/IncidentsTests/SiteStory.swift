import Fleet
import Telemetry

@testable import Incidents

/// A project on one host, told by the lines of the stream as a recording would hold them.
struct SiteStory {
  let host = HostName("web-1")
  let id = ProjectID(name: "shop", environment: .prod)
  var fleet: FleetDefinition
  var telemetry: HostTelemetry
  var domains: [String: DomainTelemetry] = [:]
  var book = StackBook()
  var now = Moment(milliseconds: 1_795_449_600_000)
  private var decoder = StreamDecoder()
  private var frames = 0
  private var work = 0
  private var stolen = 0
  private var seconds = 1000

  static let domain = "shop.example"

  init() {
    var project = Project(name: "shop", profile: .vps, hosts: [host], environment: .prod)
    project.domains = [Self.domain]
    fleet = FleetDefinition(
      hosts: [Host(name: host, connection: .local, environment: .prod)], projects: [project])
    telemetry = HostTelemetry(host: host, capacity: 10)
    say(
      "vigie-stream 1 token= host=web-1 boot=b kernel=6.1 pid=7 cgroup=2 interval=2000", "can docker yes",
      "can filesystems yes")
    for (service, image) in [
      ("proxy", "traefik:v3.1"), ("web", "nginx:1.27"), ("php", "php:8.3-fpm"), ("redis", "redis:7.2"),
      ("db", "mariadb:11"),
    ] { container(service, image) }
  }

  mutating func say(_ lines: String...) {
    for line in lines {
      for event in decoder.decode(Array(line.utf8)) { telemetry.apply(event, at: now) }
    }
    book.mark(host)
  }

  /// A container whose identifier is its service's name.
  mutating func container(
    _ service: String, _ image: String, state: String = "running", exit: Int = 0, health: String = "",
    memory: Int = 0, cpus: Double = 0
  ) {
    say(
      """
      container {"id":"\(service)","name":"shop-\(service)-1","image":"\(image)","project":"shop",\
      "service":"\(service)","dir":"/srv/shop","files":"/srv/shop/compose.yaml","state":"\(state)",\
      "health":"\(health)","restarts":0,"exit":\(exit),"oom":false,"started":"2026-11-23T10:00:00Z",\
      "finished":"0001-01-01T00:00:00Z","ports":[],"cpus":\(cpus),"memory":\(memory),"pid":9,"policy":"always",\
      "role":null,"exposed":null}
      """)
  }

  /// A whole sample, so many seconds after the one before, with these lines of containers.
  mutating func sample(after: Int = 2, busy: Int = 10, stolen: Int = 0, _ lines: String...) {
    now = now + .seconds(after)
    frames += 1
    seconds += after
    work += busy * after
    self.stolen += stolen * after
    let idle = seconds * 100 - work - self.stolen
    say("= \(frames) \(now.milliseconds / 1000).000000 \(seconds).00")
    say("cpu \(work) 0 0 \(idle) 0 0 0 \(self.stolen) 0 0", "cpu0 \(work) 0 0 \(idle) 0 0 0 \(self.stolen) 0 0")
    for line in lines { say(line) }
    say(".")
    book.judge(host, sources)
  }

  mutating func look(_ change: (inout ProbeReading) -> Void) {
    var reading = ProbeReading(domain: Self.domain)
    reading.status = 200
    reading.timing = .init(
      name: .milliseconds(2), connect: .milliseconds(1), tls: .milliseconds(20), wait: .milliseconds(60),
      firstByte: .milliseconds(83))
    change(&reading)
    var domain = domains[Self.domain] ?? DomainTelemetry(domain: Self.domain, capacity: 10)
    domain.reading = reading
    domain.lastReading = now
    domain.failingSince = reading.isFailing ? domain.failingSince ?? now : nil
    domains[Self.domain] = domain
    book.mark(domain: Self.domain, in: fleet)
  }

  var sources: StackBook.Sources {
    StackBook.Sources(fleet: fleet, telemetry: [host: telemetry], domains: domains, now: now)
  }

  /// The project as it stands now.
  var stack: ProjectStack? {
    mutating get {
      _ = book.settle(sources)
      return book[id]
    }
  }

  /// `php-full: PHP-FPM: …`.
  var narrowest: String? {
    mutating get { stack?.narrowest.map { "\($0.severity.rawValue) \($0.rule): \($0.sentence)" } }
  }
}

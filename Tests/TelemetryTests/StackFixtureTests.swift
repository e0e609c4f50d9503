import Fleet
import Telemetry
import Testing

/// What real parts said, asked as the console asks; docs/test-fleet.md has their hosts.
@Suite struct StackFixtureTests {
  private func telemetry(_ name: String) throws -> HostTelemetry {
    var decoder = StreamDecoder()
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 100)
    var clock = Moment.seconds(0)
    for event in try FixtureTests.lines(name).flatMap({ decoder.decode($0) }) {
      if case .frame(let frame) = event { clock = frame.clock }
      telemetry.apply(event, at: clock)
    }
    return telemetry
  }

  private func part(_ service: String, _ kind: PartKind, in telemetry: HostTelemetry) -> PartTelemetry? {
    let container = telemetry.containers.values.first { $0.facts.service == service }
    return container.flatMap { telemetry.parts[PartID(containerID: $0.facts.id, kind: kind)] }
  }

  @Test func `a shop under some load`() throws {
    let telemetry = try telemetry("web-1-stack.stream")
    guard case .php(let php)? = part("php", .fpm, in: telemetry)?.figures,
      case .web(let web)? = part("nginx", .nginx, in: telemetry)?.figures,
      case .web(let proxy)? = part("proxy", .nginx, in: telemetry)?.figures,
      case .accessLog(let log)? = part("nginx", .accesslog, in: telemetry)?.figures,
      case .accessLog(let edge)? = part("proxy", .accesslog, in: telemetry)?.figures,
      case .database(let database)? = part("db", .mysql, in: telemetry)?.figures
    else {
      Issue.record("no figures")
      return
    }
    #expect(php.pool == "www" && php.limit == 6 && php.total == 2 && php.active == 0 && php.queue == 0)
    #expect(php.limitReached == 0 && php.slow == 0 && !php.isFromProcesses)
    // Each asks itself for its status, too.
    for rate in [php.requestsPerSecond, web.requestsPerSecond] { #expect(rate.map { 4.2...4.5 ~= $0 } == true) }
    #expect(proxy.requestsPerSecond.map { 8.4...8.7 ~= $0 } == true)
    #expect(log == AccessLogFigures(requests: 4.3) && edge == AccessLogFigures(requests: 8.5))
    #expect(database.version == "10.11.18" && database.full == Ratio(0.05) && database.running == 0)
    #expect(database.queriesPerSecond.map { 8...9 ~= $0 } == true && database.slowPerSecond == 0)
    #expect(database.bufferHits == Ratio(1) && database.lockWaitsPerSecond == 0 && database.replication == nil)
    #expect(database.longestQuery == .zero && database.size == ByteCount(84_393_984))
    #expect(web.active == 0 && web.waiting == 0)
    #expect(part("php", .fpm, in: telemetry)?.history.last == 0)
    let cache = try #require(telemetry.caches.values.first?.figures)
    #expect(cache.problem == nil && cache.fragmentation != nil && cache.lastSaveFailed == false)
    #expect(cache.appendFailed == false && cache.replication == CacheReplication(isReplica: false))
    #expect(cache.hitRatioHour != nil && cache.hitRatioHour == cache.hitRatio)
  }

  @Test func `a trial whose parts will not say how they are`() throws {
    let telemetry = try telemetry("staging-stack.stream")
    guard case .php(let php)? = part("php", .fpm, in: telemetry)?.figures else {
      Issue.record("no figures")
      return
    }
    #expect(php.isFromProcesses && php.total == 2 && php.limit == 6 && php.active == nil && php.busy == nil)
    #expect(php.whyProcesses?.hasPrefix("its status page is off; in the pool's configuration:") == true)
    #expect(telemetry.caches.values.first?.figures.problem?.contains("NOAUTH") == true)
  }

  @Test(arguments: ["web-1-stack.stream", "staging-stack.stream"])
  func `each container is what its Compose file made it`(_ name: String) throws {
    let roles: [String: PartRole] = [
      "proxy": .proxy, "nginx": .web, "php": .php, "db": .database, "redis": .cache,
    ]
    for container in try telemetry(name).containers.values {
      #expect(Recognition.role(of: container.facts) == roles[container.facts.service ?? ""], "\(container.facts.name)")
    }
  }
}

extension AccessLogFigures {
  fileprivate init(requests: Double) {
    self.init()
    (requestsPerSecond, clientErrorsPerSecond, serverErrorsPerSecond) = (requests, 0, 0)
  }
}

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
      case .web(let proxy)? = part("proxy", .nginx, in: telemetry)?.figures
    else {
      Issue.record("no figures")
      return
    }
    #expect(php.pool == "www" && php.limit == 6 && php.total == 2 && php.active == 0 && php.queue == 0)
    #expect(php.limitReached == 0 && php.slow == 0 && !php.isFromProcesses)
    for rate in [php.requestsPerSecond, web.requestsPerSecond] {
      #expect(rate.map { 3...6 ~= $0 } == true, "\(rate ?? -1)")
    }
    #expect(proxy.requestsPerSecond.map { 6...9 ~= $0 } == true)
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

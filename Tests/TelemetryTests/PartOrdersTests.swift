import Fleet
import Telemetry
import Testing

@Suite struct PartOrdersTests {
  private static let hello = StreamEvent.hello(
    Hello(
      version: 1, hostname: "web1", bootID: "b1", kernel: "6.1", processID: 812, cgroupVersion: 2, interval: .seconds(2)
    ))

  private func fleet(_ parts: [PartSettings] = []) -> FleetDefinition {
    var shop = Project(name: "shop", profile: .vps, hosts: [HostName("web1")], environment: .prod)
    shop.parts = parts
    return FleetDefinition(
      hosts: [Host(name: HostName("web1"), connection: .local, environment: .prod)], projects: [shop])
  }

  private func container(
    _ id: String, _ image: String, service: String = "x", state: ContainerFacts.State = .running, started: Double = 0
  ) -> StreamEvent {
    var facts = ContainerFacts(id: id, name: "shop-\(service)-1", image: image, state: state)
    (facts.project, facts.service, facts.startedAt) = ("shop", service, .seconds(started))
    return .container(facts)
  }

  private func orders(_ events: [StreamEvent], _ fleet: FleetDefinition) -> [[String]] {
    var orders = PartOrders(fleet: fleet, host: HostName("web1"))
    return events.map { orders.take($0) }
  }

  @Test func `a sampler is told the pace, then each part as it is named`() {
    var fleet = fleet()
    fleet.defaults.partsInterval = .seconds(30)
    #expect(
      orders(
        [
          Self.hello, container("a1", "nginx:1.27"), container("b2", "redis:7"), container("c3", "busybox"),
          container("d4", "php:8.3-fpm"),
        ], fleet) == [
          ["parts 30000"], ["ask a1 nginx", "ask a1 accesslog"], ["ask b2 redis"], [], ["ask d4 fpm"],
        ])
  }

  @Test func `it is told again only when something changed, and all again when it is a new one`() {
    let redis = container("b2", "redis:7")
    #expect(
      orders(
        [
          Self.hello, redis, redis, container("b2", "redis:7", started: 5),
          container("b2", "memcached:1.6", started: 5),
          Self.hello, redis,
        ], fleet()) == [
          ["parts 10000"], ["ask b2 redis"], [], ["ask b2 redis"], ["forget b2", "ask b2 memcached"], ["parts 10000"],
          ["ask b2 redis"],
        ])
  }

  @Test func `what stops or is gone is forgotten, once`() {
    #expect(
      orders(
        [
          Self.hello, container("b2", "redis:7"), container("b2", "redis:7", state: .exited), .containerGone(id: "b2"),
          container("b2", "redis:7", started: 9), .containerGone(id: "b2"), .containerGone(id: "b2"),
          .containerGone(id: "zz"),
        ], fleet()) == [
          ["parts 10000"], ["ask b2 redis"], ["forget b2"], [], ["ask b2 redis"], ["forget b2"], [], [],
        ])
  }

  @Test func `settings go along, escaped, and of a secret only its place`() {
    let settings = [
      PartSettings(service: "db", user: "moni tor", secret: .file("/root/a b\\c")),
      PartSettings(service: "cache", port: 6380, secret: .variable("REDIS_PASSWORD")),
      PartSettings(service: "php", port: 9001, path: "/fpm status\n"),
    ]
    #expect(
      orders(
        [
          container("a1", "mariadb:11", service: "db"), container("b2", "redis:7", service: "cache"),
          container("d4", "php:8.3-fpm", service: "php"),
        ], fleet(settings)) == [
          [#"ask a1 mysql user=moni\040tor secret=file:/root/a\040b\134c"#],
          ["ask b2 redis port=6380 secret=variable:REDIS_PASSWORD"], [#"ask d4 fpm port=9001 path=/fpm\040status\012"#],
        ])
  }

  @Test func `it is known what was asked`() {
    var orders = PartOrders(fleet: fleet(), host: HostName("web1"))
    for event in [container("a1", "nginx:1.27"), container("b2", "redis:7"), .containerGone(id: "b2")] {
      _ = orders.take(event)
    }
    #expect(
      Set(orders.parts) == [PartID(containerID: "a1", kind: .nginx), PartID(containerID: "a1", kind: .accesslog)])
    _ = orders.take(Self.hello)
    #expect(orders.parts.isEmpty)
  }

  @Test(arguments: ["", "a b", "a\u{B7}b", ";x", "a\\040b"])
  func `an identifier that is none gives no order`(_ id: String) {
    #expect(orders([container(id, "redis:7")], fleet()) == [[]])
  }

  @Test func `a flood of containers is bounded`() {
    var orders = PartOrders(fleet: fleet(), host: HostName("web1"))
    let count = (0..<3000).reduce(0) { $0 + orders.take(container("c\($1)", "redis:7")).count }
    #expect(count == 1024)
  }
}

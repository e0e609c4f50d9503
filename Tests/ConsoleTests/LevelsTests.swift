import Fleet
import Surface
import Telemetry
import Testing

@testable import Console

/// What is drawn as a warning is so because of the fleet file's levels, and of nothing else.
struct LevelsTests {
  private let project = ProjectID(name: "shop", environment: .prod)

  private func desk(_ changes: ThresholdChanges = [:]) -> Desk {
    var shop = ScreenTests.sites
    shop[0].thresholds = changes
    var desk = Desk(projects: shop)
    ScreenTests.trouble(&desk)
    desk.model.settle()
    return desk
  }

  /// The role of one line of a part's detail on web-1.
  private func role(_ label: String, of service: String, in desk: Desk) throws -> Role {
    let host = HostName("web-1")
    let container = desk.model.telemetry[host]?.containers.values.first { $0.facts.service == service }
    let id = ContainerID(host: host, id: try #require(container).facts.id)
    for case .fact(label, _, let role) in PartLines.lines(of: id, in: desk.model) { return role }
    throw Missing(label: label)
  }

  private struct Missing: Error { var label: String }

  @Test func `a first byte and a certificate are as bad as the project's thresholds say`() throws {
    for (changes, visitors, certificate) in [
      ([:], Role.good, Role.warning),
      (["firstByte": ThresholdChange(warning: 0.5, critical: 5)], .warning, .warning),
      (["firstByte": ThresholdChange(warning: 0.5, critical: 0.8)], .critical, .warning),
      (["certificate": ThresholdChange(warning: 0.05, critical: 0.01)], .good, .good),
      (["certificate": ThresholdChange(warning: 0.5, critical: 0.2)], .good, .critical),
    ] as [(ThresholdChanges, Role, Role)] {
      let desk = desk(changes)
      let levels = desk.model.fleet.thresholds(for: project)
      let shop = try #require(desk.model.domains["shop.example"])
      #expect(SiteWords.visitors(shop, levels).style.role == visitors, "\(changes)")
      let www = try #require(desk.model.domains["www.shop.example"])
      #expect(SiteWords.certificate(www, levels, at: desk.model.now).style.role == certificate, "\(changes)")
    }
  }

  @Test func `the lines of a part are as bad as the project's thresholds say`() throws {
    let shipped = desk()
    #expect(try role("workers", of: "php", in: shipped) == .critical)
    #expect(try role("waiting", of: "php", in: shipped) == .warning)
    let lenient = desk([
      "phpBusy": ThresholdChange(warning: 1, critical: 1), "phpQueue": ThresholdChange(warning: 7, critical: 20),
    ])
    #expect(try role("waiting", of: "php", in: lenient) == .text)
    let strict = desk(["phpQueue": ThresholdChange(warning: 1, critical: 6)])
    #expect(try role("waiting", of: "php", in: strict) == .critical)
  }

  @Test(arguments: [
    ("clients", "connections=17 max-connections=20", "databaseConnections", Role.warning),
    ("locks", "waiting=5", "databaseLocks", .warning), ("longest", "longest=700", "databaseLongest", .critical),
    ("replica", "replica=yes replica-running=yes lag=400", "replicationLag", .critical),
  ])
  func `so are those of a database`(_ label: String, _ says: String, _ key: String, _ shipped: Role) throws {
    for isLenient in [false, true] where !isLenient || !key.isEmpty {
      var desk = desk(isLenient ? [key: ThresholdChange(warning: key == "databaseConnections" ? 0.9 : 1000)] : [:])
      let host = HostName("web-1")
      let id = desk.model.telemetry[host]?.containers.values.first { $0.facts.service == "db" }?.facts.id ?? ""
      desk.say(["part \(id) mysql uptime=900 \(says)"], on: host)
      #expect(try role(label, of: "db", in: desk) == (isLenient ? .text : shipped))
    }
  }
}

import Fleet
import FoundationEssentials
import Testing

/// The shipped levels, and whose levels hold where.
@Suite struct ThresholdsTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

  private func document(_ path: String) throws -> SettingsValue {
    let bytes = try Array(Data(contentsOf: URL(filePath: "\(Self.root)/\(path)")))
    return try SettingsDocument(bytes, file: path).root
  }

  private func keys(_ value: SettingsValue?) -> [String] {
    guard case .object(let members)? = value else { return [] }
    return members.map(\.key)
  }

  @Test func `the shipped table has no mistakes and leaves no threshold out`() throws {
    let table = ThresholdTable.shipped
    #expect(table.problems == [])
    #expect(table.rules.map(\.key) == FleetFile.Keys.thresholds)
    #expect(table.rules.allSatisfy { $0.help.hasSuffix(".") })
  }

  @Test(arguments: ThresholdTable.shipped.rules.map(\.key))
  func `the shipped levels are in order and do not flap`(key: String) throws {
    let rule = try #require(ThresholdTable.shipped.rules.first { $0.key == key })
    let levels = rule.standard
    #expect(levels.isWarning(levels.warning) && levels.isWarning(levels.critical))
    #expect(!levels.isWarning(levels.clear))
    #expect(Thresholds()[keyPath: rule.path] == levels)
  }

  @Test func `the schema tells the thresholds that are shipped`() throws {
    let data = try document("Sources/Fleet/thresholds/thresholds.json5")
    let schema = try document("docs/fleet.schema.json")["$defs"]
    #expect(keys(schema?["thresholds"]?["properties"]) == keys(data))
    let kinds = ["ratio": "ratio", "seconds": "time", "count": "number", "perSecond": "number"]
    for key in keys(data) {
      let told = schema?["thresholds"]?["properties"]?[key]
      for level in FleetFile.Keys.threshold {
        #expect(told?["default"]?[level] == data[key]?[level], "\(key) \(level)")
      }
      guard case .string(let unit)? = data[key]?["unit"] else { continue }
      #expect(told?["$ref"] == .string("#/$defs/\(kinds[unit] ?? "")Threshold"), "\(key)")
    }
  }

  @Test(arguments: [
    (ThresholdUnit.ratio, 0.8, "80%"), (.ratio, 0.025, "2.5%"), (.seconds, 1.5, "1.5s"), (.seconds, 30, "30s"),
    (.seconds, 300, "5m"), (.seconds, 86_400, "24h"), (.count, 5, "5"), (.perSecond, 0.5, "0.5/s"),
  ])
  func `levels are told in their unit`(unit: ThresholdUnit, level: Double, text: String) {
    #expect(unit.text(level) == text)
  }

  // MARK: Whose levels hold

  private func fleet() throws -> FleetDefinition {
    try FleetFile.parse(
      """
      {
        thresholds: { cpu: { warning: 0.5 }, phpBusy: { warning: 0.5 } },
        environments: {
          prod: { thresholds: { cpu: { warning: 0.6 }, firstByte: { for: "1m" } } },
          dev: { thresholds: { containerMemory: { critical: 1 } } },
        },
        hosts: [
          { name: "web-1", environment: "prod", thresholds: { cpu: { warning: 0.7 }, containerMemory: { warning: 0.6 } } },
          { name: "web-2", environment: "prod" },
          { name: "lab", environment: "dev" },
        ],
        projects: [
          {
            name: "shop", profile: "ovh-vps", hosts: ["web-1", "web-2"], environment: "prod",
            thresholds: { phpBusy: { warning: 0.9 }, firstByte: { warning: "1s" } },
          },
          { name: "trial", profile: "ovh-vps", hosts: ["web-1"], environment: "dev" },
        ],
      }
      """, file: "fleet.json5")
  }

  @Test func `for a host, the host wins over its environment, and that over the fleet`() throws {
    let fleet = try fleet()
    #expect(fleet.thresholds(for: HostName("web-1")).cpu.warning == 0.7)
    #expect(fleet.thresholds(for: HostName("web-2")).cpu.warning == 0.6)
    #expect(fleet.thresholds(for: HostName("lab")).cpu.warning == 0.5)
    #expect(fleet.thresholds(for: HostName("lab")).containerMemory.critical == 1)
    #expect(fleet.thresholds(for: HostName("nobody")).cpu.warning == 0.5)
    #expect(fleet.thresholds(for: HostName("lab")).memory == Thresholds().memory)
  }

  @Test func `for a project, the project wins over its environment, and that over the fleet`() throws {
    let fleet = try fleet()
    let shop = fleet.thresholds(for: ProjectID(name: "shop", environment: .prod))
    #expect(shop.firstByte == Threshold(warning: 1, critical: 5, hold: .seconds(60), clear: 0.75))
    #expect(shop.phpBusy.warning == 0.9)
    #expect(shop.cpu.warning == 0.6)
    let trial = fleet.thresholds(for: ProjectID(name: "trial", environment: .dev))
    #expect(trial.phpBusy.warning == 0.5)
    #expect(trial.firstByte == Thresholds().firstByte)
  }

  @Test func `for a container of a project, the project wins over the host`() throws {
    let fleet = try fleet()
    let host = HostName("web-1")
    #expect(fleet.thresholds(forProject: "shop", on: host).phpBusy.warning == 0.9)
    #expect(fleet.thresholds(forProject: "shop", on: host).containerMemory.warning == 0.6)
    // Its project's environment, below its host.
    #expect(fleet.thresholds(forProject: "trial", on: host).containerMemory.critical == 1)
    #expect(fleet.thresholds(forProject: "trial", on: host).containerMemory.warning == 0.6)
    #expect(fleet.thresholds(forProject: "stranger", on: host) == fleet.thresholds(for: host))
    #expect(fleet.thresholds(forProject: nil, on: host) == fleet.thresholds(for: host))
  }

  @Test func `what is changed later holds too`() throws {
    var fleet = try fleet()
    fleet.hosts[0].thresholds = [:]
    #expect(fleet.thresholds(for: HostName("web-1")).cpu.warning == 0.6)
    fleet.thresholds.swap.warning = 0.1
    #expect(fleet.thresholds(for: HostName("web-1")).swap.warning == 0.1)
  }

  @Test func `levels of two places that pass each other stay in order`() {
    let base = Threshold(warning: 0.8, critical: 0.9, hold: .seconds(30))
    let lower = ThresholdChange(critical: 0.6).applied(to: base, in: .ratio)
    #expect(lower == Threshold(warning: 0.6, critical: 0.6, hold: .seconds(30)))
    let higher = ThresholdChange(warning: 0.95).applied(to: base, in: .ratio)
    #expect(higher == Threshold(warning: 0.95, critical: 0.95, hold: .seconds(30)))
    let below = Threshold(warning: 0.25, critical: 0.1, direction: .below)
    #expect(below.clear == 0.3)
    #expect(
      ThresholdChange(critical: 0.5).applied(to: below, in: .ratio)
        == Threshold(warning: 0.5, critical: 0.5, direction: .below))
  }

  @Test func `a level where less is worse is left upwards`() {
    let life = Threshold(warning: 0.25, critical: 0.1, direction: .below)
    #expect(!life.isWarning(0.26) && life.isWarning(0.25) && !life.isCritical(0.11) && life.isCritical(0.1))
    #expect(!life.isOver(0.3) && life.isOver(0.31))
    #expect(!life.hasLeftCritical(0.12) && life.hasLeftCritical(0.13))
    #expect(!life.isWorse(0.21, than: 0.25) && life.isWorse(0.19, than: 0.25))
  }
}

import Fleet
import FoundationEssentials
import Testing

@Suite struct FleetFileTests {
  private func parse(_ text: String) throws -> FleetDefinition { try FleetFile.parse(text, file: "fleet.json5") }

  /// The text of a file of `docs/`.
  private func document(_ name: String) throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    return String(decoding: try Data(contentsOf: URL(filePath: "\(root)/docs/\(name)")), as: UTF8.self)
  }

  /// An example of the documentation, counted from 1.
  private func example(_ number: Int) throws -> String {
    let parts = try document("fleet-file.md").split(separator: "```json5\n")
    return String(try #require(parts[number].split(separator: "\n```").first))
  }

  @Test func `the example of levels means what it says`() throws {
    let fleet = try parse(example(2))
    #expect(
      fleet.thresholds(for: HostName("web-1")).cpu == Threshold(warning: 0.6, critical: 0.95, hold: .seconds(300)))
    #expect(fleet.environments == [.dev: ["disk": ThresholdChange(critical: 0.98)]])
    #expect(fleet.thresholds.firstByte == Threshold(warning: 1, critical: 5, hold: .seconds(30), clear: 0.75))
    #expect(fleet.thresholds.phpQueue == Threshold(warning: 5, critical: 20, hold: .seconds(10), clear: 2))
  }

  @Test func `the example of actions means what it says`() throws {
    let actions = try parse(example(3)).actions
    #expect(actions.unlockedFor == .seconds(1800) && actions.batch == 2 && actions.pause == .seconds(10))
    #expect(actions.dangers == [.containerStop: .severe, .serviceApply: .harmless])
  }

  @Test func `the example of commands means what it says`() throws {
    let commands = try parse(example(4)).commands
    var flush = OwnCommand(
      name: "wp-cache-flush", help: "Flush WordPress' object cache.", scope: .container,
      template: try CommandTemplate(
        "docker exec {container} wp cache flush --url={url}", names: ["container", "url"]))
    flush.key = "Alt-w"
    flush.questions = [.init(name: "url", ask: "Which URL?", standard: "https://boutique.example")]
    flush.role = .php
    #expect(commands.first == flush)
    #expect(flush.danger == .interrupting && flush.place == .host && flush.limit == .seconds(600))
    #expect(commands.map(\.id) == ["own.wp-cache-flush", "own.who", "own.trace"])
    #expect(commands.map(\.danger) == [.interrupting, .harmless, .harmless])
    #expect(commands.map(\.place) == [.host, .host, .here])
  }

  @Test func `the example of the documentation means what it says`() throws {
    let fleet = try parse(example(1))

    var thresholds = Thresholds()
    thresholds.cpu = Threshold(warning: 0.7, critical: 0.9, hold: .seconds(30))
    thresholds.disk = Threshold(warning: 0.75, critical: 0.9)
    var defaults = Defaults()
    defaults.sshConfig = "~/.ssh/config"
    var shop = Project(
      name: "boutique", profile: .vps, hosts: [HostName("web-1"), HostName("db-1")], environment: .prod,
      domains: ["boutique.example", "www.boutique.example"], directory: "/srv/boutique")
    shop.parts = [
      PartSettings(service: "redis", secret: .file("/srv/boutique/redis.secret")),
      PartSettings(service: "db", user: "watcher", secret: .variable("WATCHER_PASSWORD")),
    ]
    let expected = FleetDefinition(
      hosts: [
        Host(
          name: HostName("web-1"), connection: .ssh(destination: "ops@web-1.example"), environment: .prod, kind: .vps,
          tags: ["shop"]),
        Host(name: HostName("db-1"), connection: .ssh(destination: "db-1"), environment: .prod, kind: .vps),
        Host(
          name: HostName("lab"), connection: .command(["tsh", "ssh", "ops@lab", "{sampler}"]), environment: .dev),
        Host(name: HostName("here"), connection: .local, environment: .dev),
      ],
      projects: [
        shop, Project(name: "boutique", profile: .vps, hosts: [HostName("lab")], environment: .dev),
      ], defaults: defaults, thresholds: thresholds)
    #expect(fleet == expected)
  }

  @Test func `the smallest file has the defaults`() throws {
    let fleet = try parse("{hosts:[{name:'a',environment:'dev',local:false}]}")
    #expect(
      fleet
        == FleetDefinition(
          hosts: [Host(name: HostName("a"), connection: .ssh(destination: "a"), environment: .dev)]))
  }

  @Test(arguments: [
    ("1s", 1000), ("60s", 60_000), ("1m", 60_000), ("1.5s", 1500), ("2500ms", 2500), ("0.5m", 30_000),
  ])
  func `each unit of an interval is read`(text: String, milliseconds: Int64) throws {
    let fleet = try parse("{ hosts: [{ name: 'a', environment: 'dev' }], defaults: { interval: '\(text)' } }")
    #expect(fleet.defaults.interval.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "s", "2", "2 s", "2S", "+2s", "-2s", "2e1s", "nans", "infs", "0x2s", "2..0s", ".s", "2s ", "2d", "1h30m",
    "99999999999s",
  ])
  func `other texts are no durations`(text: String) {
    #expect(FleetText.duration(text) == nil)
  }

  @Test(arguments: [("80%", 0.8), ("80 %", 0.8), ("0%", 0), ("100%", 1), ("99.5%", 0.995)])
  func `percentages are ratios`(text: String, ratio: Double) {
    #expect(FleetText.percentage(text) == ratio)
  }

  @Test(arguments: [
    "web-1", "ops@web-1.example", "ssh://ops@web-1:2222", "ssh://[2001:db8::1]:22", "ssh://web-1", "2001:db8::1",
    "ops@target@bastion", "DOMAIN\\ops@web-1", "fe80::1%eth0", "ops+x@web_1",
  ])
  func `each way to write a destination is taken`(text: String) {
    #expect(FleetText.destinationFault(text) == nil)
  }

  @Test(arguments: [
    "ssh://", "ssh://-a", "ssh://@a", "ssh://a@", "ssh://a:0", "ssh://a:b", "ssh://[::1", "ssh://a:1:2", "@a", "a@-b",
    "a\u{A0}b", "a\u{200B}b", "a`b", "web\\1",
  ])
  func `other destinations are refused`(text: String) {
    #expect(FleetText.destinationFault(text) != nil)
  }

  @Test func `paths are from home, absolute or beside the fleet file`() {
    let resolve = { (path: String) in FleetFile.resolve(path, besideFleetFileIn: "/etc/fleet", home: "/home/ops") }
    #expect(resolve("~/.ssh/config") == "/home/ops/.ssh/config")
    #expect(resolve("/etc/ssh") == "/etc/ssh")
    #expect(resolve("ssh.conf") == "/etc/fleet/ssh.conf")
    #expect(FleetFile.resolve("ssh.conf", besideFleetFileIn: "/", home: nil) == "/ssh.conf")
  }

  @Test func `a first fleet file parses, whatever the hosts are called`() throws {
    let hosts = ["web-1", "ops@web-1", "ssh://ops@[::1]:22", "DOM\\ops@db", "-x", "a b", "日本", ".", "web-1"]
    let fleet = try parse(FleetFile.sample(hosts: hosts))
    #expect(fleet.hosts.map(\.name.text) == ["web-1", "web-1-2", "1--22", "db", "host", "host-2", "web-1-3"])
    #expect(
      fleet.hosts.map(\.connection)
        == ["web-1", "ops@web-1", "ssh://ops@[::1]:22", "DOM\\ops@db", "日本", ".", "web-1"].map { .ssh(destination: $0) }
    )
    #expect(fleet.hosts.allSatisfy { $0.environment == .prod })
  }

  @Test func `a first fleet file without hosts has this machine`() throws {
    #expect(try parse(FleetFile.sample(hosts: [])) == .thisMachine(named: "here"))
  }

  /// Each comment that shows a setting is one: without its slashes the file still parses.
  @Test func `the suggestions of a first fleet file are right`() throws {
    let suggestions = ["// defaults", "// {", "//   name", "//   domains", "// },", "// thresholds"]
    let lines = FleetFile.sample(hosts: ["web-1"]).split(separator: "\n").map { line in
      let text = String(line.drop { $0 == " " })
      return suggestions.contains { text.hasPrefix($0) } ? String(text.dropFirst(3)) : text
    }
    let fleet = try parse(lines.joined(separator: "\n"))
    #expect(fleet.hosts.count == 2)
    #expect(fleet.projects.map(\.name) == ["boutique"])
    #expect(fleet.defaults == Defaults())
    #expect(fleet.thresholds == Thresholds())
  }

  @Test func `the schema knows exactly the keys that the reader takes`() throws {
    let schema = try SettingsDocument(try document("fleet.schema.json"), file: "schema").root
    func keys(_ path: String...) -> [String] {
      guard case .object(let members) = path.reduce(schema, { $0[$1] ?? .null }) else { return [] }
      return members.map(\.key)
    }
    #expect(keys("properties") == FleetFile.Keys.root)
    #expect(keys("$defs", "defaults", "properties") == FleetFile.Keys.defaults)
    #expect(keys("$defs", "host", "properties") == FleetFile.Keys.host)
    #expect(keys("$defs", "project", "properties") == FleetFile.Keys.project)
    #expect(keys("$defs", "part", "properties") == FleetFile.Keys.part)
    #expect(keys("$defs", "secret", "properties") == FleetFile.Keys.secret)
    #expect(keys("$defs", "thresholds", "properties") == FleetFile.Keys.thresholds)
    for name in ["ratioThreshold", "timeThreshold", "numberThreshold"] {
      #expect(keys("$defs", name, "properties") == FleetFile.Keys.threshold)
    }
    #expect(keys("$defs", "environmentThresholds", "properties") == FleetFile.Keys.environment)
    #expect(keys("properties", "environments", "properties") == Environment.allCases.map(\.rawValue))
    #expect(keys("$defs", "actions", "properties") == FleetFile.Keys.actions)
    #expect(
      keys("$defs", "actions", "properties", "danger", "properties") == ActionName.allCases.map(\.rawValue),
      "docs/fleet.schema.json: give each action a line")
    #expect(keys("$defs", "command", "properties") == FleetFile.Keys.command)
    #expect(keys("$defs", "question", "properties") == FleetFile.Keys.question)
    #expect(keys("$defs", "command", "properties", "for", "properties") == FleetFile.Keys.commandTarget)
    #expect(
      schema["$defs"]?["command"]?["properties"]?["for"]?["properties"]?["role"]?["enum"]
        == .array(PartRole.allCases.map { .string($0.rawValue) }))
    let choices: [(object: String, key: String, cases: [String])] = [
      ("project", "profile", Profile.allCases.map(\.rawValue)), ("host", "kind", HostKind.allCases.map(\.rawValue)),
      ("part", "role", PartRole.allCases.map(\.rawValue)),
      ("command", "scope", OwnCommand.Scope.allCases.map(\.rawValue)),
      ("command", "where", RunPlace.allCases.map(\.rawValue)),
    ]
    for choice in choices {
      let names = schema["$defs"]?[choice.object]?["properties"]?[choice.key]?["enum"]
      #expect(names == .array(choice.cases.map { .string($0) }))
    }
    #expect(schema["$defs"]?["danger"]?["enum"] == .array(Danger.allCases.map { .string($0.rawValue) }))
    #expect(
      schema["$defs"]?["environment"]?["enum"] == .array(Environment.allCases.map { .string($0.rawValue) }))
  }

  @Test func `the documentation has a row for each key`() throws {
    let text = try document("fleet-file.md")
    let keys =
      FleetFile.Keys.root + FleetFile.Keys.host + FleetFile.Keys.project + FleetFile.Keys.defaults
      + FleetFile.Keys.part + FleetFile.Keys.secret + FleetFile.Keys.threshold + FleetFile.Keys.actions
      + FleetFile.Keys.command + FleetFile.Keys.question + FleetFile.Keys.commandTarget
    for key in keys { #expect(text.contains("`\(key)`"), "\(key)") }
  }
}

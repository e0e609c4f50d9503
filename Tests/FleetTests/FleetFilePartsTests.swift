import Fleet
import Testing

/// What the fleet file says of projects' parts and domains, and how often they are asked.
@Suite struct FleetFilePartsTests {
  private func parse(defaults: String = "", project: String = "") throws -> FleetDefinition {
    try FleetFile.parse(
      """
      {
        defaults: {\(defaults)},
        hosts: [{ name: "web-1", environment: "prod" }],
        projects: [{ name: "boutique", profile: "ovh-vps", hosts: ["web-1"], environment: "prod", \(project) }],
      }
      """, file: "fleet.json5")
  }

  @Test func `how often parts and domains are asked is read`() throws {
    let defaults = try parse(defaults: "parts: '30s', probes: '1h', authorities: 'ca.pem'").defaults
    #expect(defaults.partsInterval == .seconds(30))
    #expect(defaults.probeInterval == .seconds(3600))
    #expect(defaults.authorities == "ca.pem")
  }

  @Test func `all that can be said of a part is read`() throws {
    let project = try #require(
      try parse(
        project: """
          address: "2001:db8::7",
          parts: [
            { service: "front", role: "web", port: 8081, path: "/server-status?auto" },
            { service: "boutique-db-1", user: "watcher", secret: { variable: "_WATCHER_2" } },
            { service: "redis", secret: { file: "/run/secrets/redis" } },
          ]
          """
      ).projects.first)
    #expect(project.address == "2001:db8::7")
    #expect(
      project.parts == [
        PartSettings(service: "front", role: .web, port: 8081, path: "/server-status?auto"),
        PartSettings(service: "boutique-db-1", user: "watcher", secret: .variable("_WATCHER_2")),
        PartSettings(service: "redis", secret: .file("/run/secrets/redis")),
      ])
  }

  /// Whatever stands where a place is expected could be the secret itself.
  @Test(arguments: [
    "secret: 'hunter2'", "secret: ['hunter2']", "secret: { file: 'hunter2' }", "secret: { variable: 'hunter2!' }",
    "secret: { value: 'hunter2' }", "password: 'hunter2'", "secret: { file: ['hunter2'] }",
    "secret: hunter2", "secret: { file: hunter2 }",
    "secret: { file: 'hunter2', variable: 'hunter2' }", "pass: 'hunter2'", "secret: { file: '/a\\nhunter2' }",
  ])
  func `no message repeats a secret`(part: String) throws {
    let problems = #expect(throws: Problems.self) { try parse(project: "parts: [{ service: 'redis', \(part) }]") }
    #expect(problems?.description.contains("hunter2") == false)
  }

  @Test(arguments: [
    "192.0.2.7", "0.0.0.0", "2001:db8::7", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.7", "localhost",
    "web-1", "origin.boutique.example", "db_1.lan", "3com.example",
  ])
  func `IP addresses and host names are addresses`(text: String) {
    #expect(FleetText.isAddress(text))
  }

  @Test(arguments: [
    "", "192.0.2", "192.0.2.256", "192.0.2.07", "1.2.3.4.5", ":", ":::", "1:2", "1::2::3", "12345::", "::g",
    "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9", "[::1]", "fe80::1%eth0", "::1.2.3.4:5", "web-1:443", "https://web-1",
    "web-1/", "ops@web-1", "-a", "a-", "a..b", "a b", "é.example", ".a", "a.", "::1.2.3",
  ])
  func `other texts are none`(text: String) {
    #expect(!FleetText.isAddress(text))
  }
}

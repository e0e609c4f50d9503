import Fleet
import Operations
import Telemetry
import Testing

struct RestartTests {
  private let host = Host(name: HostName("web-1"), connection: .local, environment: .prod)

  private var facts: ContainerFacts {
    var facts = ContainerFacts(
      id: "0cab65117bf739666634e63dfaa04584", name: "boutique-redis-1", image: "redis:7.0", state: .running)
    (facts.project, facts.service) = ("boutique", "redis")
    facts.composeDirectory = "/srv/boutique"
    facts.composeFiles = "/srv/boutique/compose.yaml,/srv/boutique/compose.override.yaml"
    return facts
  }

  @Test func `a container is restarted by its identifier, so that what replaced it is left alone`() throws {
    let plan = try Plan.restart(facts, on: host, sudo: false)
    #expect(plan.steps.map(\.line) == ["docker restart 0cab65117bf7"])
    #expect(plan.title == "Restart boutique-redis-1 on web-1")
    #expect(plan.danger == .confirm)
  }

  @Test func `a service is restarted where its files lie, with all of them`() throws {
    let plan = try Plan.restartService(facts, on: host, sudo: true)
    #expect(
      plan.steps.map(\.line) == [
        "sudo -n docker compose --project-name boutique --project-directory /srv/boutique"
          + " --file /srv/boutique/compose.yaml --file /srv/boutique/compose.override.yaml restart redis"
      ])
  }

  @Test func `hostile paths are one word each`() throws {
    var hostile = facts
    hostile.composeDirectory = "/srv/a b; reboot"
    hostile.composeFiles = "/srv/$(reboot)/'x'.yaml"
    let plan = try Plan.restartService(hostile, on: host, sudo: false)
    #expect(
      plan.steps.first?.line == "docker compose --project-name boutique --project-directory '/srv/a b; reboot'"
        + " --file '/srv/$(reboot)/'\\''x'\\''.yaml' restart redis")
  }

  @Test(arguments: ["-v", "", "a b", "$(reboot)", "x\ny", "..", "é"])
  func `a service whose name could be taken for something else is refused`(_ name: String) {
    var hostile = facts
    hostile.service = name
    #expect(throws: Unavailable.self) { try Plan.restartService(hostile, on: host, sudo: false) }
  }

  @Test(arguments: [nil, "", "-", "compose.yaml", "/srv/boutique/compose.yaml,override.yaml"])
  func `a service whose files are not named whole is refused, for Compose might find others`(_ files: String?) {
    var other = facts
    other.composeFiles = files
    #expect(
      throws: Unavailable(reason: "boutique-redis-1 was not made from files on the host: restart the container instead")
    ) {
      try Plan.restartService(other, on: host, sudo: false)
    }
  }

  @Test func `an identifier that is none is refused`() {
    for id in ["", "--all", "$(reboot)", "XYZ"] {
      var hostile = facts
      hostile.id = id
      #expect(throws: Unavailable.self) { try Plan.restart(hostile, on: host, sudo: false) }
    }
  }

  @Test func `what Compose did not start has no service to restart`() {
    var alone = facts
    alone.project = nil
    #expect(throws: Unavailable(reason: "boutique-redis-1 was not started by Compose: restart the container instead")) {
      try Plan.restartService(alone, on: host, sudo: false)
    }
  }

  @Test func `a record is one line of JSON, and what is not known is null`() {
    var record = AuditRecord(
      time: Moment(milliseconds: 1_795_449_817_250), id: "7", user: "ana", host: HostName("web-1"),
      environment: .prod, project: nil, subject: "x\ny", title: "Restart x", command: "docker restart 'a b'")
    #expect(
      record.line
        == #"{"command":"docker restart 'a b'","duration_seconds":null,"environment":"prod","exit_status":null,"#
        + #""failure":null,"host":"web-1","id":"7","phase":"started","project":null,"subject":"x\ny","#
        + #""time":"2026-11-23T16:03:37.250Z","title":"Restart x","user":"ana"}"#)
    record.end(at: Moment(milliseconds: 1_795_449_818_750), exitStatus: 0)
    #expect(record.line.contains(#""duration_seconds":1.5"#))
    #expect(record.line.contains(#""phase":"ended""#))
  }
}

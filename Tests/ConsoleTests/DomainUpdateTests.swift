import Fleet
import Incidents
import Surface
import Telemetry
import Testing

@testable import Console

struct DomainUpdateTests {
  @Test func `a look at a domain becomes an incident of each project that answers for it`() {
    let host = Host(name: HostName("web-1"), connection: .local, environment: .prod)
    let other = Host(name: HostName("web-2"), connection: .local, environment: .prod)
    let domain = "boutique.example"
    let now = Moment(milliseconds: 1_795_449_817_000)
    var model = Model(
      fleet: FleetDefinition(
        hosts: [host, other],
        projects: [
          Project(name: "boutique", profile: .vps, hosts: [host.name], environment: .prod, domains: [domain]),
          Project(name: "front", profile: .vps, hosts: [other.name], environment: .prod, domains: ["x.y", domain]),
          Project(name: "vitrine", profile: .vps, hosts: [host.name], environment: .prod, domains: ["vitrine.example"]),
        ]), keymap: .standard, size: Size(width: 80, height: 24), now: now)
    var reading = ProbeReading(domain: domain)
    reading.failure = "nothing answers at port 443"
    for seconds in [0, 3] { _ = update(&model, Arrival(.probe(reading), at: now + .seconds(seconds))) }
    #expect(model.domains[domain]?.failingSince == now)
    #expect(model.incidents.incidents.map(\.key.kind) == [.siteDown, .siteDown])
    #expect(model.incidents.incidents.map(\.project) == ["front", "boutique"])
    reading.failure = nil
    reading.status = 200
    _ = update(&model, Arrival(.probe(reading), at: now + .seconds(13)))
    #expect(model.incidents.openCounts == (critical: 0, warning: 0))
  }
}

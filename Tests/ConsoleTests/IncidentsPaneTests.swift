import Fleet
import Incidents
import Telemetry
import Testing

@testable import Console

/// What somebody who is called at night sees first.
struct IncidentsPaneTests {
  private static let web = HostName("web-1")

  /// A warning of a minute ago that is open, a critical one that is, and three newer ones that are over.
  private func desk() -> Desk {
    var desk = Desk()
    desk.report(["web-1", "web-2", "staging"])
    desk.line("disk is nearly full")
    desk.take(.link(HostName("staging"), .backingOff(until: desk.now, attempt: 1, reason: "no route")))
    for name in ["a", "b", "c"] {
      desk.wait(2)
      desk.event(.pause, name)
      desk.event(.unpause, name)
    }
    desk.line("something small", priority: 4)
    return desk
  }

  @Test func `what is open comes before what is over, the worst first, then the newest`() {
    var desk = desk()
    desk.press("4")
    #expect(
      desk.incidents == [
        "critical staging is lost: no route", "warning sshd: disk is nearly full", "notice sshd: something small",
        "was c was paused: it answers nobody until it is unpaused",
        "was b was paused: it answers nobody until it is unpaused",
        "was a was paused: it answers nobody until it is unpaused",
      ])
  }

  @Test func `sorted by age the newest is first, whatever it is`() {
    var desk = desk()
    desk.press("4", "o", "a")
    #expect(desk.incidents.first == "notice sshd: something small")
    #expect(desk.incidents.last == "warning sshd: disk is nearly full")
  }

  @Test func `a pane that loses the focus goes back to its top`() {
    var desk = desk()
    desk.press("4", "G")
    #expect(desk.selected(.incidents)?.hasPrefix("a was paused") == true)
    desk.press("1")
    #expect(desk.model.selectedRow(.incidents) == 0)
    desk.line("the disk is dying", priority: 2)
    desk.press("4")
    #expect(desk.selected(.incidents) == "staging is lost: no route")
    #expect(desk.incidents[1] == "critical sshd: the disk is dying")
  }

  @Test(arguments: [
    (
      "web 2 of shop crashed (137: killed)", IncidentKind.containerCrashed, "web 2 crashed (137: killed)",
      "crashed (137: killed)"
    ),
    (
      "a query in web 2 of shop has run for 3m", .threshold, "a query in web 2 of shop has run for 3m",
      "a query in web 2 of shop has run for 3m"
    ),
    ("web-1 is lost: no route", .hostLost, "is lost: no route", "is lost: no route"),
    ("web: worker exited", .journal, "web: worker exited", "worker exited"),
    ("webhook failed", .journal, "webhook failed", "webhook failed"),
  ]) func `a row leaves out what it has named`(
    _ text: String, _ kind: IncidentKind, _ brief: String, _ briefest: String
  ) {
    let incident = Incident(
      id: 1, key: Incident.Key(host: Self.web, kind: kind, subject: "x"), severity: .warning, service: "web",
      project: "shop", container: "shop-web-2", replica: 2, text: text, firstSeen: Moment(milliseconds: 0),
      lastSeen: Moment(milliseconds: 0))
    #expect(incident.brief(besides: .host) == brief)
    #expect(incident.brief(besides: .hostAndService) == briefest)
    #expect(incident.part == "web 2")
  }

  @Test func `a site that is down says so before its name`() {
    let incident = Incident(
      id: 1, key: Incident.Key(host: Self.web, kind: .siteDown, subject: "shop.example"), severity: .critical,
      service: "shop.example", project: "shop", text: "shop.example does not answer: no route",
      firstSeen: Moment(milliseconds: 0), lastSeen: Moment(milliseconds: 0))
    #expect(incident.brief(besides: .host) == "down: shop.example does not answer: no route")
    #expect(incident.brief(besides: .hostAndService) == "does not answer: no route")
  }

  @Test func `containers that are hidden leave a trace`() throws {
    var desk = Desk()
    desk.report(["web-1"])
    var facts = try #require(
      desk.model.telemetry[Self.web]?.containers.values.first { $0.facts.service == "redis" }?.facts)
    facts.state = .exited
    desk.take(.telemetry(Self.web, .container(facts)))
    desk.press("2", "a")
    #expect(desk.text.contains("Containers of web-1 7 of 8, stopped hidden"))
    desk.press("/", "p", "h", "p", "Enter")
    #expect(desk.text.contains("Containers of web-1 1, stopped hidden"))
  }

  @Test func `before Docker has answered nothing is known, and nothing is well`() {
    var desk = Desk()
    desk.take(.link(Self.web, .live))
    desk.say(
      [
        "vigie-stream 1 token= host=web-1 boot=b kernel=6.1 pid=7 cgroup=2 interval=2000",
        "= 0 1795449817.000000 100.00", "load 0.10 0.20 0.30 1/100 7", ".",
      ], on: Self.web)
    #expect(!desk.text.contains("all well"))
    #expect(desk.text.contains("not known yet: Docker on web-1 has not answered so far"))
    #expect(PlainTable.text(of: desk.model).contains("not known yet"))
    desk.say(["can docker yes"], on: Self.web)
    #expect(desk.text.contains("web-1 has no containers"))
    #expect(desk.text.contains("all well"))
  }

  @Test(arguments: [
    (LinkState.connecting(since: Moment(milliseconds: 0)), "figures 20s old; its connection is made anew"),
    (.backingOff(until: Moment(milliseconds: 0), attempt: 1, reason: "no route"), "figures 20s old; no route"),
    (
      .refused(reason: "it refuses the key", cure: "add it", until: Moment(milliseconds: 0)),
      "figures 20s old; it refuses the key"
    ),
  ]) func `a host that was live and is not says how old its figures are`(_ state: LinkState, _ words: String) {
    var desk = Desk(width: 120)
    desk.report(["web-1"])
    desk.take(.link(Self.web, state))
    desk.wait(20)
    #expect(desk.text.contains(words))
    #expect(desk.text.contains("?/8"))
    if case .connecting = state { #expect(desk.lines[3].contains("figures 20s old")) }
  }

  @Test func `what this console stops is not somebody else's doing`() throws {
    var desk = Desk(height: 40)
    desk.model.user = "anna"
    desk.report(["staging"])
    desk.press("j", "j", "u", "2", "r", "Tab", "Enter")
    let id = try #require(desk.model.selection(.containers))
    guard case .container(let container) = id, let facts = desk.model.facts(container) else { return }
    for (name, words) in [(facts.name, "was stopped by anna with vigie"), ("other", "was stopped by someone")] {
      for action in [ContainerEvent.Action.kill, .die] { desk.event(action, name, on: "staging") }
      #expect(desk.model.incidents.incidents.first?.text.contains(words) == true)
    }
  }
}

extension Desk {
  fileprivate mutating func line(_ text: String, priority: Int = 3) {
    take(.telemetry(HostName("web-1"), .log(LogEntry(priority: priority, source: "sshd", text: text, at: now))))
  }

  fileprivate mutating func event(_ action: ContainerEvent.Action, _ name: String, on host: String = "web-1") {
    take(.telemetry(HostName(host), .containerEvent(ContainerEvent(action: action, id: name, name: name, at: now))))
  }

  /// As the pane has them, with their severity, or `was` where they are over.
  fileprivate var incidents: [String] {
    mutating get {
      model.settle()
      return model.rows(.incidents).compactMap { row in
        guard case .incident(let id) = row, let incident = model.incident(id) else { return nil }
        return (incident.clearedAt == nil ? incident.severity.rawValue : "was") + " " + incident.text
      }
    }
  }
}

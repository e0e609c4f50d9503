import Fleet
import Incidents
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

struct UpdateTests {
  @Test func `the cursor moves, stops at the ends, and the containers follow the host`() {
    var desk = Desk()
    desk.report(["web-1", "web-2", "staging"])
    desk.model.settle()
    #expect(desk.selected(.hosts) == "web-1")
    desk.press("k", "j", "j")
    #expect(desk.selected(.hosts) == "staging")
    desk.press("j")
    #expect(desk.selected(.hosts) == "staging")
    #expect(desk.text.contains("Containers of staging 8"))
    desk.press("g")
    #expect(desk.selected(.hosts) == "web-1")
  }

  @Test func `the selection is on the object, not on the row`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "G")
    let chosen = desk.selected(.containers)
    desk.press("o", "c")
    desk.model.settle()
    #expect(desk.selected(.containers) == chosen)
    desk.press("O")
    desk.model.settle()
    #expect(desk.selected(.containers) == chosen)
    desk.take(.resized(Size(width: 200, height: 50)))
    #expect(desk.selected(.containers) == chosen)
  }

  @Test(arguments: [
    (["bench-10", "bench-5", "bench"], ["bench", "bench-5", "bench-10"]),
    (["web-2", "db", "web-10-a", "web-1"], ["db", "web-1", "web-2", "web-10-a"]),
    (["a01", "a1", "a2", "a100"], ["a01", "a1", "a2", "a100"]),
  ]) func `names are ordered as a person would`(names: [String], ordered: [String]) {
    #expect(names.map { Rank(number: 0, name: $0) }.sorted().map(\.name) == ordered.map(Rank.natural))
  }

  @Test func `a row that vanishes leaves the cursor at its place`() throws {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "j", "j")
    let rows = desk.model.rows(.containers)
    guard case .container(let id) = rows[2] else { throw Missing() }
    desk.take(.telemetry(id.host, .containerGone(id: id.id)))
    desk.model.settle()
    #expect(desk.model.selection(.containers) == rows[3])
  }

  struct Missing: Error {}

  @Test func `a filter narrows while it is typed, Esc brings back what was before, Enter keeps it`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "/", "r", "e", "d", "i", "s")
    desk.model.settle()
    #expect(desk.model.rows(.containers).count == 1)
    desk.press("Esc")
    desk.model.settle()
    #expect(desk.model.rows(.containers).count == 8)
    desk.press("/", "!", "r", "e", "d", "i", "s", "Enter")
    desk.model.settle()
    #expect(desk.model.rows(.containers).count == 7)
    desk.press("Esc")
    desk.model.settle()
    #expect(desk.model.rows(.containers).count == 8)
  }

  @Test func `what is listed and acted on is of the host that a filter leaves under the cursor`() {
    var desk = Desk()
    desk.report(["web-1", "web-2"])
    desk.press("/", "w", "e", "b", "-", "2", "Enter")
    #expect(desk.selected(.hosts) == "web-2" && desk.text.contains("Containers of web-2"))
    desk.press("2")
    #expect(desk.model.actedContainer?.host == HostName("web-2"))
  }

  @Test func `marks are told wherever the cursor is`() {
    var desk = Desk()
    desk.report(["web-1", "web-2"])
    desk.press("2", "Space", "Space", "1", "j")
    #expect(desk.text.contains("Containers of web-2"))
    #expect(desk.text.contains("2 marked on web-1: actions are about these"))
  }

  @Test func `a paste is text, and never keys`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab")
    #expect(desk.take(.pasted("rq\ry")) == [])
    #expect(desk.model.overlay == nil)
    desk.press("/")
    desk.take(.pasted("redis\nq"))
    #expect(desk.model[.containers].filter == "redis q")
  }

  @Test func `what can't be done says why`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("u")
    desk.take(.link(HostName("web-1"), .backingOff(until: desk.now + .seconds(9), attempt: 3, reason: "no route")))
    #expect(desk.press("Tab", "r") == [])
    #expect(desk.model.overlay == nil)
    #expect(desk.text.contains("web-1 does not answer"))
  }

  @Test func `quit backs out of what is open, and leaves only at the top`() {
    var desk = Desk()
    desk.report(["web-1"])
    #expect(desk.press("Enter", "?", "q", "q") == [])
    #expect(desk.model.detail == nil)
    #expect(desk.press("z", "q") == [])
    #expect(!desk.model.isZoomed)
    #expect(desk.press("q") == [.quit])
  }

  @Test func `the palette finds a command by a few letters and does it`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press(":", "z", "o", "o", "m", "Enter")
    #expect(desk.model.isZoomed)
    desk.press(":", "x", "y", "z", "z", "y", "Enter")
    #expect(desk.text.contains("no command"))
    desk.press("Esc")
    #expect(desk.model.overlay == nil)
  }

  @Test func `chords of the vim keymap`() {
    var desk = Desk(keymap: Keymap.shipped[1])
    desk.report(["web-1", "web-2", "staging"])
    desk.press("G")
    #expect(desk.selected(.hosts) == "staging")
    desk.press("g")
    #expect(desk.selected(.hosts) == "staging")
    desk.press("g")
    #expect(desk.selected(.hosts) == "web-1")
  }

  private static func conditions(_ now: Moment) -> [(LinkState, String, String)] {
    [
      (.queued, "connecting", "queued"), (.connecting(since: now), "connecting", "connecting"), (.live, "live", "live"),
      (.stale(since: now), "stale", "stale 0s"),
      (.backingOff(until: now + .seconds(8), attempt: 2, reason: "no route"), "unreachable", "retry 8s"),
      (.needsPerson(reason: "its host key is not known here yet"), "unreachable", "needs you"),
      (.refused(reason: "its host key has changed", cure: "find out why", until: now), "unreachable", "refused"),
      (.ended, "stale", "ended"),
    ]
  }

  @Test func `how a host is, in words`() {
    var desk = Desk()
    desk.report(["web-1"])
    for (state, word, short) in Self.conditions(desk.now) {
      desk.take(.link(HostName("web-1"), state))
      let condition = desk.model.condition(of: HostName("web-1"))
      #expect(condition.word == word)
      #expect(condition.short == short)
      #expect((condition.reason == nil) == (word == "live"))
    }
  }

  @Test func `a host that says nothing more grows stale, and is drawn so`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.wait(20)
    #expect(desk.model.condition(of: HostName("web-1")).short == "stale 20s")
    let frame = render(&desk.model)
    // The host's row, but for its environment, which does not grow old, and its state's own colour.
    let roles = Set((1..<6).map { frame[$0, 3].style.role })
    #expect(roles == [.stale])
  }

  @Test func `a host that is lost is an incident until it is back`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("u")
    desk.take(.link(HostName("web-1"), .backingOff(until: desk.now, attempt: 1, reason: "no route")))
    #expect(desk.model.incidents.openCounts.critical == 1)
    desk.take(.link(HostName("web-1"), .live))
    #expect(desk.model.incidents.openCounts.critical == 0)
  }

  @Test func `words of a host that the fleet does not know change nothing`() {
    var desk = Desk()
    desk.take(.telemetry(HostName("nobody"), .dropped(count: 1)))
    desk.take(.link(HostName("nobody"), .needsPerson(reason: "x")))
    #expect(desk.model.telemetry[HostName("nobody")] == nil)
  }

  @Test func `the cursor stays at the top while rows arrive, until somebody moves it`() {
    var desk = Desk()
    let host = HostName("web-1")
    desk.take(.link(host, .live))
    desk.say(
      ["vigie-stream 1 token= host=web-1 boot=b kernel=6.1 pid=7 cgroup=2 interval=2000", "can docker yes"], on: host)
    for name in ["redis", "php", "db"] {
      desk.say([#"container {"id":"\#(name)1","name":"\#(name)","image":"x","state":"running"}"#], on: host)
      desk.model.settle()
      #expect(desk.selected(.containers) == name)
    }
    desk.press("Tab", "j")
    #expect(desk.selected(.containers) == "php")
  }

  @Test func `without its engine's word, how a container is is unknown`() {
    var desk = Desk(width: 120)
    desk.report(["web-1"])
    desk.take(
      .telemetry(
        HostName("web-1"),
        .capability(Capability(name: .docker, isAvailable: false, reason: "the Docker engine does not run"))))
    #expect(desk.text.contains("unknown: the Docker engine does not run"))
    #expect(desk.text.contains(" ?/8 "))
    #expect(!desk.text.contains("healthy"))
    guard case .object(let document) = Report.document(of: desk.model), case .array(let hosts)? = document["hosts"],
      case .object(let host) = hosts[0], case .array(let containers)? = host["containers"],
      case .object(let container) = containers[0]
    else { return #expect(Bool(false)) }
    #expect(container["state"] == .null)
    #expect(container["health"] == .null)
  }
}

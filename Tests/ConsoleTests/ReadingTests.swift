import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// The page of a container's log, by messages and keys.
struct `A log's page` {
  private let host = HostName("web-1")

  /// A desk with the log of the first container open, and the order that it gave.
  private func opened(height: Int = 24) throws -> (desk: Desk, order: ReadingOrder) {
    var desk = Desk(height: height)
    desk.report(["web-1", "web-2", "staging"])
    desk.press("Tab", "g")
    let order = try #require(Self.order(in: desk.press("l")))
    return (desk, order)
  }

  private static func order(in effects: [Effect]) -> ReadingOrder? {
    for case .read(let order) in effects { return order }
    return nil
  }

  private func lines(_ numbers: some Sequence<Int>) -> [LogLine] {
    numbers.map { LogLine(stamp: Self.stamp($0), text: "line \($0)") }
  }

  private static func stamp(_ number: Int) -> String { "2026-11-23T16:03:\(10 + number / 1000).\(100_000 + number)Z" }

  @Test func `is asked for by identifier, once, and for nothing that would change anything`() throws {
    var (desk, order) = try opened()
    let id = try #require(desk.model.actedContainer)
    #expect(order.host == host && order.kind == .log)
    #expect(order.line.hasPrefix("exec bash -c '"))
    #expect(order.line.hasSuffix("' vigie docker logs --follow --timestamps --tail 1000 \(id.id)"))
    #expect(desk.model.detail == .log(id))
    #expect(desk.model.scope == .log)
    #expect(desk.text.contains("asked web-1 for its log"))
    desk.wait(1)
    #expect(CommandID.containerLogs.action == nil && CommandID.containerInspect.action == nil)
  }

  @Test(arguments: ["Esc", "q"]) func `ends with its page`(key: String) throws {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines(lines(0..<9))))
    #expect(desk.press(key) == [.stopReading])
    #expect(desk.model.reading == nil && desk.model.detail == nil)
    // What was under way still arrives.
    #expect(desk.take(.reading(order.number, .lines(lines(9..<12)))) == [])
    #expect(desk.take(.reading(order.number, .ended(.exited(status: 143, words: "")))) == [])
  }

  @Test func `goes back to the page that it was opened from, and gives way to another reading`() throws {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "g", "Enter")
    let detail = desk.model.detail
    let first = try #require(Self.order(in: desk.press("l")))
    desk.press("x")
    let second = try #require(Self.order(in: desk.press("I")))
    #expect(second.kind == .inspection && second.number != first.number)
    #expect(desk.model.scope == .inspection)
    #expect(desk.press("Esc") == [.stopReading])
    #expect(desk.model.detail == detail)
  }

  @Test func `follows the end, stays where one looks, and follows again`() throws {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines(lines(0..<100))))
    #expect(desk.lines[21].contains("line 99"))
    #expect(desk.lines[1].contains(" 100 lines ") && desk.lines[1].contains(" following "))
    desk.press("k")
    desk.take(.reading(order.number, .lines(lines(100..<150))))
    #expect(desk.lines[21].contains("line 98"))
    #expect(desk.lines[1].contains(" not following, 50 new "))
    desk.press("G")
    #expect(desk.lines[21].contains("line 149") && desk.lines[1].contains(" following "))
    desk.press("f")
    #expect(desk.lines[1].contains(" not following ") && desk.lines[21].contains("line 149"))
    desk.press("f", "g")
    #expect(desk.lines[2].contains("line 0"))
    desk.press("Ctrl-f")
    #expect(desk.lines[2].contains("line 19"))
  }

  @Test func `keeps 5000 lines and a few megabytes, whatever comes`() throws {
    var (desk, order) = try opened()
    for start in stride(from: 0, to: 40_000, by: 2000) {
      desk.take(.reading(order.number, .lines(lines(start..<start + 2000))))
    }
    var page = try #require(desk.model.reading?.page)
    #expect(page.lines.count == 5000 && page.next == 40_000 && page.lines.first?.text == "line 35000")
    let long = String(repeating: "x", count: 4096)
    desk.take(.reading(order.number, .lines((0..<5000).map { LogLine(stamp: Self.stamp($0), text: long) })))
    page = try #require(desk.model.reading?.page)
    #expect(page.lines.count < 1100 && page.lines.count > 900)
    #expect(desk.lines[21].contains("xxx"))
  }

  @Test func `stays on its line while lines before it are dropped, and on the first one when it is gone`() throws {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines(lines(0..<5000))))
    desk.press("g", "Ctrl-d")
    let top = desk.lines[2]
    desk.take(.reading(order.number, .lines(lines(5000..<5005))))
    #expect(desk.lines[2] == top)
    desk.take(.reading(order.number, .lines(lines(5005..<6000))))
    #expect(desk.lines[2].contains("line 1000"))
  }

  @Test func `is narrowed by words, also for lines that come later, and marks what it looked for`() throws {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines(lines(0..<30))))
    desk.press("/", "L", "I", "N", "E", "Space", "7", "Enter")
    #expect(desk.model.reading?.page.count == 3)
    desk.press("/", "Ctrl-u", "!", "2", "Enter")
    desk.take(.reading(order.number, .lines(lines(28..<34))))
    #expect(desk.model.reading?.page.count == 18 + 3)
    #expect(desk.lines[1].contains(" 21 of 36 lines ") && desk.lines[22].contains(" /!2 last 1000 lines "))
    desk.press("/", "x", "y", "Esc")
    #expect(desk.model.reading?.page.filterText == "!2")
    desk.press("/", "Ctrl-u", "x", "y", "Enter")
    #expect(desk.text.contains("nothing matches /xy"))
    desk.press("/", "Ctrl-u", "3", "3", "Enter")
    let frame = render(&desk.model)
    #expect((0..<80).contains { frame[$0, 2].style.role == .match && frame[$0, 2].scalar == "3" })
    desk.take(.pasted("rq"))
    #expect(desk.model.reading?.page.filterText == "33")
  }

  @Test func `copies what the filter leaves, with the engine's own times where they are shown`() throws {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines(lines(0..<30) + [LogLine(text: "no stamp 7")])))
    desk.press("/", "7", "Enter")
    let stamps = [7, 17, 27].map { "\(Self.stamp($0)) line \($0)\n" }.joined()
    #expect(desk.press("y") == [.copy(stamps + "no stamp 7\n")])
    desk.press("T")
    #expect(desk.press("y") == [.copy("line 7\nline 17\nline 27\nno stamp 7\n")])
    #expect(desk.text.contains("copied 4 lines"))
    let long = (0..<100).map { LogLine(stamp: Self.stamp($0), text: "7" + String(repeating: "x", count: 1000)) }
    desk.take(.reading(order.number, .lines(long)))
    guard case .copy(let text)? = desk.press("y").first else { return #expect(Bool(false)) }
    #expect(text.utf8.count <= 65_536 && text.utf8.count > 64_000)
    #expect(desk.text.contains("copied the last 65 lines"))
  }

  @Test func `goes on after a lost connection with what it has not seen`() throws {
    var (desk, order) = try opened()
    let twice = [LogLine(stamp: Self.stamp(8), text: "same"), LogLine(stamp: Self.stamp(8), text: "same")]
    desk.take(.reading(order.number, .lines(lines(0..<8) + twice + [LogLine(text: "more of it")])))
    desk.take(.link(host, .backingOff(until: desk.now + .seconds(1), attempt: 1, reason: "it stopped answering")))
    desk.take(.reading(order.number, .ended(.broke(reason: "it closed the connection"))))
    #expect(desk.text.contains("interrupted"))
    #expect(desk.text.contains("no word from web-1 since 16:03:47: it stopped answering; the log is followed"))
    desk.wait(9)
    #expect(desk.model.reading?.number == order.number)
    var effects = desk.take(.link(host, .live))
    desk.report(["web-1"], times: 1)
    effects += desk.take(.tick)
    let number = try #require(desk.model.reading?.number)
    #expect(number == order.number + 1)
    // What it is told again is dropped; a line of the same moment that is new is not.
    let again = twice + [LogLine(text: "more of it"), LogLine(stamp: Self.stamp(8), text: "other")]
    desk.take(.reading(number, .lines(again + lines(9..<11))))
    #expect(
      desk.model.reading?.page.lines.map(\.text).suffix(6) == [
        "same", "same", "more of it", "other", "line 9", "line 10",
      ])
    #expect(desk.lines[1].contains(" following "))
  }

  @Test func `a longer window begins before the oldest line shown`() throws {
    var (desk, order) = try opened()
    func old(_ stamp: String) -> ReadingNews { .lines([LogLine(stamp: stamp, text: "old")]) }
    // 20 minutes old: the last 15 would be less than what is shown.
    desk.take(.reading(order.number, old("2026-11-23T15:43:00.0Z")))
    let wider = try #require(Self.order(in: desk.press("+")))
    #expect(wider.line.contains(" --since 1h "))
    desk.take(.reading(wider.number, old("2026-11-21T15:43:00.0Z")))
    #expect(desk.press("+") == [])
    #expect(desk.text.contains("the last 24 hours would show no more than this"))
  }

  @Test func `asks from the last line on, but after another window for all of it`() throws {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines(lines(0..<3))))
    desk.take(.reading(order.number, .ended(.exited(status: 143, words: ""))))
    #expect(desk.text.contains("it was ended on web-1, because the line was silent; it is tried again in 2s"))
    desk.now = desk.now + .seconds(2)
    let again = try #require(Self.order(in: desk.take(.tick)))
    #expect(again.line.contains(" --tail 5000 --since \(Self.stamp(2)) "))
    let wider = try #require(Self.order(in: desk.press("+")))
    #expect(wider.line.contains(" --tail 5000 --since 15m ") && wider.number == again.number + 1)
    #expect(desk.model.reading?.page.lines.isEmpty == true)
    // What the end before still says is no longer of interest.
    desk.take(.reading(again.number, .lines(lines(3..<5))))
    #expect(desk.model.reading?.page.lines.isEmpty == true)
    #expect(try #require(Self.order(in: desk.press("-"))).line.contains(" --tail 1000 "))
    #expect(desk.press("-") == [])
  }

  @Test(arguments: [
    (1, "Error: No such container: 0123", "web-1 no longer has this container", true),
    (1, "Got permission denied while trying to connect", "this user may not use Docker on web-1", false),
    (1, "sudo: a password is required", "sudo asks for a password on web-1", false),
    (1, "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.", "the Docker engine does not run", false),
    (
      1, "Error response from daemon: configured logging driver does not support reading", "can't read this log back",
      true
    ),
    (127, "bash: docker: command not found", "docker or bash is not in the PATH", false),
    (5, "something else", "docker ended with status 5 on web-1: something else; it is tried again in 2s", false),
  ]) func `says in a sentence why there is no log`(_ status: Int, _ words: String, _ sentence: String, isFinal: Bool)
    throws
  {
    var (desk, order) = try opened()
    desk.take(.reading(order.number, .lines([LogLine(text: words)])))
    desk.take(.reading(order.number, .ended(.exited(status: status, words: words))))
    #expect(desk.text.contains(sentence), "\(desk.text)")
    #expect(desk.model.reading?.page.lines.isEmpty == true)
    desk.now = desk.now + .seconds(3)
    #expect((Self.order(in: desk.take(.tick)) == nil) == isFinal)
  }

  @Test func `waits longer after each failure, half a minute at most`() throws {
    var (desk, order) = try opened()
    var waits: [Int] = []
    for number in order.number..<order.number + 7 {
      desk.take(.reading(number, .ended(.broke(reason: "it refuses another session"))))
      #expect(desk.text.contains("web-1: it refuses another session; it is tried again in"))
      let start = desk.now
      while desk.model.reading?.number == number, desk.now - start < .seconds(60) { desk.report(["web-1"], times: 1) }
      waits.append(Int((desk.now - start).inSeconds))
    }
    #expect(waits == [2, 4, 8, 16, 30, 30, 30])
  }

  @Test func `says that the container stopped, and goes on when it runs again`() throws {
    var (desk, order) = try opened()
    let id = try #require(desk.model.actedContainer)
    var facts = try #require(desk.model.facts(id))
    desk.take(.reading(order.number, .lines(lines(0..<3))))
    desk.take(.reading(order.number, .ended(.exited(status: 0, words: ""))))
    facts.state = .exited
    desk.take(.telemetry(host, .container(facts)))
    #expect(desk.lines[1].contains(" ended ") && desk.text.contains("the container does not run, its log ends here"))
    desk.now = desk.now + .seconds(3)
    #expect(desk.take(.tick) == [])
    desk.say(["can docker no the Docker engine does not run"], on: host)
    #expect(desk.text.contains("the Docker engine does not run; it is tried again by itself once"))
    desk.say(["can docker yes"], on: host)
    facts.state = .running
    let again = try #require(Self.order(in: desk.take(.telemetry(host, .container(facts)))))
    #expect(again.line.contains(" --since \(Self.stamp(2)) "))
    desk.take(.telemetry(host, .containerGone(id: id.id)))
    desk.take(.reading(again.number, .ended(.exited(status: 0, words: ""))))
    #expect(desk.text.contains("the container was removed, its log ends here"))
    facts.id = String(repeating: "f", count: 64)
    desk.take(.telemetry(host, .container(facts)))
    #expect(desk.text.contains("a new container has its name"))
  }

  @Test func `waits for a host that is not there, and for Docker`() throws {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "g")
    desk.take(.link(host, .backingOff(until: desk.now + .seconds(9), attempt: 1, reason: "it does not answer")))
    #expect(desk.press("l") == [])
    #expect(desk.text.contains("no word from web-1 since"))
    desk.say(["can docker no the Docker engine does not run"], on: host)
    #expect(desk.take(.link(host, .live)) == [])
    #expect(desk.text.contains("the Docker engine does not run; it is tried again by itself once"))
    desk.say(["can docker yes", "can sudo yes"], on: host)
    #expect(desk.model.reading?.number == 1)
  }

  @Test func `moves long lines to both sides, or wraps them`() throws {
    var (desk, order) = try opened()
    let text = (0..<40).map { "word\($0)" }.joined(separator: " ")
    desk.take(.reading(order.number, .lines([LogLine(stamp: Self.stamp(0), text: text)])))
    #expect(!desk.text.contains("word39"))
    desk.press("Left")
    for _ in 0..<30 { desk.press("Right") }
    #expect(desk.lines[2].contains("word39"))
    for _ in 0..<30 { desk.press("Left") }
    #expect(desk.lines[2].contains("word0 "))
    desk.press("w")
    #expect(desk.text.contains("word39") && desk.text.contains("word0 "))
    desk.press("Right")
    #expect(desk.text.contains("lines are wrapped: w cuts them"))
  }
}

import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// A shell and a command in a container, from a key to the effect, and back.
struct ExecTests {
  private static let id = JobID(plan: 1, job: 0)

  /// The development host, unlocked, with the cursor on its first container.
  private func desk() -> Desk {
    var desk = Desk(height: 40)
    desk.report(["staging"])
    desk.press("j", "j", "u", "2")
    return desk
  }

  private func asked(_ desk: Desk) -> Plan? {
    guard case .confirm(let confirmation)? = desk.model.overlay else { return nil }
    return confirmation.plan
  }

  private func type(_ text: String, into desk: inout Desk) {
    for letter in text { desk.press(letter == " " ? "Space" : String(letter)) }
  }

  @Test(arguments: ["s", "E"]) func `a locked console gives no shell`(key: String) {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("2")
    #expect(desk.press(key) == [] && desk.model.overlay == nil)
    #expect(desk.text.contains("locked: u unlocks it"))
  }

  @Test func `a shell is asked for, has the terminal, and leaves the panes as they were`() throws {
    var desk = desk()
    let before = desk.lines
    desk.press("s")
    let plan = try #require(asked(desk))
    #expect(desk.text.contains("docker exec -it"))
    #expect(desk.press("Tab", "Enter") == [.attend(Self.id, plan.jobs[0], .dev)])
    #expect(desk.model.overlay == nil)
    desk.take(.job(Self.id, .line(.begin(0))))
    // The exit status of a shell is that of its last command: no failure.
    desk.take(.job(Self.id, .line(.ended(0, .exited(1), .seconds(9)))))
    desk.take(.job(Self.id, .line(.end(.done))))
    #expect(desk.text.contains("\(plan.title): done in"))
    desk.wait(7)
    desk.report(["staging"], times: 0)
    func panes(_ lines: [String]) -> [Substring] { lines.dropFirst(3).dropLast().map { $0.prefix(10) } }
    #expect(panes(desk.lines) == panes(before))
  }

  @Test func `a shell that can't be had says why, and can be tried again`() {
    var desk = desk()
    desk.press("s", "Tab", "Enter")
    desk.take(.job(Self.id, .notRun(reason: "staging is not connected")))
    #expect(desk.text.contains("staging is not connected"))
    desk.press("p")
    #expect(desk.text.contains("nothing was run: staging is not connected"))
    desk.press("Tab", "Enter")
    #expect(asked(desk)?.jobs.first?.takesTerminal == true)
  }

  @Test func `a stopped container is refused before anything is asked`() throws {
    var desk = desk()
    guard let id = desk.model.actedContainer, var facts = desk.model.facts(id) else { return }
    facts.state = .exited
    desk.take(.telemetry(id.host, .container(facts)))
    #expect(desk.press("s") == [] && desk.model.overlay == nil)
    #expect(desk.text.contains("\(facts.name) does not run: start it first"))
  }

  @Test func `a command line is typed or pasted, shown as it runs, and then a job`() throws {
    var desk = desk()
    let name = try #require(desk.selected(.containers))
    _ = desk.model.perform(.containerCommand)
    #expect(desk.text.contains("Run in \(name)"))
    type("ls -l", into: &desk)
    desk.take(.pasted(" /srv\n"))
    #expect(desk.text.contains("ls -l /srv"))
    desk.press("Enter")
    let plan = try #require(asked(desk))
    #expect(plan.jobs.flatMap(\.steps).map { $0.command.last } == ["ls -l /srv "])
    #expect(desk.press("Tab", "Enter") == [.run(Self.id, plan.jobs[0], .dev)])
    for number in 1...30 { desk.take(.job(Self.id, .line(.output(0, "line \(number)")))) }
    #expect(desk.text.contains("line 30") && !desk.text.contains("line 22 "))
    // What ended is there in full.
    desk.take(.job(Self.id, .line(.ended(0, .exited(0), .zero))))
    desk.take(.job(Self.id, .line(.end(.done))))
    #expect(desk.text.contains("line 1 ") && desk.text.contains("line 22 "))
  }

  @Test func `no command line, no question, and Esc leaves it`() {
    var desk = desk()
    _ = desk.model.perform(.containerCommand)
    #expect(desk.press("Enter") == [])
    #expect(desk.text.contains("type a command line first"))
    #expect(desk.press("Esc") == [] && desk.model.overlay == nil)
  }

  @Test func `rows that move while a line is typed do not change where it runs`() throws {
    var desk = desk()
    let id = try #require(desk.model.actedContainer)
    _ = desk.model.perform(.containerCommand)
    type("id", into: &desk)
    desk.take(.telemetry(id.host, .containerGone(id: id.id)))
    desk.press("Enter")
    #expect(desk.text.contains("that container is no longer there"))
  }
}

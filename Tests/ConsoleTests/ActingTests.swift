import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// From a key to the effect that runs a job, and back to what the screen says.
struct ActingTests {
  private static let web = HostName("web-1")
  private static let id = JobID(plan: 1, job: 0)

  /// The development host, unlocked: one question, without a name to type.
  private func desk(_ host: String = "staging") -> Desk {
    var desk = Desk(height: 40)
    desk.report([host])
    if host == "staging" { desk.press("j", "j") }
    desk.press("u", "2")
    return desk
  }

  private func asked(_ desk: Desk) -> Plan? {
    guard case .confirm(let confirmation)? = desk.model.overlay else { return nil }
    return confirmation.plan
  }

  @Test func `a console starts locked, says so, and changes nothing`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("2")
    #expect(desk.text.contains("locked"))
    #expect(desk.press("r") == [])
    #expect(desk.model.overlay == nil)
    #expect(desk.text.contains("locked: u unlocks it"))
  }

  @Test func `an unlocked console locks itself, and what was asked then is not run`() {
    var desk = desk()
    #expect(desk.text.contains("UNLOCKED 15m"))
    desk.press("r")
    #expect(asked(desk) != nil)
    desk.wait(16 * 60)
    desk.report(["staging"], times: 1)
    #expect(desk.model.access == .locked)
    #expect(desk.press("Tab", "Enter") == [])
    #expect(desk.text.contains("locked itself"))
  }

  @Test func `restart asks first, and Enter alone does nothing`() {
    var desk = desk()
    desk.press("r")
    #expect(desk.text.contains("docker restart"))
    #expect(desk.press("Enter") == [])
    #expect(desk.model.overlay == nil)
    #expect(desk.press("r", "Esc") == [])
  }

  @Test func `in production the project's name is typed, and nothing else will do`() throws {
    var desk = desk("web-1")
    desk.press("r")
    let plan = try #require(asked(desk))
    #expect(desk.text.contains("PRODUCTION"))
    #expect(plan.danger == .severe)
    #expect(desk.press("Tab", "Enter") == [])
    #expect(desk.press("s", "h", "Enter") == [])
    #expect(desk.text.contains("that is not it"))
    desk.press("Ctrl-u")
    for letter in plan.answer { desk.press(String(letter)) }
    #expect(desk.press("Enter") == [.run(Self.id, plan.jobs[0], .prod)])
  }

  @Test func `what runs is what was shown, once, and each line of it is seen`() throws {
    var desk = desk()
    desk.press("r")
    let plan = try #require(asked(desk))
    #expect(desk.press("Tab", "Enter") == [.run(Self.id, plan.jobs[0], .dev)])
    desk.take(.job(Self.id, .line(.begin(0))))
    desk.take(.job(Self.id, .line(.output(0, "some words"))))
    #expect(desk.text.contains("some words"))
    desk.take(.job(Self.id, .line(.ended(0, .exited(0), .milliseconds(800)))))
    desk.take(.job(Self.id, .line(.after("state=running", isAsWanted: true))))
    #expect(desk.take(.job(Self.id, .line(.end(.done)))) == [.order(HostName("staging"), "now")])
    #expect(desk.text.contains("done"))
    #expect(desk.take(.job(Self.id, .line(.end(.done)))) == [])
    #expect(desk.take(.job(JobID(plan: 9, job: 0), .line(.end(.done)))) == [])
  }

  @Test func `a job that fails is said, and can be tried again by a question of its own`() {
    var desk = desk()
    desk.press("r", "Tab", "Enter")
    desk.take(.job(Self.id, .line(.begin(0))))
    desk.take(.job(Self.id, .line(.output(0, "Error: No such container"))))
    desk.take(.job(Self.id, .line(.ended(0, .exited(1), .milliseconds(80)))))
    desk.take(.job(Self.id, .line(.end(.failed))))
    #expect(desk.text.contains("failed with exit status 1: Error: No such container"))
    desk.press("Tab", "Enter")
    #expect(asked(desk)?.jobs.count == 1)
  }

  @Test func `a lost connection is no end, and quitting meanwhile is asked twice`() {
    var desk = desk()
    desk.press("r", "Tab", "Enter")
    desk.take(.job(Self.id, .lost(reason: "the connection broke")))
    #expect(desk.text.contains("the connection broke; it goes on there"))
    desk.press("Esc")
    #expect(desk.press("q") == [])
    #expect(desk.text.contains("still runs"))
    #expect(desk.press("q") == [.quit])
  }

  @Test func `what is retried leaves out a container that is gone meanwhile, and says so`() throws {
    var desk = desk()
    desk.press("Space", "Space", "Space", "r")
    let plan = try #require(asked(desk))
    #expect(plan.jobs.count == 3)
    desk.press("Tab", "Enter")
    let gone = try #require(plan.jobs[0].container)
    desk.say(["gone \(gone)"], on: HostName("staging"))
    for line: JobLine in [.begin(0), .ended(0, .exited(1), .zero), .end(.failed)] {
      desk.take(.job(Self.id, .line(line)))
    }
    #expect(desk.text.contains("Retry what failed"))
    desk.press("Tab", "Enter")
    let again = try #require(asked(desk))
    #expect(again.jobs == Array(plan.jobs[1...]))
    #expect(again.warnings == ["Left out, because they are no longer there: \(plan.jobs[0].subject) on staging."])
    #expect(desk.text.contains("Left out, because"))
  }

  @Test func `several are marked, keep their marks when rows move, and run one after the other`() throws {
    var desk = desk()
    desk.press("Space", "Space")
    let marked = desk.model.marks
    #expect(marked.count == 2)
    desk.press("O")
    #expect(desk.text.contains("● "))
    desk.press("r")
    let plan = try #require(asked(desk))
    #expect(plan.jobs.map(\.subject) == marked.compactMap { desk.model.facts($0)?.name })
    #expect(desk.press("Tab", "Enter").count == 1)
    #expect(
      desk.take(.job(Self.id, .line(.end(.done)))) == [.run(JobID(plan: 1, job: 1), plan.jobs[1], .dev)])
    desk.take(.job(JobID(plan: 1, job: 1), .line(.ended(0, .exited(1), .zero))))
    desk.take(.job(JobID(plan: 1, job: 1), .line(.end(.failed))))
    #expect(desk.text.contains("1 of 2 done; staging: failed with exit status 1"))
  }

  @Test func `a running plan is cancelled by its button`() {
    var desk = desk()
    desk.press("r", "Tab", "Enter")
    #expect(desk.press("Tab", "Enter") == [.cancel(Self.id)])
  }

  @Test func `a read-only console offers nothing that changes anything, anywhere`() {
    var desk = Desk(width: 120, height: 40)
    desk.model.access = .readOnly
    desk.report(["web-1"])
    desk.press("2")
    #expect(desk.text.contains("read-only"))
    for command in CommandID.allCases where command.action != nil || command == .lockToggle {
      #expect(!desk.model.offers(command))
    }
    #expect(desk.press("r", "R", "u", "Space") == [])
    #expect(desk.model.overlay == nil && desk.model.marks.isEmpty)
    desk.press("x")
    #expect(!desk.text.contains("restart"))
    desk.press("Esc", ":", "r", "e", "s", "t", "a", "r", "t")
    #expect(desk.text.contains("container.restart") && desk.text.contains("this console is read-only"))
    desk.press("Esc", "?")
    #expect(!desk.text.contains("Restart the"))
  }
}

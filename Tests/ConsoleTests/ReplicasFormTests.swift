import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// The form that asks how many of a service are to run.
struct ReplicasFormTests {
  /// The development host, unlocked, with the cursor on a worker that runs once.
  private func desk() -> Desk {
    var desk = Desk(height: 40)
    desk.report(["staging"])
    let host = HostName("staging")
    var facts = ContainerFacts(
      id: "0cab65117bf739666634e63dfaa04584", name: "essai-worker-1", image: "worker:1", state: .running)
    (facts.project, facts.service) = ("essai", "worker")
    (facts.composeDirectory, facts.composeFiles) = ("/srv/essai", "compose.yaml")
    desk.take(.telemetry(host, .container(facts)))
    desk.press("j", "j", "u", "2", "/", "w", "o", "r", "k", "e", "r", "Enter")
    return desk
  }

  private func form(_ desk: Desk) -> ReplicasForm? {
    guard case .replicas(let form)? = desk.model.overlay else { return nil }
    return form
  }

  @Test func `arrows and digits choose a number, and Enter shows the plan`() throws {
    var desk = desk()
    _ = desk.model.perform(.serviceReplicas)
    #expect(desk.text.contains("How many of worker on staging"))
    #expect(desk.text.contains("1 runs now."))
    desk.press("Up", "Up", "Down", "x", "-")
    #expect(form(desk)?.field.text == "2")
    // The first digit replaces what the arrows set.
    desk.press("1", "2", "Backspace", "0", "Up")
    #expect(form(desk)?.field.text == "11")
    desk.press("3", "Enter")
    guard case .confirm(let confirmation)? = desk.model.overlay else {
      Issue.record("no question: \(desk.text)")
      return
    }
    #expect(confirmation.plan.jobs[0].steps[0].line.hasSuffix("--scale worker=3 worker'"))
    #expect(desk.text.contains("Temporary: "))
    #expect(
      desk.press("Tab", "Enter") == [.run(JobID(plan: 1, job: 0), confirmation.plan.jobs[0], .dev)])
  }

  @Test func `numbers beyond reason stay in the form with the reason`() {
    var desk = desk()
    _ = desk.model.perform(.serviceReplicas)
    desk.press("9", "9", "Enter")
    #expect(form(desk) != nil && desk.text.contains("type a number from 0 to 50"))
    for _ in 0..<10 { desk.press("9") }
    desk.press("Up")
    #expect(form(desk)?.field.text == "50")
    desk.press("Esc")
    #expect(desk.model.overlay == nil)
  }

  @Test func `a cache is refused before anything is asked`() {
    var desk = Desk(height: 40)
    desk.report(["staging"])
    desk.press("j", "j", "u", "2", "/", "r", "e", "d", "i", "s", "Enter")
    #expect(desk.model.unavailability(of: .serviceReplicas)?.contains("is a cache") == true)
    _ = desk.model.perform(.serviceReplicas)
    #expect(desk.model.overlay == nil && desk.text.contains("is a cache"))
  }
}

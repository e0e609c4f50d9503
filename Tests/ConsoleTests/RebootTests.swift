import Fleet
import Incidents
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// A reboot from the key to the host that is back.
struct RebootTests {
  private static let id = JobID(plan: 1, job: 0)
  private static let staging = HostName("staging")

  private func desk() -> Desk {
    let hosts = ["web-1", "staging"].map { name in
      Host(
        name: HostName(name), connection: .ssh(destination: name), environment: name == "staging" ? .dev : .prod)
    }
    var desk = Desk(hosts: hosts, width: 120, height: 40)
    desk.report(["web-1", "staging"])
    desk.press("j", "u")
    return desk
  }

  /// Told to reboot, by its name.
  private func told() -> (Desk, [Effect]) {
    var desk = desk()
    _ = desk.model.perform(.hostReboot)
    for letter in "staging" { desk.press(String(letter)) }
    let effects = desk.press("Enter")
    return (desk, effects)
  }

  @Test func `its name is typed, and the plan says what goes down`() throws {
    var desk = desk()
    _ = desk.model.perform(.hostReboot)
    #expect(desk.text.contains("sudo -n systemctl reboot") && desk.text.contains("Down with it: shop"))
    #expect(desk.press("Enter") == [])
    let (_, effects) = told()
    guard case .run(Self.id, let job, .dev)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(job.isReboot && job.lock == "@host")
  }

  @Test func `while it is away it reboots and has not failed, and is done when it is back`() throws {
    var (desk, _) = told()
    desk.take(.job(Self.id, .line(.begin(0))))
    desk.take(.job(Self.id, .line(.ended(0, .exited(0), .milliseconds(80)))))
    // A worker that is ended on the way down, before its connection is.
    desk.take(.job(Self.id, .line(.interrupted(hasRebooted: false))))
    desk.take(.job(Self.id, .lost(reason: "the connection broke")))
    desk.take(.link(Self.staging, .backingOff(until: desk.now, attempt: 1, reason: "it closed the connection")))
    #expect(desk.model.condition(of: Self.staging).short == "rebooting")
    #expect(desk.text.contains("rebooting; it is asked for when the host is back"))
    let lost = desk.model.incidents.incidents.first { $0.key.kind == .hostLost }
    #expect(lost?.severity == .warning && lost?.text == "staging is lost: this console has told it to reboot")
    #expect(desk.model.condition(of: HostName("web-1")).short == "live")

    desk.take(.link(Self.staging, .live))
    desk.report(["staging"], times: 1)
    desk.take(.job(Self.id, .line(.interrupted(hasRebooted: true))))
    desk.take(.job(Self.id, .line(.after("boot=1b ready=4/4 waiting=", isAsWanted: true))))
    desk.take(.job(Self.id, .line(.end(.interrupted))))
    #expect(desk.text.contains("Reboot staging: done in"))
    #expect(desk.model.condition(of: Self.staging).isLive)
  }

  @Test func `a host whose containers do not come back has failed, with what is missing`() {
    var (desk, _) = told()
    desk.take(.job(Self.id, .line(.interrupted(hasRebooted: true))))
    desk.take(.job(Self.id, .line(.after("boot=1b ready=3/4 waiting=essai-probe-1", isAsWanted: false))))
    desk.take(.job(Self.id, .line(.end(.interrupted))))
    #expect(desk.text.contains("waiting=essai-probe-1"))
    #expect(desk.model.operations[1]?.isDone == false)
  }

  @Test func `a host on which something of ours runs waits`() {
    var desk = desk()
    desk.press("2", "s", "Tab", "Enter", "1")
    #expect(desk.model.unavailability(of: .hostReboot)?.contains("still runs on staging: wait for its end") == true)
  }

  @Test func `sudo that asks for a password is said so`() {
    var (desk, _) = told()
    desk.take(.job(Self.id, .line(.begin(0))))
    desk.take(.job(Self.id, .line(.output(0, "sudo: a password is required"))))
    desk.take(.job(Self.id, .line(.ended(0, .exited(1), .milliseconds(80)))))
    desk.take(.job(Self.id, .line(.end(.failed))))
    #expect(desk.text.contains("sudo asks for a password on staging, so"))
  }

  @Test func `it is in the host's menu, and not in a container's`() {
    var desk = desk()
    #expect(desk.model.actionMenu.entries.contains { $0.choice == .command(.hostReboot) })
    desk.press("2")
    #expect(!desk.model.actionMenu.entries.contains { $0.choice == .command(.hostReboot) })
  }
}

import Fleet
import Operations
import Telemetry
import Testing

/// Booting a host again: when it can be done, what goes down with it, and how it is known to be back.
struct MachineTests {
  private static let settings = ActionSettings()
  private static let boot = "0f6a3c21-4cf0-4b6f-9d2a-1f5fbb1c0a7e"

  private func facts(
    _ name: String, project: String? = "essai", policy: String = "unless-stopped",
    state: ContainerFacts.State = .running
  ) -> ContainerFacts {
    // Identifiers are hexadecimal, and of each name its own.
    let id = name.utf8.map { String($0, radix: 16) }.joined().padded(to: 64)
    var facts = ContainerFacts(id: id, name: name, image: "x:1", state: state)
    (facts.project, facts.service, facts.restartPolicy) = (project, project == nil ? nil : name, policy)
    return facts
  }

  private func machine(
    _ containers: [ContainerFacts], environment: Environment = .dev, connection: Connection = .ssh(destination: "s"),
    user: Int? = 1000, capabilities: [Capability] = [Capability(name: .docker, isAvailable: true)]
  ) -> Machine {
    let host = Host(name: HostName("staging"), connection: connection, environment: environment)
    var telemetry = HostTelemetry(host: host.name, capacity: 10)
    let start = Moment(milliseconds: 1_795_449_817_000)
    telemetry.apply(
      .hello(
        Hello(
          version: 1, hostname: "staging", bootID: Self.boot, kernel: "6.1", processID: 7, cgroupVersion: 2,
          interval: .seconds(2), userID: user)), at: start)
    for capability in capabilities { telemetry.apply(.capability(capability), at: start) }
    for facts in containers { telemetry.apply(.container(facts), at: start) }
    return Machine(host, telemetry)
  }

  @Test(arguments: [(1000, "sudo -n systemctl reboot"), (0, "systemctl reboot"), (nil, "sudo -n systemctl reboot")])
  func `it is told as the user may, alone on its host, and the host decides when it is back`(
    user: Int?, line: String
  ) throws {
    let plan = try Plan.reboot(machine([facts("php"), facts("redis")], user: user), settings: Self.settings)
    let job = plan.jobs[0]
    #expect(plan.jobs.count == 1 && job.steps.map(\.line) == [line])
    #expect(job.lock == "@host" && job.isReboot && job.project == nil)
    // The boot must be another: right after it was told, all still runs.
    #expect(job.look?.wanted == "boot=!(0f6a3c21) ready=2/2*")
    #expect(job.look?.words == "back, with its 2 containers running and healthy")
  }

  @Test(arguments: Environment.allCases) func `the host's name is asked for everywhere`(environment: Environment) throws
  {
    let plan = try Plan.reboot(machine([facts("php")], environment: environment), settings: Self.settings)
    #expect(plan.danger == .severe && plan.answer == "staging")
  }

  @Test func `what goes down is named by project, and what Docker does not start again`() throws {
    let plan = try Plan.reboot(
      machine([
        facts("php"), facts("web"), facts("db", project: "shop", policy: "always"),
        facts("cron", policy: "on-failure"), facts("lonely", project: nil, policy: ""),
        facts("old", state: .exited),
      ]), settings: Self.settings)
    #expect(
      plan.warnings == [
        "Down with it: essai (cron, php, web); shop (db); outside of projects lonely.",
        "Not started again by Docker: cron (restart: on-failure), lonely (restart: no).",
      ])
    #expect(plan.jobs[0].look?.wanted?.hasSuffix(" ready=3/3*") == true)
  }

  @Test func `a host without Docker is back when it is back, and that is said`() throws {
    let plan = try Plan.reboot(
      machine([], capabilities: [Capability(name: .docker, isAvailable: false, reason: "none")]),
      settings: Self.settings)
    #expect(plan.warnings == ["Docker does not answer: which containers go down is not known."])
    #expect(plan.jobs[0].look?.wanted == "boot=!(0f6a3c21) ready=0/0*")
    #expect(plan.jobs[0].look?.line.contains("docker") == false)
  }

  @Test func `it is refused where sudo asks, and on the console's own machine`() {
    let asks = Capability(name: .sudo, isAvailable: false, reason: "sudo asks for a password; allow it without one")
    #expect(machine([], capabilities: [asks]).obstacle == "staging: sudo asks for a password; allow it without one")
    #expect(machine([], user: 0, capabilities: [asks]).obstacle == nil)
    #expect(
      machine([], connection: .local).obstacle == "staging is the machine that vigie runs on: reboot it by hand")
  }
}

extension String {
  fileprivate func padded(to length: Int) -> String {
    String((self + String(repeating: "0", count: length)).prefix(length))
  }
}

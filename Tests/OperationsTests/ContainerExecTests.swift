import Fleet
import Operations
import Telemetry
import Testing

/// What is run inside containers: the exact words, and when there is nothing to run it in.
struct ContainerExecTests {
  private static let settings = ActionSettings()

  private func target(
    _ environment: Environment = .dev, sudo: Bool = false, _ change: (inout ContainerFacts) -> Void = { _ in }
  ) -> Target {
    var facts = ContainerFacts(
      id: "0cab65117bf739666634e63dfaa04584", name: "essai-php-1", image: "php:8.2-fpm", state: .running)
    (facts.project, facts.service) = ("essai", "php")
    change(&facts)
    return Target(
      host: Host(name: HostName("staging"), connection: .local, environment: environment), facts: facts,
      needsSudo: sudo)
  }

  @Test(arguments: [(false, ""), (true, "sudo -n ")])
  func `a shell is the container's own, by its identifier, and has the terminal`(sudo: Bool, prefix: String) throws {
    let plan = try Plan.shell(in: [target(sudo: sudo)], mark: "7", settings: Self.settings)
    #expect(
      plan.jobs.flatMap(\.steps).map(\.line).first == prefix
        + "docker exec -it --env VIGIE_SHELL=7 0cab65117bf7 sh -c 'command -v bash >/dev/null && exec bash || exec sh'")
    #expect(plan.title == "Shell in essai-php-1 on staging")
    #expect(plan.jobs[0].takesTerminal && plan.jobs[0].look == nil && plan.jobs[0].lock == nil)
    #expect(plan.danger == .interrupting)
  }

  @Test func `what is left of a shell is hung up on where the shell was, and only then`() throws {
    let job = try Plan.shell(in: [target()], mark: "7", settings: Self.settings).jobs[0]
    #expect(job.steps.count == 2 && job.steps[1].line.hasPrefix("docker exec 0cab65117bf7 sh -c 'for p in "))
    let line = job.terminalLine
    #expect(line.hasPrefix("sh -c 'hup=; trap hup=1 HUP; docker exec -it --env VIGIE_SHELL=7 "))
    #expect(line.contains(#"; s=$?; [ "$hup" ] && { docker exec 0cab65117bf7 sh -c "#))
    var alone = job
    alone.steps = [Step(["docker", "exec", "-it", "0cab", "sh"])]
    #expect(alone.terminalLine == "docker exec -it 0cab sh")
  }

  @Test func `in production the project's name is asked for`() throws {
    let plan = try Plan.shell(in: [target(.prod)], mark: "7", settings: Self.settings)
    #expect(plan.danger == .severe && plan.answer == "essai")
    #expect(try Plan.command("id", in: [target(.prod)], settings: Self.settings).danger == .severe)
  }

  @Test(arguments: [
    ("ls -l", "'ls -l'"), ("echo $HOME; reboot", "'echo $HOME; reboot'"), ("printf 'a b'", "'printf '\\''a b'\\'''"),
    ("id", "id"),
  ])
  func `a command line is one word, whatever it holds, and runs as a job`(line: String, word: String) throws {
    let plan = try Plan.command(line, in: [target()], settings: Self.settings)
    #expect(plan.jobs.flatMap(\.steps).map(\.line) == ["docker exec 0cab65117bf7 sh -c \(word)"])
    #expect(plan.jobs.map(\.lock) == ["essai"] && !plan.jobs[0].takesTerminal)
  }

  @Test func `a command line runs in several, a shell in one alone`() throws {
    let both = [target(), target { ($0.name, $0.id) = ("essai-php-2", "1cab65117bf739666634e63dfaa04584") }]
    #expect(try Plan.command("id", in: both, settings: Self.settings).jobs.count == 2)
    #expect(throws: Unavailable(reason: "a shell is in one container: take the marks away first")) {
      try Plan.shell(in: both, mark: "7", settings: Self.settings)
    }
  }

  @Test(
    arguments: [
      (.exited, "essai-php-1 does not run: start it first"), (.paused, "essai-php-1 is paused: resume it first"),
      (.restarting, "essai-php-1 is restarting: wait until it runs"),
    ] as [(ContainerFacts.State, String)])
  func `a container that does not run is refused with the reason`(state: ContainerFacts.State, reason: String) {
    let stopped = target { $0.state = state }
    #expect(ContainerExec.obstacle(stopped) == reason)
    #expect(throws: Unavailable(reason: reason)) { try Plan.shell(in: [stopped], mark: "7", settings: Self.settings) }
    #expect(throws: Unavailable(reason: reason)) { try Plan.command("id", in: [stopped], settings: Self.settings) }
  }

  @Test(arguments: ["", "  "]) func `nothing typed is nothing to run`(line: String) {
    #expect(throws: Unavailable.self) { try Plan.command(line, in: [target()], settings: Self.settings) }
  }

  @Test(arguments: [
    (3, "var", "failed with exit status 3"), (1, "no such row", "failed with exit status 1"),
    (127, "sh: 1: nosuch: not found", "failed with exit status 127: sh: 1: nosuch: not found"),
  ]) func `what a typed command printed last is no reason, but docker's and the shell's own word is`(
    status: Int, line: String, problem: String
  ) throws {
    let start = Moment(milliseconds: 1_795_449_817_000)
    var operation = Operation(try Plan.command("ls; exit 3", in: [target()], settings: Self.settings), at: start)
    #expect(operation.begin(at: start) == [0])
    for news in [JobLine.begin(0), .output(0, line), .ended(0, .exited(status), .zero), .end(.failed)] {
      operation.take(.line(news), of: 0, at: start)
    }
    #expect(operation.jobs[0].problem == problem)
    #expect(operation.jobs[0].output.map(\.text) == [line])
  }
}

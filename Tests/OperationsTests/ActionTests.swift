import Fleet
import Operations
import Telemetry
import Testing

struct ActionTests {
  private static let host = Host(name: HostName("web-1"), connection: .local, environment: .prod)
  private static let settings = ActionSettings()

  private static var facts: ContainerFacts {
    var facts = ContainerFacts(
      id: "0cab65117bf739666634e63dfaa04584", name: "boutique-redis-1", image: "redis:7.0", state: .running)
    (facts.project, facts.service) = ("boutique", "redis")
    facts.composeDirectory = "/srv/boutique"
    facts.composeFiles = "/srv/boutique/compose.yaml,/srv/boutique/compose.override.yaml"
    return facts
  }

  private func target(sudo: Bool = false, _ change: (inout ContainerFacts) -> Void = { _ in }) -> Target {
    var facts = Self.facts
    change(&facts)
    return Target(host: Self.host, facts: facts, needsSudo: sudo)
  }

  private func lines(_ plan: Plan) -> [String] { plan.jobs.flatMap(\.steps).map(\.line) }

  @Test(
    arguments: zip(
      ContainerAction.allCases,
      ["start", "stop", "restart", "pause", "unpause", "kill", "rm --force"]))
  func `a container is acted on by its identifier, so that what replaced it is left alone`(
    action: ContainerAction, words: String
  ) throws {
    let target = target {
      $0.state = action == .start ? .exited : action == .unpause ? .paused : .running
    }
    let plan = try Plan.make(action, on: [target], settings: Self.settings)
    #expect(lines(plan) == ["docker \(words) 0cab65117bf7"])
    #expect(plan.title == "\(action.verb) boutique-redis-1 on web-1")
    #expect(plan.jobs.map(\.lock) == ["boutique"])
    #expect(plan.jobs[0].look?.wanted != nil)
  }

  @Test func `production raises the danger by a class, and the settings change it`() throws {
    var dev = Self.host
    dev.environment = .dev
    let there = Target(host: dev, facts: Self.facts, needsSudo: false)
    #expect(try Plan.make(ContainerAction.restart, on: [there], settings: Self.settings).danger == .interrupting)
    #expect(try Plan.make(ContainerAction.restart, on: [target()], settings: Self.settings).danger == .severe)
    #expect(try Plan.make(ContainerAction.restart, on: [there, target()], settings: Self.settings).danger == .severe)
    var loose = Self.settings
    loose.raisesInProduction = false
    #expect(try Plan.make(ContainerAction.restart, on: [target()], settings: loose).danger == .interrupting)
    loose.dangers[.containerRestart] = .harmless
    #expect(try Plan.make(ContainerAction.restart, on: [target()], settings: loose).danger == .harmless)
    #expect(try Plan.make(ContainerAction.remove, on: [target()], settings: loose).danger == .severe)
  }

  @Test(
    arguments: zip(
      ServiceAction.allCases, ["restart", "up --detach --no-deps", "up --detach --no-deps --force-recreate"]))
  func `a service is acted on where its files lie, with all of them`(action: ServiceAction, words: String) throws {
    let plan = try Plan.make(action, on: [target(sudo: true)], settings: Self.settings)
    #expect(
      lines(plan) == [
        "sh -c '[ -e /srv/boutique/compose.override.yaml ] && set -- --file /srv/boutique/compose.override.yaml; "
          + "[ -e /srv/boutique/compose.vigie.yaml ] && set -- \"$@\" --file /srv/boutique/compose.vigie.yaml; "
          + "exec sudo -n docker compose --project-name boutique --project-directory /srv/boutique"
          + " --file /srv/boutique/compose.yaml \"$@\" \(words) redis'"
      ])
  }

  @Test func `an override that it was not made with counts only where vigie wrote it`() throws {
    let plan = try Plan.make(
      ServiceAction.up, on: [target { $0.composeFiles = "/srv/boutique/docker-compose.yml" }], settings: Self.settings)
    let override = "/srv/boutique/docker-compose.override.yml"
    #expect(
      lines(plan)[0].hasPrefix(
        "sh -c 'grep -qs '\\''^# Limits set with vigie'\\'' \(override) && set -- --file \(override); [ -e "))
  }

  @Test func `files keep their order, because the last has the last word`() throws {
    let plan = try Plan.make(
      ServiceAction.up,
      on: [target { $0.composeFiles = "compose.yaml,compose.override.yaml,compose.prod.yaml,compose.vigie.yaml" }],
      settings: Self.settings)
    #expect(
      lines(plan)[0].contains(
        " --file /srv/boutique/compose.yaml --file /srv/boutique/compose.override.yaml"
          + " --file /srv/boutique/compose.prod.yaml \"$@\" up "))
    #expect(lines(plan)[0].hasPrefix("sh -c '[ -e /srv/boutique/compose.vigie.yaml ] && set -- "))
  }

  @Test func `two containers of one service are one job`() throws {
    let plan = try Plan.make(
      ServiceAction.restart, on: [target(), target { $0.name = "boutique-redis-2" }], settings: Self.settings)
    #expect(plan.jobs.count == 1)
    #expect(plan.nameToType == "boutique")
  }

  @Test func `hostile paths are one word each`() throws {
    let plan = try Plan.make(
      ServiceAction.restart,
      on: [
        target {
          $0.composeDirectory = "/srv/a b; reboot"
          $0.composeFiles = "/srv/$(reboot)/'x'.yaml"
        }
      ], settings: Self.settings)
    let words = ShellWord.line([
      "docker", "compose", "--project-name", "boutique", "--project-directory", "/srv/a b; reboot", "--file",
      "/srv/$(reboot)/'x'.yaml",
    ])
    // The line of a shell within one word of another.
    #expect(plan.jobs[0].steps[0].command.prefix(2) == ["sh", "-c"])
    #expect(plan.jobs[0].steps[0].command.last?.hasSuffix("; exec \(words) \"$@\" restart redis") == true)
    #expect(lines(plan) == [ShellWord.line(plan.jobs[0].steps[0].command)])
  }

  @Test(arguments: ["-v", "", "a b", "$(reboot)", "x\ny", "..", "é"])
  func `a service whose name could be taken for something else is refused`(_ name: String) {
    #expect(throws: Unavailable.self) {
      try Plan.make(ServiceAction.up, on: [target { $0.service = name }], settings: Self.settings)
    }
  }

  @Test func `labels that are not here as the host has them are no part of a command`() {
    let target = target { $0.hasExactLabels = false }
    let refusal = #expect(throws: Unavailable.self) {
      try Plan.make(ServiceAction.up, on: [target], settings: Self.settings)
    }
    #expect(refusal?.reason.contains("Compose labels hold line breaks") == true)
    #expect(throws: Never.self) { try Plan.make(ContainerAction.restart, on: [target], settings: Self.settings) }
  }

  @Test func `no Compose file is left out: relative ones are found, standard input is refused`() throws {
    let relative = target { $0.composeFiles = "compose.yaml,/etc/extra.yaml" }
    #expect(try relative.composeFiles() == ["/srv/boutique/compose.yaml", "/etc/extra.yaml"])
    #expect(throws: Unavailable.self) { try target { $0.composeFiles = "-" }.compose() }
  }

  @Test(arguments: ["", "--all", "$(reboot)", "XYZ"])
  func `an identifier that is none is refused`(id: String) {
    #expect(throws: Unavailable.self) {
      try Plan.make(ContainerAction.restart, on: [target { $0.id = id }], settings: Self.settings)
    }
  }

  @Test func `what makes no sense in a state is refused with the reason`() {
    let stopped = target { $0.state = .exited }
    #expect(ContainerAction.stop.obstacle(stopped) == "boutique-redis-1 does not run")
    #expect(ContainerAction.start.obstacle(target()) == "boutique-redis-1 runs already")
    #expect(ContainerAction.unpause.obstacle(target()) == "boutique-redis-1 is not paused")
    #expect(ContainerAction.restart.obstacle(stopped) == nil)
  }

  @Test func `a restart of what does not run is told as the start that it is`() throws {
    let stopped = target { $0.state = .exited }
    func effect(_ targets: [Target]) throws -> String {
      try Plan.make(ContainerAction.restart, on: targets, settings: Self.settings).effect
    }
    #expect(try effect([stopped]) == ContainerAction.start.effect)
    #expect(try effect([target(), stopped]).hasSuffix("Of these, 1 does not run, and will."))
    #expect(try effect([target()]) == ContainerAction.restart.effect)
  }

  @Test func `what Compose did not start has no service`() {
    #expect(throws: Unavailable(reason: "boutique-redis-1 was not started by Compose: act on the container instead")) {
      try Plan.make(ServiceAction.restart, on: [target { $0.project = nil }], settings: Self.settings)
    }
  }
}

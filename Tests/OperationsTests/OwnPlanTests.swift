import Fleet
import Operations
import Telemetry
import Testing

/// The operator's own commands as plans.
struct OwnPlanTests {
  private static let names = OwnCommand.Scope.container.placeholders + ["url"]

  private func command(
    _ text: String, scope: OwnCommand.Scope = .container, _ change: (inout OwnCommand) -> Void = { _ in }
  ) throws -> OwnCommand {
    var command = OwnCommand(
      name: "flush", help: "Flush it.", scope: scope, template: try CommandTemplate(text, names: Self.names))
    command.questions = [.init(name: "url", ask: "Which URL?")]
    change(&command)
    return command
  }

  private func host(_ name: String = "web-1", _ environment: Environment = .dev) -> Host {
    Host(name: HostName(name), connection: .local, environment: environment)
  }

  private func container(
    _ host: Host, sudo: Bool = false, _ change: (inout ContainerFacts) -> Void = { _ in }
  ) -> OwnSubject {
    var facts = ContainerFacts(id: "0cab65117bf7aaaa", name: "shop-php-1", image: "php:8.2", state: .running)
    (facts.project, facts.service, facts.composeDirectory) = ("shop", "php", "/srv/shop")
    change(&facts)
    return OwnSubject(Target(host: host, facts: facts, needsSudo: sudo))
  }

  private func plan(
    _ command: OwnCommand, _ subjects: [OwnSubject], url: String = "x", _ settings: ActionSettings = ActionSettings()
  ) throws -> Plan {
    try Plan.make(command, on: subjects, answers: ["url": url, "other": "y"], settings: settings)
  }

  @Test func `a container's command is its line, with its lock, its look and a limit`() throws {
    let command = try command("docker exec {container} wp {service} {project} {directory} {host} --url={url}") {
      $0.limit = .seconds(5)
    }
    let plan = try plan(command, [container(host(), sudo: true)], url: "it's $(reboot)")
    let job = try #require(plan.jobs.first)
    #expect(
      job.steps.map(\.line) == [#"docker exec shop-php-1 wp php shop /srv/shop web-1 --url='it'\''s $(reboot)'"#])
    #expect(job.steps.first?.limit == .seconds(5))
    #expect(job.lock == "shop" && job.project == "shop" && job.subject == "shop-php-1" && job.place == .host)
    #expect(job.title == "Run flush for shop-php-1 on web-1" && plan.title == job.title)
    #expect(job.look?.line.hasPrefix("sudo -n docker inspect ") == true && job.look?.wanted == nil)
    #expect(plan.danger == .interrupting && plan.environment == .dev && plan.warnings.isEmpty)
    #expect(plan.effect.hasPrefix("Flush it. "))
  }

  @Test func `production and the settings have their say`() throws {
    let command = try command("true") { $0.danger = .harmless }
    #expect(try plan(command, [container(host())]).danger == .harmless)
    #expect(try plan(command, [container(host("web-1", .prod))]).danger == .interrupting)
    var settings = ActionSettings()
    settings.raisesInProduction = false
    (settings.batch, settings.pause) = (3, .seconds(10))
    let plan = try plan(command, [container(host("web-1", .prod)), container(host("web-2"))], settings)
    #expect(plan.danger == .harmless && plan.environment == .prod)
    #expect(plan.pacing == Pacing(batch: 3, pause: .seconds(10)))
    #expect(plan.title == "Run flush for 2 containers" && plan.jobs.count == 2)
  }

  @Test func `a host's command locks the host, a project's its project on each host`() throws {
    let hosts = [OwnSubject(host: host())]
    let uptime = try plan(try command("uptime", scope: .host), hosts)
    #expect(uptime.jobs.map(\.lock) == ["@host"] && uptime.jobs[0].look == nil)
    #expect(uptime.title == "Run flush on web-1" && uptime.jobs[0].subject == "web-1")

    let subjects = ["web-1", "web-2"].map {
      OwnSubject(host: host($0), project: "shop", directory: "/srv/it's", needsSudo: false)
    }
    let deploy = try plan(try command("cd {directory} && ./deploy {project}", scope: .project), subjects)
    #expect(deploy.jobs.map(\.lock) == ["shop", "shop"])
    #expect(deploy.jobs[0].steps[0].line == #"cd '/srv/it'\''s' && ./deploy shop"#)
    #expect(deploy.title == "Run flush for shop on 2 hosts" && deploy.jobs[1].title == "Run flush for shop on web-2")
    #expect(deploy.jobs[0].look?.line.contains("com.docker.compose.project=shop") == true)
  }

  @Test func `a command run here says so, locks here, looks at nothing, and runs once for what is the same`() throws {
    let subjects = ["web-1", "web-2"].map { OwnSubject(host: host($0), project: "shop", directory: "/srv/shop") }
    let once = try plan(try command("./publish {project}", scope: .project) { $0.place = .here }, subjects)
    #expect(once.jobs.count == 1 && once.jobs[0].place == .here && once.jobs[0].look == nil)
    #expect(once.jobs[0].lock == "web-1:shop" && once.jobs[0].host == HostName("web-1"))
    #expect(once.title == "Run flush here for shop on web-1")
    #expect(once.warnings == ["It runs on this machine, not on the host."])
    let each = try plan(try command("ping {host}", scope: .host) { $0.place = .here }, subjects)
    #expect(each.jobs.map { $0.steps[0].line } == ["ping web-1", "ping web-2"])
    #expect(each.jobs[0].title == "Run flush here for web-1")
    #expect(
      AuditRecord(time: Moment(milliseconds: 1), id: "7", user: "a", job: each.jobs[0], environment: .dev).place
        == .here)
  }

  @Test func `what is not known is said, and names that Docker would not take are refused`() throws {
    let loose = container(host()) { ($0.project, $0.service, $0.composeDirectory) = (nil, nil, nil) }
    #expect(try plan(try command("docker exec {container} x"), [loose]).jobs[0].lock == "container:shop-php-1")
    for (name, reason) in [
      ("project", "shop-php-1 was not started by Compose: it has no project"),
      ("service", "shop-php-1 was not started by Compose: it has no service"),
      ("directory", "shop-php-1 does not say in which directory its project lies"),
    ] {
      #expect(throws: Unavailable(reason: reason)) { try plan(try command("echo {\(name)}"), [loose]) }
    }
    for name in ["-rf", "a b", "$(reboot)", "a\nb", ""] {
      let hostile = container(host()) { $0.service = name }
      #expect(throws: Unavailable.self) { try plan(try command("echo {service}"), [hostile]) }
    }
    let relative = container(host()) { $0.composeDirectory = "-x" }
    #expect(throws: Unavailable(reason: "shop-php-1 has no directory but -x")) {
      try plan(try command("echo {directory}"), [relative])
    }
    #expect(throws: Unavailable(reason: "the answer to url holds a control character")) {
      try plan(try command("echo {url}"), [container(host())], url: "a\nb")
    }
    #expect(throws: Unavailable(reason: "choose a container first")) { try plan(try command("true"), []) }
  }
}

package import Fleet
package import Telemetry

/// What one of the operator's own commands is about, once: a container, a host, or a project on one host.
package struct OwnSubject: Hashable, Sendable {
  package var host: Host
  package var project: String?
  package var container: ContainerFacts?
  /// The project's directory on the host.
  package var directory: String?
  /// Whether this user needs `sudo` for Docker there.
  package var needsSudo: Bool

  package init(
    host: Host, project: String? = nil, container: ContainerFacts? = nil, directory: String? = nil,
    needsSudo: Bool = false
  ) {
    self.host = host
    self.project = project
    self.container = container
    self.directory = directory
    self.needsSudo = needsSudo
  }

  package init(_ target: Target) {
    self.init(
      host: target.host, project: target.facts.project, container: target.facts,
      directory: target.facts.composeDirectory, needsSudo: target.needsSudo)
  }

  /// The container's, project's or host's name.
  var name: String { container?.name ?? project ?? host.name.text }

  /// The value of a placeholder. Names come from hosts: none is taken that Docker would not take.
  func value(of placeholder: String) throws(Unavailable) -> String {
    let value: String?
    switch placeholder {
    case "host": return host.name.text
    case "container": value = container?.name
    case _ where container?.labelFault != nil: throw Unavailable(reason: container?.labelFault ?? "")
    case "project": value = project
    case "service": value = container?.service
    default:
      guard let directory else { throw Unavailable(reason: "\(name) does not say in which directory its project lies") }
      if FleetText.directoryFault(directory) == nil { return directory }
      throw Unavailable(reason: "\(name) has no directory but \(ShellWord.quoted(directory))")
    }
    guard let value else { throw Unavailable(reason: "\(name) was not started by Compose: it has no \(placeholder)") }
    guard Target.isName(value) else {
      throw Unavailable(reason: "Docker would not take \(ShellWord.quoted(value)) for a name")
    }
    return value
  }

  /// What nobody else may act on meanwhile.
  var lock: String {
    project ?? container.map { "container:\($0.name)" } ?? "@host"
  }
}

extension Plan {
  /// One of the operator's own commands, on one thing or on several.
  /// - Parameter answers: to its questions, by their names.
  package static func make(
    _ command: OwnCommand, on subjects: [OwnSubject], answers: [String: String], settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    var jobs: [Job] = []
    for subject in subjects {
      let job = try job(of: command, on: subject, answers)
      // Run here, a command that names no host is the same for all hosts of a project.
      if command.place == .here, jobs.contains(where: { $0.steps == job.steps }) { continue }
      jobs.append(job)
    }
    guard let first = jobs.first else { throw Unavailable(reason: "choose a \(command.scope.rawValue) first") }
    let environment: Environment = subjects.contains { $0.host.environment == .prod } ? .prod : .dev
    var plan = Plan(
      title: jobs.count == 1 ? first.title : title(of: command, for: jobs),
      effect: "\(command.help) It is a command of your own: what it changes, vigie can't know.",
      wayBack: "not known to vigie.", danger: settings.danger(command.danger, in: environment),
      environment: environment, jobs: jobs, pacing: Pacing(batch: settings.batch, pause: settings.pause))
    if command.place == .here { plan.warnings = ["It runs on this machine, not on the host."] }
    return plan
  }

  private static func title(of command: OwnCommand, for jobs: [Job]) -> String {
    switch command.scope {
    case .container: "Run \(command.name) for \(jobs.count) containers"
    case .host: "Run \(command.name) on \(jobs.count) hosts"
    case .project: "Run \(command.name) for \(jobs[0].subject) on \(jobs.count) hosts"
    }
  }

  private static func job(
    of command: OwnCommand, on subject: OwnSubject, _ answers: [String: String]
  ) throws(Unavailable) -> Job {
    var values = answers.filter { answer in command.questions.contains { $0.name == answer.key } }
    for (name, value) in values
    where value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw Unavailable(reason: "the answer to \(name) holds a control character")
    }
    for name in command.template.names where values[name] == nil {
      if command.scope.placeholders.contains(name) { values[name] = try subject.value(of: name) }
    }
    let host = subject.host.name
    let isAboutHost = command.scope == .host
    let here = command.place == .here ? " here" : ""
    let title =
      isAboutHost
      ? "Run \(command.name)\(here.isEmpty ? " on" : " here for") \(host)"
      : "Run \(command.name)\(here) for \(subject.name) on \(host)"
    var job = Job(
      host: host, title: title, lock: here.isEmpty ? subject.lock : "\(host):\(subject.lock)",
      project: subject.project, subject: subject.name,
      steps: [Step(line: command.template.line(values), limit: command.limit)])
    job.place = command.place
    if command.place == .host { job.look = try look(at: subject) }
    return job
  }

  /// How a container, or all of a project's, are before and after: nothing is wanted of them.
  private static func look(at subject: OwnSubject) throws(Unavailable) -> Look? {
    if let facts = subject.container {
      let target = Target(host: subject.host, facts: facts, needsSudo: subject.needsSudo)
      return .container(target, try target.identifier())
    }
    guard let project = subject.project else { return nil }
    let docker = (subject.needsSudo ? ["sudo", "-n"] : []) + ["docker"]
    let list =
      docker + [
        "ps", "--all", "--filter", "label=com.docker.compose.project=\(project)", "--format",
        "{{.State}} {{.Names}} ({{.Status}})",
      ]
    return Look(["sh", "-c", "\(ShellWord.line(list)) | LC_ALL=C sort | paste -sd ';'"])
  }
}

package import Fleet
package import Telemetry

/// A part with what the rules found at it.
struct JudgedPart: Sendable {
  var part: StackPart
  var findings: [Finding]

  /// Makes it as busy as the worst that was found at it and has lasted.
  mutating func weigh(at now: Moment) {
    guard part.state != .stopped, let worst = findings.filter({ $0.counts(at: now) }).map(\.severity).max() else {
      return
    }
    part.state = .busy(worst)
  }
}

/// What one host has of each project, judged; made anew whenever the host told something.
struct HostStack: Sendable {
  private(set) var parts: [ProjectID: [JudgedPart]] = [:]
  /// Of the host itself: they concern each project on it.
  private(set) var findings: [Finding] = []
  private(set) var disk: DiskUse?
  private var memory = StackMemory()
  /// Recognising reads several texts, so it is done once for the same facts.
  private var places: [String: Place] = [:]

  /// What a container is to which project.
  private struct Place {
    var facts: ContainerFacts
    var role: PartRole?
    var project: ProjectID?
    var isAsked: Bool
  }

  /// - Parameter problem: why what is known of the host is not how it is now; `nil` where it is.
  mutating func judge(_ host: HostTelemetry, in fleet: FleetDefinition, problem: String?, at now: Moment) {
    parts = [:]
    findings = problem == nil ? Self.findings(of: host, fleet) : []
    disk = problem != nil ? nil : Self.disk(of: host, fleet.thresholds(for: host.host).disk)
    recognise(host, in: fleet)
    for (id, place) in places {
      guard let role = place.role, let project = place.project, let sources = PartSources(id, as: role, in: host) else {
        continue
      }
      let scene = PartScene(
        role: role, id: ContainerID(host: host.host, id: id), sources: sources,
        levels: fleet.thresholds(forProject: place.facts.project, on: host.host))
      parts[project, default: []].append(Self.judge(scene, isAsked: place.isAsked, problem: problem))
    }
    remember(at: now)
  }

  private static let unanswered = "it has not answered yet; the first answer takes some seconds"
  private static let uncounted =
    "who is busy is not known, because its status page is off; write pm.status_path = /fpm-status into the pool's file "
    + "and reload PHP-FPM"

  private static func unasked(_ image: String) -> String {
    "vigie does not know how to ask \(image); if it is something else, name its role in the fleet file (parts) or by "
      + "the container's label vigie.role"
  }

  private static func judge(_ scene: PartScene, isAsked: Bool, problem: String?) -> JudgedPart {
    let face = PartFace(scene.role, scene.sources)
    let findings = problem == nil ? scene.findings() : []
    let facts = scene.facts
    let state: StackPart.State =
      if let problem {
        .unknown(problem)
      } else if facts.state != .running {
        .stopped
      } else if let why = scene.sources.problem {
        .unknown(why)
      } else if scene.sources.php?.isFromProcesses == true {
        .unknown(uncounted)
      } else if face.short == "?", face.text.isEmpty {
        .unknown(isAsked ? unanswered : unasked(facts.image))
      } else {
        .fine
      }
    let part = StackPart(
      role: scene.role, container: scene.id, name: facts.service ?? facts.name, state: state, load: face.load,
      text: face.text)
    var judged = JudgedPart(part: part, findings: findings)
    judged.part.short = face.short
    return judged
  }

  private mutating func recognise(_ host: HostTelemetry, in fleet: FleetDefinition) {
    for (id, container) in host.containers where places[id]?.facts != container.facts {
      let facts = container.facts
      places[id] = Place(
        facts: facts, role: fleet.role(of: facts, on: host.host), project: fleet.projectID(of: facts, on: host.host),
        isAsked: !fleet.questions(of: facts, on: host.host).isEmpty)
    }
    if places.count > host.containers.count {
      places = places.filter { host.containers[$0.key] != nil }
    }
  }

  private mutating func remember(at now: Moment) {
    var all = findings
    for judged in parts.values { for part in judged { all += part.findings } }
    memory.remember(&all, at: now)
    var rest = all[...]
    findings = Array(rest.prefix(findings.count))
    rest = rest.dropFirst(findings.count)
    // The same order as above: nothing changed the dictionary in between.
    for index in parts.values.indices {
      for place in parts.values[index].indices {
        let count = parts.values[index][place].findings.count
        parts.values[index][place].findings = Array(rest.prefix(count))
        parts.values[index][place].weigh(at: now)
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func findings(of host: HostTelemetry, _ fleet: FleetDefinition) -> [Finding] {
    let levels = fleet.thresholds(for: host.host)
    let figures = host.figures
    func found(_ rule: Bottleneck, _ severity: Severity, _ excess: Double, _ text: String) -> Finding {
      Finding(
        rule: rule, severity: severity, excess: excess, object: host.host.text, subject: "host \(host.host)",
        text: ": \(text)")
    }
    var all: [Finding] = []
    if let cpu = figures.cpu, let severity = levels.cpu.severity(cpu.value) {
      all.append(found(.hostCPU, severity, cpu.value / levels.cpu.warning, "CPU \(cpu.percent) busy"))
    }
    if let steal = figures.steal, let severity = levels.steal.severity(steal.value) {
      all.append(
        found(
          .hostSteal, severity, steal.value / levels.steal.warning, "\(steal.percent) of its CPU time is stolen"))
    }
    if let disk = disk(of: host, levels.disk), let severity = disk.severity {
      let state = disk.used.value >= 0.995 ? "full" : "\(disk.used.percent) full"
      all.append(
        found(
          .disk, severity, disk.used.value / levels.disk.warning,
          "\(disk.mount) is \(state), \(disk.available.bytes == 0 ? "nothing" : disk.available.short) left"))
    }
    return all
  }

  private static func disk(of host: HostTelemetry, _ levels: Threshold) -> DiskUse? {
    guard let fullest = host.figures.fullest, let used = fullest.usedRatio else { return nil }
    return DiskUse(
      host: host.host, mount: fullest.mount, used: used, available: fullest.available,
      severity: levels.severity(used.value))
  }
}

extension FleetDefinition {
  /// The project that a container is of: the one that the fleet file declares for its host, else Compose's own.
  package func projectID(of facts: ContainerFacts, on host: HostName) -> ProjectID? {
    guard let name = facts.project, let environment = self.host(host)?.environment else { return nil }
    let declared = projects.filter { $0.name == name && $0.hosts.contains(host) }
    return declared.first { $0.environment == environment }?.id ?? declared.first?.id
      ?? ProjectID(name: name, environment: environment)
  }
}

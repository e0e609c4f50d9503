import Fleet
import Telemetry

/// What the rules for containers remember between events, by host and container name: a recreated container has another
/// identifier, and is the same thing to a person.
struct ContainerMemory: Sendable {
  struct Name: Hashable {
    var host: HostName
    var name: String
  }

  /// When someone asked it to end.
  var asked: [Name: Moment] = [:]
  /// When it ended without being asked, newest last.
  var deaths: [Name: [Moment]] = [:]
  /// When it was killed for want of memory.
  var kills: [Name: Moment] = [:]
  /// OOM kills as its cgroup counts them.
  var counted: [Name: UInt64] = [:]
  /// When the kernel or the engine last spoke of an OOM kill on a host.
  var hostKills: [HostName: Moment] = [:]
  /// Containers with something open that running well would end.
  var ailing: Set<Name> = []
}

extension IncidentBook {
  mutating func take(_ event: ContainerEvent, of host: HostName, telemetry: HostTelemetry, at: Moment) {
    let name = ContainerMemory.Name(host: host, name: event.name)
    let who = Self.who(event)
    switch event.action {
    case .kill:
      // A server is told to read its configuration anew by these; all others ask it to end.
      if let signal = event.signal, [1, 10, 12].contains(signal) { return }
      containers.asked[name] = at
    case .stop:
      containers.asked[name] = at
    case .die:
      died(event, name, who, telemetry, at: at)
    case .oom:
      killed(name, who, event, at: at)
    case .start:
      clear(key(name, .containerStopped), at: at)
      containers.asked[name] = nil
    case .destroy:
      clear(key(name, .containerStopped), at: at)
      for kind in [IncidentKind.containerUnhealthy, .containerCrashed, .containerRestarting] {
        clear(key(name, kind), at: at)
      }
    case .unhealthy:
      open(
        key(name, .containerUnhealthy), .critical, service: event.service ?? event.name, project: event.project,
        container: event.name, text: "\(who) is unhealthy: its own health check fails", at: at)
    case .healthy:
      clear(key(name, .containerUnhealthy), at: at)
    case .pause:
      open(
        key(name, .containerStopped), .warning, service: event.service ?? event.name, project: event.project,
        container: event.name, text: "\(who) was paused: it answers nobody until it is unpaused", at: at)
    case .unpause:
      clear(key(name, .containerStopped), at: at)
    case .create, .restart, .rename, .update: break
    }
  }

  private mutating func died(
    _ event: ContainerEvent, _ name: ContainerMemory.Name, _ who: String, _ telemetry: HostTelemetry, at: Moment
  ) {
    let service = event.service ?? event.name
    if let asked = containers.asked[name], at - asked <= Rules.stopping {
      containers.asked[name] = nil
      open(
        key(name, .containerStopped), .notice, service: service, project: event.project, container: event.name,
        text: "\(who) was stopped by someone\(Self.code(event.exitCode))", at: at)
      return
    }
    if let kill = containers.kills[name], at - kill <= Rules.sameKill { return }
    let policy = telemetry.containers[event.id]?.facts.restartPolicy ?? ""
    if event.exitCode == 0, policy.isEmpty || policy == "no" || policy == "on-failure" {
      open(
        key(name, .containerStopped), .notice, service: service, project: event.project, container: event.name,
        text: "\(who) came to its end (0)", at: at)
      return
    }
    var deaths = containers.deaths[name, default: []].filter { at - $0 <= Rules.loopTime }
    deaths.append(at)
    containers.deaths[name] = deaths
    containers.ailing.insert(name)
    if deaths.count >= Rules.loopDeaths {
      // The loop is the same trouble, and says more.
      clear(key(name, .containerCrashed), at: at)
      open(
        key(name, .containerRestarting), .critical, service: service, project: event.project, container: event.name,
        text: "\(who) does not stay up: \(deaths.count) ends in \(Rules.loopTime.short)\(Self.code(event.exitCode))",
        at: at)
      return
    }
    open(
      key(name, .containerCrashed), .critical, service: service, project: event.project, container: event.name,
      text: event.exitCode == 0
        ? "\(who) ended by itself (0), though it should go on" : "\(who) crashed\(Self.code(event.exitCode))", at: at)
  }

  private mutating func killed(_ name: ContainerMemory.Name, _ who: String, _ event: ContainerEvent, at: Moment) {
    defer {
      containers.kills[name] = at
      containers.hostKills[name.host] = at
    }
    if let last = containers.kills[name], at - last <= Rules.sameKill { return }
    open(
      key(name, .outOfMemory), .critical, service: event.service ?? event.name, project: event.project,
      container: event.name, text: "\(who) was over its memory limit: the kernel killed a process in it", at: at)
  }

  /// What the figures of one container say: OOM kills that no event told of, and that it has recovered.
  mutating func evaluate(_ container: ContainerTelemetry, on host: HostName, at: Moment) {
    guard container.figures.oomKills != nil || !containers.ailing.isEmpty else { return }
    let name = ContainerMemory.Name(host: host, name: container.facts.name)
    if let kills = container.figures.oomKills {
      let before = containers.counted.updateValue(kills, forKey: name)
      if let before, kills > before, at - (containers.kills[name] ?? Moment(milliseconds: 0)) > Rules.sameKill {
        let facts = container.facts
        containers.kills[name] = at
        open(
          key(name, .outOfMemory), .critical, service: facts.service ?? facts.name, project: facts.project,
          container: facts.name,
          text: "\(Self.who(facts)) was over its memory limit: the kernel killed a process in it", at: at)
      }
    }
    guard containers.ailing.contains(name), container.facts.state == .running,
      let last = containers.deaths[name]?.last, at - last >= Rules.recovered
    else { return }
    containers.ailing.remove(name)
    clear(key(name, .containerCrashed), at: at)
    clear(key(name, .containerRestarting), at: at)
  }

  private func key(_ name: ContainerMemory.Name, _ kind: IncidentKind) -> Incident.Key {
    Incident.Key(host: name.host, kind: kind, subject: name.name)
  }

  /// `redis of boutique`, or the container's name.
  static func who(_ event: ContainerEvent) -> String {
    guard let service = event.service, let project = event.project else { return event.name }
    return "\(service) of \(project)"
  }

  static func who(_ facts: ContainerFacts) -> String {
    guard let service = facts.service, let project = facts.project else { return facts.name }
    return "\(service) of \(project)"
  }

  /// An exit code with what it means: ` (137: killed)`.
  static func code(_ code: Int?) -> String {
    guard let code else { return "" }
    let words: String? =
      switch code {
      case 125: "Docker could not run it"
      case 126: "its command can't be executed"
      case 127: "its command was not found"
      case 134: "aborted"
      case 137: "killed"
      case 139: "segmentation fault"
      case 143: "terminated"
      case 129...159: "signal \(code - 128)"
      default: nil
      }
    return words.map { " (\(code): \($0))" } ?? " (exit status \(code))"
  }
}

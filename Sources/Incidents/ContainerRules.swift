import Fleet
import Telemetry

// What the engine says of containers: who ended them, and whether they are well.
extension IncidentBook {
  mutating func take(
    _ event: ContainerEvent, of host: HostName, telemetry: HostTelemetry, actor: String?, at: Moment
  ) {
    let actor = actor ?? "by someone"
    let facts = telemetry.containers[event.id]?.facts
    let it = containers.words(event, on: host, facts)
    switch event.action {
    case .kill:
      if let signal = event.signal, Rules.reloading.contains(signal) { return }
      containers[it.name].asked = event.at
    case .stop: stopped(event, it, actor, at: at)
    case .die: died(event, it, facts, actor, at: at)
    case .oom: killed(it, at: at)
    case .start:
      clear(it.key(.containerStopped), at: at)
      containers[it.name].asked = nil
      containers[it.name].started = at
    case .destroy:
      clearAll(it.name, at: at)
      containers.forget(it.name)
    case .unhealthy: unhealthy(it, at: at)
    case .healthy: clear(it.key(.containerUnhealthy), at: at)
    case .pause:
      open(it.occurrence(.containerStopped, .warning, "was paused: it answers nobody until it is unpaused"), at: at)
    case .unpause: clear(it.key(.containerStopped), at: at)
    case .create, .restart, .rename, .update: break
    }
  }

  private mutating func died(
    _ event: ContainerEvent, _ it: ContainerWords, _ facts: ContainerFacts?, _ actor: String, at: Moment
  ) {
    var past = containers[it.name]
    // The events begin with the second of the first look, which may have told of this end already.
    if past.restarts != nil, !past.wasUp, let end = facts?.finishedAt, event.at <= end + Rules.sameMoment { return }
    past.hasEnded = true
    defer { containers[it.name] = past }
    if let asked = past.asked, event.at - asked <= Rules.stopping {
      past.asked = nil
      let words = ExitCode.words(event.exitCode)
      open(it.occurrence(.containerStopped, severityOfStop(it), "was stopped \(actor)\(words)"), at: at)
      return
    }
    let policy = facts?.restartPolicy ?? ""
    if event.exitCode == 0, policy.isEmpty || policy == "no" || policy == "on-failure" {
      open(it.occurrence(.containerStopped, .notice, "came to its end (0)"), at: at)
      return
    }
    past.deaths = past.deaths.filter { event.at - $0 <= Rules.loopTime } + [event.at]
    past.lastDeath = at
    past.isAiling = true
    if past.deaths.count >= Rules.loopDeaths {
      // The loop is the same trouble as the crash, and says more.
      clear(it.key(.containerCrashed), at: at)
      let words = "\(past.deaths.count) ends in \(Rules.loopTime.short)\(ExitCode.words(event.exitCode))"
      open(it.occurrence(.containerRestarting, .critical, "does not stay up: \(words); its log says why"), at: at)
      return
    }
    if let kill = past.killed, at - kill <= Rules.sameEnd { return }
    let words =
      event.exitCode == 0 ? "ended by itself (0), though it should go on" : "crashed\(ExitCode.words(event.exitCode))"
    open(it.occurrence(.containerCrashed, .critical, "\(words); its log says why"), at: at)
  }

  /// The engine says so after the end; a container may take longer over it than `Rules.stopping`.
  private mutating func stopped(_ event: ContainerEvent, _ it: ContainerWords, _ actor: String, at: Moment) {
    containers[it.name].asked = event.at
    guard let death = containers[it.name].deaths.last, event.at - death <= Rules.sameEnd,
      !isOpen(it.key(.containerStopped))
    else { return }
    containers[it.name].deaths.removeLast()
    containers[it.name].isAiling = !containers[it.name].deaths.isEmpty
    withdraw(it.key(.containerCrashed))
    open(it.occurrence(.containerStopped, severityOfStop(it), "was stopped \(actor)"), at: at)
  }

  /// One OOM kill, whoever tells of it; the end that it caused is no crash besides.
  mutating func killed(_ it: ContainerWords, at: Moment) {
    var past = containers[it.name]
    containers.containerKills[it.name.host] = at
    if let last = past.killed, at - last <= Rules.sameEnd { return }
    if let death = past.lastDeath, at - death <= Rules.sameEnd, isOpen(it.key(.containerCrashed)) {
      withdraw(it.key(.containerCrashed))
    }
    if let kernel = containers.kernelKills.removeValue(forKey: it.name.host), at - kernel <= Rules.sameEnd {
      withdraw(Self.kernelKill(it.name.host))
    }
    past.killed = at
    past.lastDeath = at
    past.isAiling = true
    containers[it.name] = past
    let limit = it.memoryLimit.map { " of \($0.short)" } ?? ""
    let words = "was over its memory limit\(limit): the kernel killed a process in it; see its memory chart"
    open(it.occurrence(.outOfMemory, .critical, words), at: at)
  }

  private mutating func unhealthy(_ it: ContainerWords, at: Moment) {
    let words = "is unhealthy: its own health check fails; docker inspect \(it.name.name) says how"
    open(it.occurrence(.containerUnhealthy, .critical, words), at: at)
  }

  // MARK: Inspections and samples

  /// What an inspection says that no event told of: before we looked, or while the host was lost.
  mutating func take(_ facts: ContainerFacts, of host: HostName, at: Moment) {
    let it = containers.words(facts, on: host)
    var past = containers[it.name]
    let (hadEnded, restarts, wasUp, isNew) = (past.hasEnded, past.restarts, past.wasUp, past.restarts == nil)
    let isUp = facts.state == .running || facts.state == .paused
    past.hasEnded = false
    past.restarts = facts.restartCount
    past.wasUp = isUp
    containers[it.name] = past
    if facts.state == .running { clear(it.key(.containerStopped), at: at) }
    if facts.health == .unhealthy, isUp {
      if !isOpen(it.key(.containerUnhealthy)) { unhealthy(it, at: at) }
    } else if facts.health == .healthy || !isUp {
      clear(it.key(.containerUnhealthy), at: at)
    }
    if hadEnded, facts.oomKilled, !isUp, past.lastDeath != nil { return killed(it, at: at) }
    guard !hadEnded else { return }
    if isUp, let restarts, facts.restartCount > restarts {
      ailed(it, at: at)
      let words = "was restarted by Docker \(facts.restartCount - restarts)× while nobody watched; its log says why"
      open(it.occurrence(.containerCrashed, .critical, words), at: at)
    } else if facts.state == .restarting, !past.isAiling {
      ailed(it, at: at)
      let words = "does not stay up: Docker restarts it, \(facts.restartCount)× so far; its log says why"
      open(it.occurrence(.containerRestarting, .critical, words), at: at)
    } else if facts.state == .exited || facts.state == .dead {
      if wasUp { return ended(facts, it, "while nobody watched", at: at) }
      // Whoever opens a console in the midst of trouble wants to know what went before.
      guard isNew, !it.isOneOff, let end = facts.finishedAt, at - end <= Rules.past else { return }
      ended(facts, it, "before this console looked", at: min(end, at))
    }
  }

  /// It ran once, and does not now: the engine would have started it again unless someone stopped it.
  private mutating func ended(_ facts: ContainerFacts, _ it: ContainerWords, _ when: String, at: Moment) {
    let words = ExitCode.words(facts.exitCode)
    if facts.oomKilled { return killed(it, at: at) }
    if facts.restartPolicy == "always" || facts.restartPolicy == "unless-stopped" {
      open(
        it.occurrence(.containerStopped, severityOfStop(it), "was stopped by someone \(when)\(words)"), at: at)
    } else if facts.exitCode == 0 || facts.exitCode == 143 {
      open(it.occurrence(.containerStopped, .notice, "came to its end \(when)\(words)"), at: at)
    } else {
      ailed(it, at: at)
      open(
        it.occurrence(.containerCrashed, .critical, "crashed\(words) \(when); its log says why"), at: at)
    }
  }

  private mutating func ailed(_ it: ContainerWords, at: Moment) {
    containers[it.name].lastDeath = at
    containers[it.name].isAiling = true
  }

  /// What a sample says: OOM kills that no event told of, and who has recovered.
  mutating func checkContainers(_ telemetry: HostTelemetry, at: Moment) {
    let host = telemetry.host
    for container in telemetry.containers.values {
      guard let kills = container.figures.oomKills else { continue }
      let name = ContainerName(host: host, name: container.facts.name)
      if containers.count(kills, of: name) { killed(containers.words(container.facts, on: host), at: at) }
    }
    let ailing = containers.ailing(on: host)
    guard !ailing.isEmpty, telemetry.capabilities[.docker]?.isAvailable != false else { return }
    var states: [String: ContainerFacts.State] = [:]
    for container in telemetry.containers.values { states[container.facts.name] = container.facts.state }
    for name in ailing {
      let past = containers[name]
      guard let last = [past.lastDeath, past.started].compactMap({ $0 }).max(), at - last >= Rules.recovered else {
        continue
      }
      // One that is no longer there is not ill either; nobody told, because the host was lost.
      guard let state = states[name.name] else {
        clearAll(name, at: at)
        containers.forget(name)
        continue
      }
      guard state == .running else { continue }
      containers[name].isAiling = false
      for kind in [IncidentKind.containerCrashed, .containerRestarting, .outOfMemory] {
        clear(Incident.Key(host: host, kind: kind, subject: name.name), at: at)
      }
    }
  }

  private mutating func clearAll(_ name: ContainerName, at: Moment) {
    for kind in [
      IncidentKind.containerStopped, .containerUnhealthy, .containerCrashed, .containerRestarting, .outOfMemory,
    ] { clear(Incident.Key(host: name.host, kind: kind, subject: name.name), at: at) }
  }
}

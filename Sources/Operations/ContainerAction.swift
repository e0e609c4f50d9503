package import Fleet
internal import Telemetry

/// What can be done to one container by itself.
package enum ContainerAction: String, CaseIterable, Sendable {
  case start, stop, restart, pause, unpause, kill, remove

  /// As a title begins: `Restart`.
  package var verb: String {
    switch self {
    case .start: "Start"
    case .stop: "Stop"
    case .restart: "Restart"
    case .pause: "Pause"
    case .unpause: "Resume"
    case .kill: "Kill"
    case .remove: "Remove"
    }
  }

  package var name: ActionName {
    switch self {
    case .start: .containerStart
    case .stop: .containerStop
    case .restart: .containerRestart
    case .pause: .containerPause
    case .unpause: .containerResume
    case .kill: .containerKill
    case .remove: .containerRemove
    }
  }

  /// The arguments of `docker` before the identifier.
  package var words: [String] {
    switch self {
    // What runs is killed with it: the plan says so.
    case .remove: ["rm", "--force"]
    default: [rawValue]
    }
  }

  /// What a visitor or colleague notices.
  package var effect: String {
    switch self {
    case .start: "It starts with the settings that it had; changed Compose files are not applied."
    case .stop:
      "It is asked to end, killed after 10 seconds, answers nobody, and stays stopped until somebody starts it."
    case .restart:
      "It is stopped (10 seconds at most, then killed) and started; it answers nobody meanwhile. "
        + "Changed Compose files are not applied by a restart."
    case .pause: "All its processes are frozen: connections hang, and nobody gets an answer until it is resumed."
    case .unpause: "Its processes go on where they stood."
    case .kill:
      "Its processes end at once, without a chance to save anything; the restart policy does not start it again."
    case .remove:
      "It is killed and removed, with all that it wrote outside its volumes; its log goes too. Volumes stay."
    }
  }

  package var wayBack: String {
    switch self {
    case .start: "stop it."
    case .stop, .kill: "start it: the same container, with the same settings."
    case .restart: "none needed; the same container starts again, with the same settings."
    case .pause: "resume it."
    case .unpause: "pause it."
    case .remove: "none for what it wrote outside its volumes; `docker compose up -d` makes a new one of its service."
    }
  }

  /// Why it makes no sense in that state; `nil` where it does.
  package func obstacle(_ target: Target) -> String? {
    let name = target.facts.name
    switch (self, target.facts.state) {
    case (.start, .running), (.start, .restarting): return "\(name) runs already"
    case (.start, .paused): return "\(name) is paused: resume it"
    case (.stop, .exited), (.stop, .created), (.stop, .dead), (.kill, .exited), (.kill, .created), (.kill, .dead):
      return "\(name) does not run"
    case (.pause, .paused): return "\(name) is paused already"
    case (.pause, let state) where state != .running: return "\(name) does not run"
    case (.unpause, let state) where state != .paused: return "\(name) is not paused"
    default: return nil
    }
  }

  fileprivate func look(_ target: Target, _ id: String) -> Look {
    switch self {
    case .start, .restart:
      .container(target, id, wanted: Look.runningAndHealthy, words: "running and healthy")
    case .unpause: .container(target, id, wanted: "state=running *", words: "running")
    case .stop, .kill: .container(target, id, wanted: "state=@(exited|dead) *", words: "stopped")
    case .pause: .container(target, id, wanted: "state=paused *", words: "paused")
    case .remove: .containerGone(target, id)
    }
  }
}

extension Plan {
  /// The same action on one container, or on each of several.
  package static func make(
    _ action: ContainerAction, on targets: [Target], settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    var jobs: [Job] = []
    for target in targets {
      if let reason = action.obstacle(target) { throw Unavailable(reason: reason) }
      let id = try target.identifier()
      jobs.append(
        Job(
          host: target.host.name, title: "\(action.verb) \(target.facts.name) on \(target.host.name)",
          lock: target.lock, project: target.facts.project, subject: target.facts.name,
          container: target.facts.id,
          steps: [Step(target.docker + action.words + [id])], look: action.look(target, id)))
    }
    let down = targets.filter { $0.facts.state != .running && $0.facts.state != .paused }
    var effect = action.effect
    if action == .restart, !down.isEmpty {
      effect =
        down.count == targets.count
        ? ContainerAction.start.effect
        : "\(effect) Of these, \(down.count) \(down.count == 1 ? "does" : "do") not run, and will."
    }
    return try collected(
      jobs, of: targets, title: "\(action.verb) \(targets.count) containers", effect: effect,
      wayBack: action.wayBack, action: action.name, settings: settings)
  }

  /// One plan of several jobs: production decides its colour, and the worst of them what is asked.
  static func collected(
    _ jobs: [Job], of targets: [Target], title: String, effect: String, wayBack: String, action: ActionName,
    settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    guard let first = jobs.first else { throw Unavailable(reason: "choose a container first") }
    let environment: Environment = targets.contains { $0.host.environment == .prod } ? .prod : .dev
    return Plan(
      title: jobs.count == 1 ? first.title : title, effect: effect, wayBack: wayBack,
      danger: settings.danger(of: action, in: environment), environment: environment, jobs: jobs,
      pacing: Pacing(batch: settings.batch, pause: settings.pause))
  }
}

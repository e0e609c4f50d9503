package import Fleet
internal import Telemetry

/// What can be done to a Compose service, by `docker compose` on its host.
package enum ServiceAction: String, CaseIterable, Sendable {
  case restart, up, recreate

  package var verb: String {
    switch self {
    case .restart: "Restart"
    case .up: "Apply"
    case .recreate: "Recreate"
    }
  }

  package var name: ActionName {
    switch self {
    case .restart: .serviceRestart
    case .up: .serviceApply
    case .recreate: .serviceRecreate
    }
  }

  /// The arguments of `docker compose` before the service.
  var words: [String] {
    switch self {
    case .restart: ["restart"]
    case .up: ["up", "--detach", "--no-deps"]
    case .recreate: ["up", "--detach", "--no-deps", "--force-recreate"]
    }
  }

  package var effect: String {
    switch self {
    case .restart:
      "All its containers stop and start again. Changed Compose files are not applied by a restart."
    case .up:
      "Changed Compose files are applied: containers whose settings changed are made anew, others stay as they are."
    case .recreate:
      "All its containers are made anew from the Compose files; what they wrote outside their volumes is gone."
    }
  }

  package var wayBack: String {
    switch self {
    case .restart: "none needed; the same containers start again, with the same settings."
    case .up, .recreate: "put the Compose files back as they were, and apply them again."
    }
  }
}

extension Plan {
  /// The same action on the services of one container, or of several; each service once.
  package static func make(
    _ action: ServiceAction, on targets: [Target], settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    var jobs: [Job] = []
    for target in targets {
      let (project, service) = try target.composeNames()
      let job = Job(
        host: target.host.name, title: "\(action.verb) the service \(service) of \(project) on \(target.host.name)",
        lock: target.lock, project: project, subject: service,
        steps: [try target.composeStep(action.words + [service], limit: .seconds(300))],
        look: .service(target, project, service))
      if !jobs.contains(job) { jobs.append(job) }
    }
    return try collected(
      jobs, of: targets, title: "\(action.verb) \(jobs.count) services", effect: action.effect,
      wayBack: action.wayBack, action: action.name, settings: settings)
  }
}

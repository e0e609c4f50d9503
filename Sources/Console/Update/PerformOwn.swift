package import Fleet
import Incidents
import Operations
import Surface
import Telemetry

/// The operator's own commands: from a key, the menu or the palette to a plan.
extension Model {
  /// Whether they are offered at all.
  package var isOwnOffered: Bool { access != .readOnly }

  /// Why a command can't be run now, in one sentence; `nil` where it can.
  package func unavailability(ofOwn command: OwnCommand) -> String? {
    if let lockReason { return lockReason }
    do throws(Unavailable) {
      _ = try subjects(of: command)
      return nil
    } catch {
      return error.reason
    }
  }

  /// Asks its questions, and then shows its plan.
  mutating func performOwn(_ index: Int) -> [Effect] {
    guard fleet.commands.indices.contains(index) else { return [] }
    let command = fleet.commands[index]
    do throws(Unavailable) {
      if let lockReason { throw Unavailable(reason: lockReason) }
      return go(on: OwnForm(command, for: try subjects(of: command)))
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }

  private mutating func go(on form: OwnForm) -> [Effect] {
    guard form.question == nil else {
      notice = nil
      overlay = .ownQuestion(form)
      return []
    }
    overlay = nil
    do throws(Unavailable) {
      return propose(
        try Plan.make(form.command, on: form.subjects, answers: form.answersByName, settings: fleet.actions))
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }

  mutating func press(_ key: Key, in form: OwnForm) -> [Effect] {
    var form = form
    switch dialogCommand(key) {
    case .dialogConfirm:
      form.answer()
      return go(on: form)
    case .dialogCancel:
      overlay = nil
      say("nothing was done")
      return []
    default:
      _ = form.field.edit(key)
      overlay = .ownQuestion(form)
      return []
    }
  }

  // MARK: What it is about

  func subjects(of command: OwnCommand) throws(Unavailable) -> [OwnSubject] {
    switch command.scope {
    case .container: return try containers(for: command)
    case .host:
      guard let name = actedHost, let host = fleet.host(name) else { throw Unavailable(reason: "choose a host first") }
      // Here, something can be done about a host that is down.
      if command.place == .host { try expectLive(name) }
      return [OwnSubject(host: host)]
    case .project:
      guard let id = actedProject else { throw Unavailable(reason: "choose a project, or a container of one, first") }
      return try hosts(of: id)
    }
  }

  private func containers(for command: OwnCommand) throws(Unavailable) -> [OwnSubject] {
    try targets().map { target throws(Unavailable) in
      let reason = mismatch(of: target.facts, on: target.host.name, with: command)
      if let reason { throw Unavailable(reason: reason) }
      return OwnSubject(target)
    }
  }

  /// Why a command is not for that container; `nil` where it is.
  func mismatch(of facts: ContainerFacts, on host: HostName, with command: OwnCommand) -> String? {
    if let role = command.role, fleet.role(of: facts, on: host) != role {
      return "\(command.name) is for containers of the role \(role.rawValue)"
    }
    if let service = command.service, facts.service != service, facts.name != service {
      return "\(command.name) is for the service \(service)"
    }
    return nil
  }

  private func hosts(of id: ProjectID) throws(Unavailable) -> [OwnSubject] {
    let declared = fleet.projects.first { $0.id == id }
    var subjects: [OwnSubject] = []
    for host in fleet.hosts {
      let own = telemetry[host.name]?.containers.values.map(\.facts)
        .filter { fleet.projectID(of: $0, on: host.name) == id }
      let isDeclared = declared?.hosts.contains(host.name) == true
      guard own?.isEmpty == false || isDeclared else { continue }
      try expectLive(host.name)
      let directory = own?.filter(\.hasExactLabels).compactMap(\.composeDirectory).min()
      subjects.append(
        OwnSubject(
          host: host, project: id.name, directory: declared?.directory ?? directory,
          needsSudo: telemetry[host.name]?.needsSudo ?? false))
    }
    if subjects.isEmpty { throw Unavailable(reason: "no host has the project \(id.name)") }
    return subjects
  }

  private func expectLive(_ host: HostName) throws(Unavailable) {
    if !condition(of: host).isLive {
      throw Unavailable(reason: "\(host) does not answer: nothing can be run on it now")
    }
  }

  /// The project that a command about a project means.
  var actedProject: ProjectID? {
    if case .project(let id)? = detail { return id }
    if detail == nil, focus == .sites, case .site(let id)? = selection(.sites) { return id }
    return actedContainer.flatMap { id in facts(id).flatMap { fleet.projectID(of: $0, on: id.host) } }
  }
}

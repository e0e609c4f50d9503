package import Fleet
package import Telemetry

/// A Compose service on one host, as far as the number of its containers goes.
package struct Replicas: Hashable, Sendable {
  /// One of its containers.
  package var target: Target
  /// All containers of the service there, whatever their state, but for `docker compose run`'s; by their numbers.
  package var containers: [ContainerFacts]
  package var role: PartRole?
  package var room: HostRoom
  /// What each container there uses now, by its identifier; what is unknown is not in it.
  package var uses: [String: ByteCount]

  /// As many are never wanted on one host.
  package static let most = 50
  /// From there on Docker may have chosen a port by itself; below, somebody did.
  private static let firstChosenPort = 32_768

  /// - Parameters:
  ///   - others: containers of the same host; those of other services are left out.
  ///   - role: what the service is to its project.
  package init(
    _ target: Target, among others: [ContainerFacts], role: PartRole?, room: HostRoom, uses: [String: ByteCount] = [:]
  ) {
    self.target = target
    self.role = role
    self.room = room
    self.uses = uses
    containers = others.filter {
      $0.project == target.facts.project && $0.service == target.facts.service && !$0.isOneOff
    }.sorted { ($0.replica?.number ?? 0, $0.name) < ($1.replica?.number ?? 0, $1.name) }
  }

  /// The arguments of `docker compose`.
  static func words(_ service: String, _ count: String) -> [String] {
    ["up", "--detach", "--no-deps", "--no-recreate", "--scale", "\(service)=\(count)", service]
  }

  package var running: Int { containers.count { $0.state == .running } }

  /// Why there can't be another number of them; `nil` where there can.
  package var obstacle: String? {
    guard let project = target.facts.project, let service = target.facts.service else {
      return "\(target.facts.name) was not started by Compose: there is no service to scale"
    }
    switch role {
    case .database: return "\(service) is a database: a second one on the same data would damage it"
    case .cache: return "\(service) is a cache: each of several would hold other keys, and be asked by chance"
    default: break
    }
    if let fixed = containers.first(where: { $0.replica == nil }) {
      return "\(fixed.name) has a name of its own (container_name in \(project)'s Compose file): there can be one only"
    }
    if let port = containers.lazy.flatMap(\.publishedPorts).first(where: { $0 < Self.firstChosenPort }) {
      return "\(service) publishes the host's port \(port): only one container can have it"
    }
    return nil
  }

  /// The containers that go where only so many are to stay: those with the highest numbers.
  package func leaving(at count: Int) -> [ContainerFacts] {
    Array(containers.suffix(max(0, containers.count - count)))
  }
}

extension ContainerFacts {
  /// The host's ports that it takes, of ports such as `0.0.0.0:8080->80/tcp`.
  var publishedPorts: [Int] {
    ports.compactMap { port in
      guard let arrow = port.firstRange(of: "->"), let colon = port[..<arrow.lowerBound].lastIndex(of: ":") else {
        return nil
      }
      return Int(port[port.index(after: colon)..<arrow.lowerBound])
    }
  }
}

extension Plan {
  /// As many containers of a service as wanted, on one host.
  package static func replicas(
    _ replicas: Replicas, to count: Int, settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    if let obstacle = replicas.obstacle { throw Unavailable(reason: obstacle) }
    guard (0...Replicas.most).contains(count) else {
      throw Unavailable(reason: "type a number from 0 to \(Replicas.most)")
    }
    let (project, service) = try replicas.target.composeNames()
    let now = replicas.running
    guard count != now || replicas.containers.count != now else {
      throw Unavailable(
        reason: "\(count == 0 ? "none" : "\(count)") of \(service) \(count == 1 ? "runs" : "run") already")
    }
    var plan = try single(replicas, project, service, to: count, settings: settings)
    plan.warnings = replicas.warnings(to: count)
    if count != now {
      plan.undo = [try single(replicas, project, service, to: now, settings: settings)]
      plan.undo[0].warnings = [Replicas.temporary]
    }
    return plan
  }

  private static func single(
    _ replicas: Replicas, _ project: String, _ service: String, to count: Int, settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    let target = replicas.target
    let words = Replicas.words(service, String(count))
    let job = Job(
      host: target.host.name, title: "Run \(count) of the service \(service) of \(project) on \(target.host.name)",
      lock: target.lock, project: project, subject: service,
      steps: [try target.composeStep(words, limit: .seconds(300))],
      look: .replicas(target, project, service, count: count))
    return try collected(
      [job], of: [target], title: "",
      effect: "Compose starts or stops as many as it takes; those that stay are left as they are. "
        + "New ones are made from the Compose files as these are now.",
      wayBack: "run \(replicas.running) again, as now.", action: .serviceReplicas, settings: settings)
  }
}

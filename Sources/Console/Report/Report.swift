import Fleet
import Incidents
import Telemetry

/// What `--once --json` prints: one document of the fleet as the model knows it. Scripts rely on its names.
package enum Report {
  package static func document(of model: Model) -> JSON {
    var model = model
    model.settle(withSites: true)
    return .object([
      "projects": ReportProjects.list(of: model),
      "hosts": .array(model.fleet.hosts.map { host(of: $0, in: model) }),
      "incidents": .array(model.incidents.incidents.map { incident($0) }),
    ])
  }

  private static func host(of host: Host, in model: Model) -> JSON {
    let telemetry = model.telemetry[host.name]
    let figures = telemetry?.figures ?? HostFigures()
    let condition = model.condition(of: host.name)
    let containers = telemetry?.containers.values.sorted { $0.facts.name < $1.facts.name } ?? []
    let caches = telemetry?.caches.values.sorted { $0.figures.containerID < $1.figures.containerID } ?? []
    return .object([
      "name": .string(host.name.text),
      "environment": .string(host.environment.rawValue),
      "kind": .text(host.kind?.rawValue),
      "tags": .array(host.tags.map(JSON.string)),
      "state": .string(condition.word),
      "age_seconds": .figure(model.age(of: host.name)?.inSeconds),
      "reason": .text(condition.reason ?? PlainTable.unanswered(condition)),
      "uptime_seconds": .figure(figures.uptime?.inSeconds),
      "cpu": .object([
        "used_ratio": .ratio(figures.cpu), "cores": .count(figures.cores.isEmpty ? nil : figures.cores.count),
        "steal_ratio": .ratio(figures.steal), "io_wait_ratio": .ratio(figures.ioWait),
      ]),
      "memory": .object([
        "used_bytes": .bytes(figures.memory?.used), "total_bytes": .bytes(figures.memory?.total),
        "swap_used_bytes": .bytes(figures.memory?.swapUsed), "swap_total_bytes": .bytes(figures.memory?.swapTotal),
      ]),
      "load": .object([
        "one": .figure(figures.load?.one), "five": .figure(figures.load?.five),
        "fifteen": .figure(figures.load?.fifteen),
      ]),
      "network": .object([
        "received_bytes_per_second": .figure(figures.network?.incoming),
        "sent_bytes_per_second": .figure(figures.network?.outgoing),
      ]),
      "disks": .array(figures.filesystems.map(disk)),
      "containers": .array(containers.map { container($0, isKnown: !model.isDockerSilent(on: host.name)) }),
      "caches": .array(caches.map { cache($0, name: telemetry?.containers[$0.figures.containerID]?.facts.name) }),
      "missing": .array((telemetry?.missing ?? []).map { .string("\($0.name.rawValue): \($0.reason)") }),
    ])
  }

  private static func disk(_ filesystem: FilesystemFigures) -> JSON {
    .object([
      "mount": .string(filesystem.mount), "used_bytes": .bytes(filesystem.used),
      "total_bytes": .bytes(filesystem.total), "available_bytes": .bytes(filesystem.available),
    ])
  }

  /// - Parameter isKnown: whether the engine answers; without it, how a container is can't be said.
  private static func container(_ container: ContainerTelemetry, isKnown: Bool) -> JSON {
    let facts = container.facts
    let figures = container.figures
    return .object([
      "id": .string(facts.id), "name": .string(facts.name), "project": .text(facts.project),
      "service": .text(facts.service), "image": .string(facts.image),
      "state": .text(isKnown ? facts.state.rawValue : nil),
      "health": .text(isKnown ? facts.health?.rawValue : nil), "restart_count": .count(facts.restartCount),
      "exit_code": .count(facts.exitCode), "ports": .array(facts.ports.map(JSON.string)),
      "cpu": .object([
        "used_cores": .figure(figures.cpuCores), "limit_cores": .figure(facts.cpuLimit),
        "throttled_ratio": .ratio(figures.throttled),
      ]),
      "memory": .object(["used_bytes": .bytes(figures.memory), "limit_bytes": .bytes(facts.memoryLimit)]),
    ])
  }

  private static func cache(_ cache: CacheTelemetry, name: String?) -> JSON {
    let figures = cache.figures
    return .object([
      "container": .string(name ?? figures.containerID), "hit_ratio": .ratio(figures.hitRatio),
      "lifetime_hit_ratio": .ratio(figures.lifetimeHitRatio),
      "hits_per_second": .figure(figures.hitsPerSecond), "misses_per_second": .figure(figures.missesPerSecond),
      "commands_per_second": .figure(figures.commandsPerSecond), "used_bytes": .bytes(figures.usedMemory),
      "max_bytes": .bytes(figures.maxMemory), "evicted_per_second": .figure(figures.evictedPerSecond),
      "keys": .count(figures.keys), "clients": .count(figures.clients), "why_unknown": .text(figures.problem),
    ])
  }

  private static func incident(_ incident: Incident) -> JSON {
    .object([
      "severity": .string(incident.severity.rawValue), "worst": .string(incident.worst.rawValue),
      "host": .string(incident.key.host.text),
      "service": .string(incident.service), "kind": .string(incident.key.kind.rawValue),
      "first_seen": .string(Calendar.stamp(incident.firstSeen)),
      "last_seen": .string(Calendar.stamp(incident.lastSeen)),
      "cleared_at": .text(incident.clearedAt.map(Calendar.stamp)),
      "count": .count(incident.count), "text": .string(incident.text),
    ])
  }
}

package import Fleet
package import Telemetry

/// What a host has, and what its containers may take of it; `nil` is unknown.
package struct ReplicasRoom: Hashable, Sendable {
  package var memory: ByteCount?
  package var available: ByteCount?
  package var cores: Int?
  /// The sums of the limits of the containers that run.
  package var memoryLimits = ByteCount(0)
  package var cpuLimits = 0.0
  /// How many of them have none.
  package var withoutMemoryLimit = 0
  package var withoutCPULimit = 0
  /// What each container uses now, by its identifier.
  package var used: [String: ByteCount] = [:]

  package init() {}

  package init(_ telemetry: HostTelemetry) {
    memory = telemetry.figures.memory?.total
    available = telemetry.figures.memory?.available
    cores = telemetry.figures.cores.isEmpty ? nil : telemetry.figures.cores.count
    for container in telemetry.containers.values where container.facts.state == .running {
      if let limit = container.facts.memoryLimit {
        memoryLimits = memoryLimits.plus(limit, times: 1)
      } else {
        withoutMemoryLimit += 1
      }
      if let limit = container.facts.cpuLimit { cpuLimits += limit } else { withoutCPULimit += 1 }
      used[container.facts.id] = container.figures.memory
    }
  }
}

extension Replicas {
  static let temporary =
    "Temporary: the next docker compose up of the project without --scale goes back to what its files say "
    + "(one, unless they say deploy: replicas: N)."

  /// What a person should know before there are so many.
  func warnings(to count: Int) -> [String] {
    var warnings = [Self.temporary]
    let leaving = leaving(at: count).map(\.name)
    if !leaving.isEmpty {
      warnings.append(
        "These are stopped and removed, with what they wrote outside volumes: \(leaving.joined(separator: ", ")).")
    }
    if count == 0 { warnings.append("With none left it has no row here: Undo, or docker compose up, brings it back.") }
    let more = count - running
    if more > 0 { warnings += room(for: more) }
    if count > 1, let port = containers.lazy.flatMap(\.publishedPorts).first {
      warnings.append(
        "Port \(port) of the host may be fixed in the Compose file: then no second container can have it.")
    }
    return warnings
  }

  private func room(for more: Int) -> [String] {
    var warnings: [String] = []
    let sample = containers.last { $0.state == .running } ?? containers.last ?? target.facts
    if let available = room.available {
      if let each = room.used[sample.id] ?? sample.memoryLimit {
        let need = ByteCount(0).plus(each, times: more)
        if need > available {
          warnings.append(
            "\(more) more would use about \(need.short), \(each.short) each; \(available.short) of the host's memory "
              + "is available.")
        }
      } else {
        warnings.append("How much memory one of them uses is not known.")
      }
    } else {
      warnings.append("How much memory the host has left is not known.")
    }
    if let limit = sample.memoryLimit, let memory = room.memory {
      let sum = room.memoryLimits.plus(limit, times: more)
      if sum > memory {
        warnings.append("The memory limits of what runs there would come to \(sum.short) of \(memory.short).")
      }
    } else if sample.memoryLimit == nil {
      warnings.append("The service has no memory limit: each of them may take all that there is.")
    }
    if let limit = sample.cpuLimit, let cores = room.cores, room.cpuLimits + limit * Double(more) > Double(cores) {
      let sum = ((room.cpuLimits + limit * Double(more)) * 100).rounded() / 100
      warnings.append("The CPU limits of what runs there would come to \(sum) of \(cores) cores.")
    }
    return warnings
  }
}

extension ByteCount {
  /// What a host says can't make it overflow.
  fileprivate func plus(_ other: ByteCount, times count: Int) -> ByteCount {
    ByteCount(UInt64(min(1e18, Double(bytes) + Double(other.bytes) * Double(count))))
  }
}

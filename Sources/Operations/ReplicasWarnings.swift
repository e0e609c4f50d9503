internal import Fleet
internal import Telemetry

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
    if let available = room.memoryFree {
      if let each = uses[sample.id] ?? sample.memoryLimit {
        let need = ByteCount(clamping: Double(each.bytes) * Double(more))
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
    var room = room
    let limits = Limits(of: sample)
    room.acted = Array(repeating: limits, count: max(0, more))
    if limits.memory != nil, let memory = room.memory {
      let promise = room.memoryNow
      if promise.isOver {
        let sum = ByteCount(clamping: promise.sum)
        warnings.append("The memory limits of what runs there would come to \(sum.short) of \(memory.short).")
      }
    } else if limits.memory == nil {
      warnings.append("The service has no memory limit: each of them may take all that there is.")
    }
    if limits.cores != nil, let cores = room.cores {
      let promise = room.coresNow
      if promise.isOver {
        let sum = Cores(promise.sum).text
        warnings.append("The CPU limits of what runs there would come to \(sum) of \(cores.text) cores.")
      }
    }
    return warnings
  }
}

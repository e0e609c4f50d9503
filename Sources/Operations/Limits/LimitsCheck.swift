import Fleet

/// Whether limits may be set, judged by what is in use and what the host has.
package enum LimitsCheck {
  /// What stands against a change of any of its containers.
  package static func problem(
    with change: LimitsChange, _ evidence: LimitsEvidence, isWayBack: Bool = false
  ) -> String? {
    each(of: change, evidence).lazy.compactMap { problem(with: $0, $1, isWayBack: isWayBack) }.first
  }

  /// What a person should know of a change before they say yes; each once.
  package static func warnings(of change: LimitsChange, _ evidence: LimitsEvidence) -> [String] {
    each(of: change, evidence).flatMap { warnings(of: $0, $1) }.uniqued
  }

  /// The containers of a service need not have the same limits before: each is judged by its own.
  private static func each(of change: LimitsChange, _ evidence: LimitsEvidence) -> [(Limits, LimitsEvidence)] {
    change.members.map { member in
      var evidence = evidence
      evidence.limits = member.before
      return (member.after, evidence)
    }
  }

  /// What stands against them, with the figure and what to do; `nil` where nothing does.
  /// - Parameter isWayBack: they held before; less CPU than is in use then only slows it down, as it did.
  package static func problem(
    with wanted: Limits, _ evidence: LimitsEvidence, isWayBack: Bool = false
  ) -> String? {
    if wanted.cores != evidence.limits.cores, !isWayBack, let problem = coresProblem(wanted.cores, evidence) {
      return problem
    }
    if wanted.memory != evidence.limits.memory { return memoryProblem(wanted.memory, evidence) }
    return nil
  }

  private static func coresProblem(_ wanted: Cores?, _ evidence: LimitsEvidence) -> String? {
    guard let most = evidence.mostCores else {
      return "how many cores the host has is not known yet: wait for its next sample"
    }
    guard let wanted else { return nil }
    if wanted > most { return "\(wanted.text) cores are more than the \(most.text) that the host has" }
    guard let used = evidence.cores.now else { return lowered(wanted, evidence.limits.cores, "how much CPU") }
    if wanted.value < used, isLess(wanted, than: evidence.limits.cores) {
      return "\(wanted.text) is below the \(Cores(used).text) cores in use now: it would be held back; choose more"
    }
    return nil
  }

  private static func memoryProblem(_ wanted: ByteCount?, _ evidence: LimitsEvidence) -> String? {
    guard let wanted else { return nil }
    guard let used = evidence.memory.now else { return lowered(wanted, evidence.limits.memory, "how much memory") }
    if wanted <= used {
      return "\(wanted.limitText) is below the \(used.short) in use now: processes would be killed; choose more"
    }
    return nil
  }

  private static func lowered<Value: Comparable>(_ wanted: Value, _ limit: Value?, _ what: String) -> String? {
    isLess(wanted, than: limit) ? "\(what) is in use is not known yet: wait for its next sample to lower a limit" : nil
  }

  /// No limit is more than any.
  private static func isLess<Value: Comparable>(_ wanted: Value, than limit: Value?) -> Bool {
    limit.map { wanted < $0 } ?? true
  }

  /// What a person should know before they say yes.
  package static func warnings(of wanted: Limits, _ evidence: LimitsEvidence) -> [String] {
    var warnings: [String] = []
    if let memory = wanted.memory, memory != evidence.limits.memory, let peak = evidence.memory.peak, memory <= peak {
      warnings.append(
        "It used \(peak.short) within the last \(evidence.span.short): with \(memory.limitText) processes would be killed then."
      )
    }
    if let cores = wanted.cores, isLess(cores, than: evidence.limits.cores), let high = evidence.cores.high,
      cores.value < high
    {
      warnings.append("It uses up to \(Cores(high).text) cores for 95% of the time: it will be held back at times.")
    }
    for room in evidence.rooms { warnings += self.warnings(of: wanted, evidence.limits, on: room) }
    return warnings
  }

  private static func warnings(of wanted: Limits, _ now: Limits, on room: HostRoom) -> [String] {
    var warnings: [String] = []
    if isMore(wanted.memory, than: now.memory) {
      let promise = room.memory(with: wanted.memory)
      if let ratio = promise.ratio, promise.isOver {
        warnings.append("\(room.host): all memory limits together are then \(ratio.percent) of its memory.")
      }
      if let free = room.memoryFree, let memory = wanted.memory, let before = now.memory,
        (memory.bytes - before.bytes) > free.bytes
      {
        warnings.append("\(room.host) has only \(free.short) of memory free now.")
      }
    }
    if isMore(wanted.cores, than: now.cores) {
      let promise = room.cores(with: wanted.cores)
      if let ratio = promise.ratio, promise.isOver {
        warnings.append("\(room.host): all CPU limits together are then \(ratio.percent) of its cores.")
      }
    }
    return warnings
  }

  private static func isMore<Value: Comparable>(_ wanted: Value?, than limit: Value?) -> Bool {
    guard let wanted, let limit else { return false }
    return wanted > limit
  }
}

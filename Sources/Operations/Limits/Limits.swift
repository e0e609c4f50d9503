package import Fleet
package import Telemetry

/// What one container may use at most; `nil` is no limit.
package struct Limits: Hashable, Sendable {
  package var cores: Cores?
  package var memory: ByteCount?
  /// Of memory and swap together; goes with the memory.
  package var swap: SwapLimit

  package init(cores: Cores? = nil, memory: ByteCount? = nil, swap: SwapLimit = .unset) {
    self.cores = cores
    self.memory = memory
    self.swap = swap
  }

  /// As the engine has them for a container.
  package init(of facts: ContainerFacts) {
    cores = facts.cpuLimit.map { Cores($0) }
    memory = facts.memoryLimit
    swap = facts.swapLimit ?? .unset
  }

  /// The same with another limit of memory, and as much swap besides as before; none where there was no limit.
  package func with(memory new: ByteCount?) -> Limits {
    guard new != memory else { return self }
    guard let new else { return Limits(cores: cores) }
    var limits = Limits(cores: cores, memory: new, swap: .together(new))
    switch swap {
    case .unlimited: limits.swap = .unlimited
    case .together(let whole):
      if let memory, whole > memory { limits.swap = .together(new + ByteCount(whole.bytes - memory.bytes)) }
    case .unset: break
    }
    return limits
  }

  /// Memory and swap together, for Docker: bytes, or -1 for no limit; memory alone where nothing was said.
  var swapText: String {
    switch swap {
    case .unlimited: "-1"
    case .together(let whole): whole.limitText
    case .unset: memory?.limitText ?? "-1"
    }
  }

  /// In words: `CPU 0.25, memory 128m`.
  package var words: String { "CPU \(cores?.text ?? "unlimited"), memory \(memory?.limitText ?? "unlimited")" }

  /// What changes from these to others, in words: `CPU 0.25 → 1.0, memory stays 128m`.
  package func words(to other: Limits) -> String {
    func change(_ name: String, _ old: String?, _ new: String?) -> String {
      old == new
        ? "\(name) stays \(old ?? "unlimited")" : "\(name) \(old ?? "unlimited") → \(new ?? "unlimited")"
    }
    return change("CPU", cores?.text, other.cores?.text) + ", "
      + change("memory", memory?.limitText, other.memory?.limitText)
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

/// Which role a figure has: the one place that says when something is drawn as a warning.
enum Tone {
  /// - Parameters:
  ///   - calm: the role where there is nothing to warn of.
  ///   - unlimited: the role where there is no ratio, because nothing limits the figure.
  static func of(
    _ ratio: Ratio?, _ threshold: Threshold, calm: Role = .text, unlimited: Role = .unknown
  ) -> Role {
    of(ratio?.value, threshold, calm: calm, unknown: unlimited)
  }

  /// The same for a figure in the threshold's own unit: seconds, numbers.
  static func of(_ value: Double?, _ threshold: Threshold, calm: Role = .text, unknown: Role = .text) -> Role {
    guard let value else { return unknown }
    if threshold.isCritical(value) { return .critical }
    return threshold.isWarning(value) ? .warning : calm
  }

  static func of(_ severity: Severity?) -> Role {
    switch severity {
    case .critical: .critical
    case .warning: .warning
    case .notice: .muted
    case nil: .good
    }
  }

  static func of(_ environment: Environment) -> Role { environment == .prod ? .production : .development }

  static func of(_ condition: Condition) -> Role {
    switch condition.word {
    case "live": .good
    case "stale": .stale
    case "connecting": .muted
    case "rebooting": .warning
    default: .critical
    }
  }

  static func of(_ facts: ContainerFacts) -> Role {
    switch facts.state {
    case .running:
      switch facts.health {
      case .unhealthy: .critical
      case .starting: .warning
      case .healthy, nil: .good
      }
    case .restarting, .dead: .critical
    case .exited: (facts.exitCode ?? 0) == 0 ? .muted : .critical
    case .created, .paused, .removing: .warning
    }
  }

  /// The share of a container's memory limit that it uses; unlimited containers have none.
  static func memoryRatio(_ container: ContainerTelemetry) -> Ratio? {
    guard let used = container.figures.memory, let limit = container.facts.memoryLimit else { return nil }
    return Ratio(Double(used.bytes), of: Double(limit.bytes))
  }

  static func cpuRatio(_ container: ContainerTelemetry) -> Ratio? {
    guard let used = container.figures.cpuCores, let limit = container.facts.cpuLimit else { return nil }
    return Ratio(used, of: limit)
  }
}

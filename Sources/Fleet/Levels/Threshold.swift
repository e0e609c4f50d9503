/// Two levels of one figure; at or beyond `warning` it is drawn as a warning and opens an incident, likewise `critical`.
package struct Threshold: Hashable, Sendable {
  /// Which way a figure gets worse.
  package enum Direction: String, CaseIterable, Sendable {
    case above, below
  }

  /// In the figure's own unit: ratios, seconds, numbers.
  package var warning: Double
  package var critical: Double
  /// How long a figure stays at a level before it counts.
  package var hold: Duration
  /// Where it is over: a little before `warning`.
  package var clear: Double
  package var direction: Direction

  /// - Parameter clear: where it is left out, what suits a ratio.
  package init(
    warning: Double, critical: Double, hold: Duration = .zero, clear: Double? = nil, direction: Direction = .above
  ) {
    self.warning = warning
    self.critical = critical
    self.hold = hold
    self.clear = clear ?? ThresholdUnit.ratio.clear(before: warning, direction)
    self.direction = direction
  }

  /// A level that nothing reaches.
  static let never = Threshold(warning: .infinity, critical: .infinity, clear: .infinity)

  package func isWarning(_ value: Double) -> Bool { !isBefore(value, warning) }

  package func isCritical(_ value: Double) -> Bool { !isBefore(value, critical) }

  /// Whether a figure that was at a level has left both.
  package func isOver(_ value: Double) -> Bool { isBefore(value, clear) }

  /// Whether a figure that was critical no longer is: as much before that level as `clear` is before the warning.
  package func hasLeftCritical(_ value: Double) -> Bool {
    isBefore(value, warning > 0 ? critical * (clear / warning) : critical)
  }

  /// Whether a figure is so much worse than it was told to be that it is worth telling again: a third of the way from
  /// warning to critical, and not less than what keeps it from flapping.
  package func isWorse(_ value: Double, than said: Double) -> Bool {
    let step = max(abs(warning - clear), abs(critical - warning) / 3)
    return !isBefore(value, direction == .above ? said + step : said - step)
  }

  /// Whether a figure is further at a level than another.
  package func isBeyond(_ value: Double, _ other: Double) -> Bool { isBefore(other, value) }

  private func isBefore(_ value: Double, _ level: Double) -> Bool {
    direction == .above ? value < level : value > level
  }
}

/// What a threshold's levels are in.
package enum ThresholdUnit: String, CaseIterable, Sendable {
  case ratio, seconds, count, perSecond

  /// Where a figure that was at a level is over, unless someone says otherwise.
  package func clear(before level: Double, _ direction: Threshold.Direction) -> Double {
    let margin = self == .ratio ? min(0.05, level / 4) : level / 4
    return direction == .above ? level - margin : level + margin
  }

  /// A level as a person reads it: `80%`, `1.5s`, `24h`, `5`, `50/s`.
  package func text(_ level: Double) -> String {
    switch self {
    case .ratio: Ratio(level).percent
    case .seconds: level < 100 ? "\(SettingsValue.shown(level))s" : Duration.seconds(level).short
    case .count: SettingsValue.shown(level)
    case .perSecond: "\(SettingsValue.shown(level))/s"
    }
  }
}

/// What the operator says of one threshold at one place of the fleet file; the rest is as it was.
package struct ThresholdChange: Hashable, Sendable {
  package var warning: Double?
  package var critical: Double?
  package var hold: Duration?
  package var clear: Double?

  package init(warning: Double? = nil, critical: Double? = nil, hold: Duration? = nil, clear: Double? = nil) {
    self.warning = warning
    self.critical = critical
    self.hold = hold
    self.clear = clear
  }

  /// What is said here wins: where it passes the other level of another place, it takes that one along.
  package func applied(to threshold: Threshold, in unit: ThresholdUnit) -> Threshold {
    var levels = threshold
    let worse: (Double, Double) -> Double = threshold.direction == .above ? { max($0, $1) } : { min($0, $1) }
    let better: (Double, Double) -> Double = threshold.direction == .above ? { min($0, $1) } : { max($0, $1) }
    if let critical {
      levels.critical = critical
      if warning == nil { levels.warning = better(levels.warning, critical) }
    }
    if let warning {
      levels.warning = warning
      levels.critical = worse(levels.critical, warning)
    }
    levels.hold = hold ?? levels.hold
    let standard = unit.clear(before: levels.warning, levels.direction)
    levels.clear = better(clear ?? (levels.warning == threshold.warning ? threshold.clear : standard), levels.warning)
    return levels
  }
}

/// What one place of the fleet file says of thresholds, by their keys.
package typealias ThresholdChanges = [String: ThresholdChange]

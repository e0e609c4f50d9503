import Fleet

/// The levels of the stack's figures that no threshold of the fleet file is of.
enum StackLevels {
  static let steal = Threshold(warning: 0.10, critical: 0.30)
  /// Requests a second, below which a share of failed ones says nothing.
  static let fewestRequests = 0.2
  /// Seconds that one query has run.
  static let longQuery = Threshold(warning: 10, critical: 60)
  /// Shorter states are told without their duration.
  static let worthTelling = Duration.seconds(10)
}

extension Threshold {
  /// The severity of a figure; `nil` below both levels.
  func severity(_ value: Double?) -> Severity? {
    guard let value else { return nil }
    if isCritical(value) { return .critical }
    return isWarning(value) ? .warning : nil
  }
}

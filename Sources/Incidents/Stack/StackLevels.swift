import Fleet

/// The levels of the stack's figures that no threshold of the fleet file is of.
enum StackLevels {
  static let steal = Threshold(warning: 0.10, critical: 0.30)
  /// Requests a second, below which a share of failed ones says nothing.
  static let fewestRequests = 0.2
  /// Transactions that wait for a lock.
  static let lockWaiters = Threshold(warning: 1, critical: 5)
  /// Seconds that one query has run.
  static let longQuery = Threshold(warning: 10, critical: 60)
  /// Keys thrown out a second, with more misses than the fleet's level.
  static let evictions = Threshold(warning: 1, critical: 100)
  /// Seconds to the first byte.
  static let firstByte = Threshold(warning: 1, critical: 3)
  static let phpBusy = Threshold(warning: 0.85, critical: 1)
  static let connections = Threshold(warning: 0.80, critical: 0.95)
  static let serverErrors = Threshold(warning: 0.02, critical: 0.10)
  static let slowQueries = Threshold(warning: 0.2, critical: 5)
  /// Of its whole life, as left.
  static let certificate = Threshold(warning: 0.20, critical: 0.07)
  /// Shorter states are told without their duration.
  static let worthTelling = Duration.seconds(10)
}

extension Threshold {
  /// The severity of a figure of which more is worse; `nil` below both levels.
  func severity(_ value: Double?) -> Severity? {
    guard let value else { return nil }
    if value >= critical { return .critical }
    return value >= warning ? .warning : nil
  }
}

package import Fleet

/// How a pool of PHP-FPM is right now; `nil` is unknown.
package struct PHPFigures: Hashable, Sendable {
  package var pool: String?
  package var active: Int?
  package var idle: Int?
  package var total: Int?
  /// `pm.max_children`, from the pool's own configuration.
  package var limit: Int?
  /// Requests that wait for a worker.
  package var queue: Int?
  package var requestsPerSecond: Double?
  /// How often all workers were busy when one more was wanted, within the last five minutes.
  package var limitReached: Int?
  /// Slow requests within the last five minutes.
  package var slow: Int?
  /// The status page is off: counted from the processes, so who is busy is not known.
  package var isFromProcesses = false
  /// Why the status page is not used, and what would change that; `nil` where it is.
  package var whyProcesses: String?

  package init() {}

  /// Busy workers as a part of those that there may be.
  package var busy: Ratio? {
    guard let active, let limit, limit > 0 else { return nil }
    return Ratio(Double(active), of: Double(limit))
  }
}

package import Fleet

/// The levels of the stack's figures that no threshold of the fleet file is of.
package enum StackLevels {
  static let steal = Threshold(warning: 0.10, critical: 0.30)
  /// Requests a second, below which a share of failed ones says nothing.
  package static let fewestRequests = 0.2
  /// Seconds that one query has run.
  package static let longQuery = Threshold(warning: 10, critical: 60)
  /// Memory that the kernel gave a cache, to what it uses.
  package static let fragmentation = Threshold(warning: 1.5, critical: 3)
  /// Of less memory the share says nothing.
  package static let leastFragmented = ByteCount(16 << 20)
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

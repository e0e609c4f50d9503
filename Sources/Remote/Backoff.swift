internal import Fleet

/// How long to wait before the next try: from 1 to 30 seconds, doubling, with jitter, so that fifty hosts that were lost
/// together do not come back all at once.
package nonisolated struct Backoff: Hashable, Sendable {
  package private(set) var attempt = 0

  package static let longest = Duration.seconds(30)

  package init() {}

  /// The wait after one more failure.
  package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    attempt += 1
    let step = min(30, 1 << min(attempt - 1, 5))
    return .milliseconds(Int64(Double(step) * 1000 * Double.random(in: 0.7...1, using: &generator)))
  }

  /// After a connection that lasted.
  package mutating func reset() { attempt = 0 }
}

internal import Fleet

/// When a sampler was last heard of, and what its silence means.
nonisolated struct Pulse: Hashable {
  private let startedAt: Moment
  private var heardAt: Moment
  private var confirmedAt: Moment?
  private var beatAt: Moment?
  /// Set when it was found silent while something came all the same: what came may hold a sample.
  private var lastChance: Moment?

  /// To connect, and to say the first words.
  private static let opening = Duration.seconds(20)

  init(startedAt: Moment) {
    self.startedAt = startedAt
    heardAt = startedAt
  }

  var isConfirmed: Bool { confirmedAt != nil }

  /// When the last sign of life came.
  var last: Moment { beatAt ?? heardAt }

  func hasLasted(_ time: Duration, at now: Moment) -> Bool { confirmedAt.map { now - $0 >= time } ?? false }

  mutating func hear(at now: Moment) { heardAt = now }

  mutating func confirm(at now: Moment) {
    confirmedAt = now
    heardAt = now
  }

  mutating func beat(at now: Moment) {
    beatAt = now
    lastChance = nil
  }

  /// Whether figures are older than they should be.
  func isLate(_ interval: Duration, at now: Moment) -> Bool { isConfirmed && now >= lateAt(interval) }

  /// Whether it is taken for hung, or the host for dead, once nothing more is there to be read.
  func isSilent(_ interval: Duration, at now: Moment) -> Bool { now >= silentAt(interval) }

  /// Whether it is to be given up.
  /// - Parameter hasSpoken: whether something came now.
  mutating func isLost(_ interval: Duration, hasSpoken: Bool, at now: Moment) -> Bool {
    guard isSilent(interval, at: now) else { return false }
    if let lastChance { return now >= lastChance }
    if hasSpoken { lastChance = now + .seconds(2) }
    return !hasSpoken
  }

  /// When it has to be judged again.
  func deadline(_ interval: Duration, isLate: Bool) -> Moment {
    let silent = lastChance ?? silentAt(interval)
    return isConfirmed && !isLate ? min(silent, lateAt(interval)) : silent
  }

  private func lateAt(_ interval: Duration) -> Moment { last + max(interval * 3, .seconds(5)) }

  /// `ssh` itself notices a dead host after 9 seconds; this also finds a sampler that hangs on a host that lives.
  private func silentAt(_ interval: Duration) -> Moment {
    if let beatAt { return beatAt + max(interval * 5, .seconds(10)) }
    // Before the first sample it may have to wait for a slow container engine; noise alone is no connection.
    return isConfirmed ? heardAt + max(interval * 5, Self.opening) : startedAt + Self.opening
  }
}

import Fleet

/// What a cache has counted, at one moment, without the texts of its answer.
struct CacheCounters: Sendable {
  let at: Moment
  let uptime: UInt64?
  let hits: UInt64?
  let misses: UInt64?
  let commands: UInt64?
  let evicted: UInt64?
  let expired: UInt64?

  init(_ reading: CacheReading, at: Moment) {
    self.at = at
    uptime = reading.uptimeSeconds
    hits = reading.hits
    misses = reading.misses
    commands = reading.commands
    evicted = reading.evicted
    expired = reading.expired
  }

  /// Whether the server restarted, or its counters were reset, between this and the next.
  func startsAnew(with next: CacheCounters) -> Bool {
    ([\.uptime, \.hits, \.misses, \.commands, \.evicted, \.expired] as [KeyPath<Self, UInt64?>]).contains { field in
      guard let old = self[keyPath: field], let new = next[keyPath: field] else { return false }
      return new < old
    }
  }

  func growth(_ counter: KeyPath<CacheCounters, UInt64?>, since old: CacheCounters) -> Double? {
    guard let new = self[keyPath: counter], let old = old[keyPath: counter], new >= old else { return nil }
    return Double(new - old)
  }

  /// Of the look-ups since then; `nil` without any.
  func hitRatio(since old: CacheCounters) -> Ratio? {
    guard let hits = growth(\.hits, since: old), let misses = growth(\.misses, since: old) else { return nil }
    return Ratio(hits, of: hits + misses)
  }
}

/// The hits and misses of one cache during the last hour, coarse enough to cost little.
struct CacheHour: Sendable {
  static let length = Duration.seconds(3600)
  /// Between two that are kept: about forty in an hour.
  private static let step = Duration.seconds(90)

  private var kept: [CacheCounters] = []

  mutating func read(_ counters: CacheCounters) -> Ratio? {
    // One from before the hour stays, so that the window covers all of it; an older one than that says nothing of it.
    while kept.count > 1, counters.at - kept[1].at >= Self.length { kept.removeFirst() }
    if let first = kept.first, counters.at - first.at > Self.length + Self.step { kept.removeFirst() }
    defer { if kept.last.map({ counters.at - $0.at >= Self.step }) ?? true { kept.append(counters) } }
    return kept.first.flatMap { counters.hitRatio(since: $0) }
  }

  /// How long before `at` what is kept begins.
  func span(at: Moment) -> Duration { kept.first.map { at - $0.at } ?? .zero }
}

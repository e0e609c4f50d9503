import Fleet

/// The answers of one Redis during the last minute: rates are differences between them, never of a restart.
struct CacheWindow: Sendable {
  static let length = Duration.seconds(60)

  private var readings: [(reading: CacheReading, at: Moment)] = []

  /// Takes one answer in and gives the figures that now hold.
  mutating func read(_ reading: CacheReading, at: Moment) -> CacheFigures {
    var figures = CacheFigures(containerID: reading.containerID)
    figures.problem = reading.problem
    guard reading.problem == nil else {
      readings = []
      return figures
    }
    if let last = readings.last, at < last.at || last.reading.startsAnew(with: reading) { readings = [] }
    readings.append((reading, at))
    // One answer from before the minute stays, so that the window covers all of it.
    while readings.count > 2, at - readings[1].at >= Self.length { readings.removeFirst() }
    while readings.count > 256 { readings.remove(at: 1) }
    describe(reading, into: &figures)
    takeDifferences(to: reading, at: at, into: &figures)
    return figures
  }

  private func describe(_ reading: CacheReading, into figures: inout CacheFigures) {
    figures.usedMemory = reading.usedMemory
    figures.maxMemory = reading.maxMemory
    figures.policy = reading.policy
    figures.keys = reading.keys
    figures.clients = reading.clients
    figures.blockedClients = reading.blockedClients
    figures.version = reading.version
    if let hits = reading.hits, let misses = reading.misses {
      figures.lifetimeHitRatio = Ratio(Double(hits), of: Double(hits) + Double(misses))
    }
  }

  private func takeDifferences(to new: CacheReading, at: Moment, into figures: inout CacheFigures) {
    if let oldest = readings.first?.reading, let hits = new.growth(\.hits, from: oldest),
      let misses = new.growth(\.misses, from: oldest)
    {
      figures.hitRatio = Ratio(hits, of: hits + misses)
    }
    // Rates are of the newest answers; ones that arrived together, after a hang, say nothing of the time between.
    guard let previous = readings.last(where: { at - $0.at >= .seconds(1) }) else { return }
    let seconds = (at - previous.at).inSeconds
    func perSecond(_ counter: KeyPath<CacheReading, UInt64?>) -> Double? {
      new.growth(counter, from: previous.reading).flatMap { rate($0, over: seconds) }
    }
    figures.hitsPerSecond = perSecond(\.hits)
    figures.missesPerSecond = perSecond(\.misses)
    figures.commandsPerSecond = perSecond(\.commands)
    figures.evictedPerSecond = perSecond(\.evicted)
    figures.expiredPerSecond = perSecond(\.expired)
  }
}

extension CacheReading {
  /// Whether the server restarted, or its counters were reset, between this answer and the next.
  fileprivate func startsAnew(with next: CacheReading) -> Bool {
    if let runID, let nextID = next.runID, runID != nextID { return true }
    return ([\.uptimeSeconds, \.hits, \.misses, \.commands, \.evicted, \.expired] as [KeyPath<Self, UInt64?>])
      .contains { field in
        guard let old = self[keyPath: field], let new = next[keyPath: field] else { return false }
        return new < old
      }
  }

  fileprivate func growth(_ counter: KeyPath<CacheReading, UInt64?>, from old: CacheReading) -> Double? {
    guard let new = self[keyPath: counter], let old = old[keyPath: counter], new >= old else { return nil }
    return Double(new - old)
  }
}

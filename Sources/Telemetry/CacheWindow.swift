import Fleet

/// The answers of one cache during the last minute, and coarser ones of the last hour: rates are differences between
/// them, never of a restart.
struct CacheWindow: Sendable {
  static let length = Duration.seconds(60)

  private var readings: [CacheCounters] = []
  private var hour = CacheHour()
  /// The last answer before the present one, also where a refusal came between them.
  private var last: (runID: String?, counters: CacheCounters)?

  /// Takes one answer in and gives the figures that now hold.
  mutating func read(_ reading: CacheReading, at: Moment) -> CacheFigures {
    var figures = CacheFigures(containerID: reading.containerID)
    figures.engine = reading.engine
    figures.problem = reading.problem
    guard reading.problem == nil else {
      readings = []
      return figures
    }
    let counters = CacheCounters(reading, at: at)
    if !continues(with: reading, counters) {
      readings = []
      hour = CacheHour()
    }
    last = (reading.runID, counters)
    readings.append(counters)
    // One answer from before the minute stays, so that the window covers all of it.
    while readings.count > 2, at - readings[1].at >= Self.length { readings.removeFirst() }
    while readings.count > 256 { readings.remove(at: 1) }
    figures.describe(reading)
    takeDifferences(to: counters, into: &figures)
    figures.hitRatioHour = hour.read(counters)
    figures.hourSpan = hour.span(at: at)
    return figures
  }

  /// Whether its counters went on counting since the last answer.
  private func continues(with reading: CacheReading, _ counters: CacheCounters) -> Bool {
    guard let last else { return true }
    if counters.at < last.counters.at || last.counters.startsAnew(with: counters) { return false }
    if let old = last.runID, let new = reading.runID { return old == new }
    // After a refusal nobody knows what happened meanwhile, unless it says that it is still the same run.
    return !readings.isEmpty
  }

  private func takeDifferences(to new: CacheCounters, into figures: inout CacheFigures) {
    figures.hitRatio = readings.first.flatMap { new.hitRatio(since: $0) }
    // Rates are of the newest answers; ones that arrived together, after a hang, say nothing of the time between.
    guard let previous = readings.last(where: { new.at - $0.at >= .seconds(1) }) else { return }
    let seconds = (new.at - previous.at).inSeconds
    func perSecond(_ counter: KeyPath<CacheCounters, UInt64?>) -> Double? {
      new.growth(counter, since: previous).flatMap { rate($0, over: seconds) }
    }
    figures.hitsPerSecond = perSecond(\.hits)
    figures.missesPerSecond = perSecond(\.misses)
    figures.commandsPerSecond = perSecond(\.commands)
    figures.evictedPerSecond = perSecond(\.evicted)
    figures.expiredPerSecond = perSecond(\.expired)
  }
}

extension CacheFigures {
  /// Takes over what one answer says by itself.
  fileprivate mutating func describe(_ reading: CacheReading) {
    usedMemory = reading.usedMemory
    maxMemory = reading.maxMemory
    policy = reading.policy
    keys = reading.keys
    clients = reading.clients
    blockedClients = reading.blockedClients
    version = reading.version
    fragmentation = reading.fragmentation
    lastSaveFailed = reading.lastSaveFailed
    lastSave = reading.lastSave
    appendFailed = reading.appendFailed
    replication = reading.replication
    if let hits = reading.hits, let misses = reading.misses {
      lifetimeHitRatio = Ratio(Double(hits), of: Double(hits) + Double(misses))
    }
  }
}

import Fleet

/// The answers of one MariaDB, MySQL or PostgreSQL during the last five minutes.
struct DatabaseWindow: PartWindow {
  private var counters = CounterWindow(
    ["uptime", "queries", "slow", "lock-waits", "buffer-requests", "buffer-reads"], length: .seconds(300))

  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures {
    counters.read(reading, at: at)
    var figures = DatabaseFigures()
    figures.version = reading.text("version")
    figures.connections = reading.count("connections")
    figures.maxConnections = reading.count("max-connections")
    figures.running = reading.count("running")
    figures.queriesPerSecond = counters.perSecond("queries")
    figures.slowPerSecond = counters.perSecond("slow")
    figures.lockWaitsPerSecond = counters.perSecond("lock-waits")
    figures.waitingForLocks = reading.count("waiting")
    figures.bufferHits = bufferHits
    figures.longestQuery = reading.duration("longest")
    figures.longestText = reading.text("longest-text")
    if reading.flag("replica") == true, let isRunning = reading.flag("replica-running") {
      figures.replication = DatabaseFigures.Replication(isRunning: isRunning, lag: reading.duration("lag"))
    }
    figures.size = reading.bytes("size")
    return .database(figures)
  }

  /// Over five minutes, because few reads go to the disk between two answers.
  private var bufferHits: Ratio? {
    guard let requests = counters.change("buffer-requests"), let reads = counters.change("buffer-reads") else {
      return nil
    }
    return Ratio(max(0, requests - reads), of: requests)
  }
}

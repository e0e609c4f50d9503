import Fleet

/// The answers of one pool of PHP-FPM during the last five minutes.
struct PHPWindow: PartWindow {
  private var counters = CounterWindow(
    ["uptime", "accepted", "max-children-reached", "slow"], length: .seconds(300))

  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures {
    counters.read(reading, at: at)
    var figures = PHPFigures()
    figures.pool = reading.text("pool")
    figures.active = reading.count("active")
    figures.idle = reading.count("idle")
    figures.total = reading.count("total")
    figures.limit = reading.count("limit")
    figures.queue = reading.count("queue")
    figures.requestsPerSecond = counters.perSecond("accepted")
    figures.limitReached = counters.change("max-children-reached").flatMap { Int(exactly: $0) }
    figures.slow = counters.change("slow").flatMap { Int(exactly: $0) }
    figures.isFromProcesses = reading.text("source") == "processes"
    figures.whyProcesses = figures.isFromProcesses ? reading.text("why") : nil
    return .php(figures)
  }
}

import Fleet

/// The last answers of one Nginx or Apache; a rate needs two.
struct WebWindow: PartWindow {
  let isApache: Bool
  private var counters = CounterWindow(["uptime", "accepts", "requests"], length: .seconds(60))

  init(isApache: Bool) { self.isApache = isApache }

  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures {
    counters.read(reading, at: at)
    var figures = WebFigures()
    figures.active = reading.count(isApache ? "busy" : "active")
    figures.waiting = reading.count(isApache ? "idle" : "waiting")
    figures.reading = reading.count("reading")
    figures.writing = reading.count("writing")
    figures.requestsPerSecond = counters.perSecond("requests")
    return .web(figures)
  }
}

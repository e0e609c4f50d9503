import Fleet

/// What an access log said: each answer counts the lines since the one before, so that none has to be kept.
struct AccessLogWindow: PartWindow {
  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures {
    var figures = AccessLogFigures()
    if let seconds = reading.seconds("seconds") {
      func perSecond(_ field: String) -> Double? { reading.counter(field).flatMap { rate(Double($0), over: seconds) } }
      figures.requestsPerSecond = perSecond("requests")
      figures.clientErrorsPerSecond = perSecond("s4")
      figures.serverErrorsPerSecond = perSecond("s5")
    }
    return .accessLog(figures)
  }
}

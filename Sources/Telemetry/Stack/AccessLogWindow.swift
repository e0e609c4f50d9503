import Fleet

/// What an access log said: each answer counts the lines since the one before, so that none has to be kept.
struct AccessLogWindow: PartWindow {
  private struct Counts: Sendable {
    var seconds = 0.0
    var requests = 0.0
    var clientErrors = 0.0
    var serverErrors = 0.0
  }

  /// Over less time a single request would look like many.
  private static let shortest = 1.0

  /// What answers about too short a time counted, until there is enough of it.
  private var pending = Counts()
  private var figures = AccessLogFigures()

  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures {
    guard let seconds = reading.seconds("seconds"), let requests = reading.counter("requests") else {
      return .accessLog(AccessLogFigures())
    }
    pending.seconds += seconds
    pending.requests += Double(requests)
    pending.clientErrors += Double(reading.counter("s4") ?? 0)
    pending.serverErrors += Double(reading.counter("s5") ?? 0)
    guard pending.seconds >= Self.shortest else { return .accessLog(figures) }
    figures.requestsPerSecond = rate(pending.requests, over: pending.seconds)
    let hasStatus = reading.counter("s4") != nil && reading.counter("s5") != nil
    figures.clientErrorsPerSecond = hasStatus ? rate(pending.clientErrors, over: pending.seconds) : nil
    figures.serverErrorsPerSecond = hasStatus ? rate(pending.serverErrors, over: pending.seconds) : nil
    pending = Counts()
    return .accessLog(figures)
  }
}

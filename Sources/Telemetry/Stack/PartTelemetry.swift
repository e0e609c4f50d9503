package import Fleet

/// What is known of one part right now, by its kind. Caches have `CacheFigures` instead.
package enum PartFigures: Hashable, Sendable {
  case php(PHPFigures)
  case web(WebFigures)
  case accessLog(AccessLogFigures)
  case proxy(ProxyFigures)
  case database(DatabaseFigures)
}

/// One part that is asked: its figures, and the past of the one that matters most, one value per frame.
package struct PartTelemetry: Sendable {
  package let id: PartID
  package var problem: String?
  /// `nil` before the first answer, while there is a problem, and while the container does not run.
  package var figures: PartFigures?
  /// PHP: busy workers in ratios; web, proxy and access log: requests a second; database: queries a second.
  package var history: Series
  package var lastReading: Moment?
  /// Answers since its container was started, refusals included; rates need two.
  package private(set) var readingCount = 0
  private var window: (any PartWindow)?
  /// How often answers come, learnt from them, because the fleet file may ask seldom.
  private var pace = Duration.zero

  /// Without an answer for so long the figures are no longer those of now; three times its pace where that is longer.
  private static let patience = Duration.seconds(45)
  /// The slowest pace that a fleet file may ask for.
  private static let slowest = Duration.seconds(600)

  package init(id: PartID, capacity: Int) {
    self.id = id
    history = Series(capacity: capacity)
    window = id.kind.window
  }

  mutating func read(_ reading: PartReading, at: Moment) {
    if let lastReading { pace = min(Self.slowest, max(.zero, at - lastReading)) }
    lastReading = at
    readingCount += 1
    problem = reading.problem
    figures = reading.problem == nil ? window?.read(reading, at: at) : nil
  }

  /// Its container stopped or was started anew: what it said is of another run.
  mutating func forget() {
    (figures, problem, lastReading, readingCount, pace) = (nil, nil, nil, 0, .zero)
    window = id.kind.window
  }

  mutating func endFrame(at: Moment, missed: Int) {
    // What it refused it refuses still; only figures grow old.
    let patience = max(Self.patience, pace * 3)
    if figures != nil, let lastReading, at - lastReading > patience {
      figures = nil
      problem = "no answer for \(patience.short); it is asked all the same: see how busy its container and the host are"
    }
    history.append(figures?.mainValue, afterMissing: missed)
  }
}

extension Dictionary where Key == PartID, Value == PartTelemetry {
  mutating func take(_ reading: PartReading, capacity: Int, at: Moment) {
    if self[reading.id] == nil {
      guard count < Bound.parts else { return }
      self[reading.id] = PartTelemetry(id: reading.id, capacity: capacity)
    }
    self[reading.id]?.read(reading, at: at)
  }

  /// What is asked of one container keeps its history, and forgets its figures.
  mutating func forget(_ containerID: String) {
    for index in values.indices where values[index].id.containerID == containerID { values[index].forget() }
  }

  mutating func drop(_ containerID: String) {
    for id in keys where id.containerID == containerID { self[id] = nil }
  }

  mutating func endFrame(at: Moment, missed: Int) {
    for index in values.indices { values[index].endFrame(at: at, missed: missed) }
  }
}

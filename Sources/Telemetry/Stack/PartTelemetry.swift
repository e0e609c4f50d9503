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
  /// `nil` before the first answer, and while there is a problem.
  package var figures: PartFigures?
  /// PHP: busy workers in ratios; web, proxy and access log: requests a second; database: queries a second.
  package var history: Series
  package var lastReading: Moment?

  package init(id: PartID, capacity: Int) {
    self.id = id
    history = Series(capacity: capacity)
  }
}

/// How an Nginx or Apache is right now; `nil` is unknown.
package struct WebFigures: Hashable, Sendable {
  /// Open connections; Apache's busy workers.
  package var active: Int?
  package var reading: Int?
  package var writing: Int?
  /// Connections kept open between requests; Apache's idle workers.
  package var waiting: Int?
  package var requestsPerSecond: Double?

  package init() {}
}

/// What an access log said over the last answer's time; `nil` is unknown.
package struct AccessLogFigures: Hashable, Sendable {
  package var requestsPerSecond: Double?
  /// Answers with a status from 400 to 499.
  package var clientErrorsPerSecond: Double?
  /// Answers with a status from 500 on.
  package var serverErrorsPerSecond: Double?

  package init() {}
}

import Fleet

/// The last answers of one part: no more of them than its figures need, as numbers.
protocol PartWindow: Sendable {
  /// Takes an answer without a problem in, and gives the figures that now hold.
  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures
}

extension PartKind {
  /// `nil` for caches, which have a `CacheWindow`.
  var window: (any PartWindow)? {
    switch self {
    case .redis, .memcached: nil
    case .fpm: PHPWindow()
    case .nginx: WebWindow(isApache: false)
    case .apache: WebWindow(isApache: true)
    case .accesslog: AccessLogWindow()
    case .traefik: ProxyWindow()
    case .mysql, .postgres: DatabaseWindow()
    }
  }
}

extension PartFigures {
  /// The figure that a part's history keeps.
  var mainValue: Double? {
    switch self {
    case .php(let figures): figures.busy?.value
    case .web(let figures): figures.requestsPerSecond
    case .accessLog(let figures): figures.requestsPerSecond
    case .proxy(let figures): figures.requestsPerSecond
    case .database(let figures): figures.queriesPerSecond
    }
  }
}

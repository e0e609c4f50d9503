import Fleet

/// The last answers of one Traefik; its services and routers come and go, so each is compared by itself.
struct ProxyWindow: PartWindow {
  private var counters = CounterWindow(["requests", "s5"], length: .seconds(60))
  private var services = TrafficWindow(prefix: "service:")
  private var routers = TrafficWindow(prefix: "router:")

  mutating func read(_ reading: PartReading, at: Moment) -> PartFigures {
    counters.read(reading, at: at)
    var figures = ProxyFigures()
    figures.requestsPerSecond = counters.perSecond("requests")
    figures.serverErrorsPerSecond = counters.perSecond("s5")
    figures.routers = reading.count("routers")
    figures.routersInError = reading.count("routers-in-error")
    figures.routerInError = reading.fields["in-error"]
    figures.whyInError = reading.fields["why"]
    figures.servers = reading.count("servers")
    figures.serversDown = reading.count("servers-down")
    figures.traffic = services.read(reading, at: at)
    figures.routerTraffic = routers.read(reading, at: at)
    return .proxy(figures)
  }
}

/// What came to each service, or to each router.
private struct TrafficWindow: Sendable {
  private struct Totals: Sendable {
    var requests: UInt64
    var serverErrors: UInt64
  }

  let prefix: String
  private var last: [String: Totals] = [:]
  private var readAt: Moment?
  private var traffic: [ProxyFigures.Traffic] = []

  init(prefix: String) { self.prefix = prefix }

  mutating func read(_ reading: PartReading, at: Moment) -> [ProxyFigures.Traffic] {
    let seconds = readAt.map { (at - $0).inSeconds }
    // Answers that arrived together say nothing of the time between.
    if let seconds, 0..<1 ~= seconds { return traffic }
    var new: [String: Totals] = [:]
    for (key, value) in reading.fields where key.hasPrefix(prefix) {
      new[String(key.dropFirst(prefix.count))] = Self.totals(value)
    }
    traffic = new.map { name, totals in
      var traffic = ProxyFigures.Traffic(name: name)
      guard let old = last[name], let seconds, old.requests <= totals.requests,
        old.serverErrors <= totals.serverErrors
      else { return traffic }
      traffic.requestsPerSecond = rate(Double(totals.requests - old.requests), over: seconds)
      traffic.serverErrorsPerSecond = rate(Double(totals.serverErrors - old.serverErrors), over: seconds)
      return traffic
    }
    .sorted { ($1.requestsPerSecond ?? -1, $0.name) < ($0.requestsPerSecond ?? -1, $1.name) }
    last = new
    readAt = at
    return traffic
  }

  /// From `REQUESTS/S5`.
  private static func totals(_ text: String) -> Totals? {
    let parts = Array(text.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let requests = Figure.unsigned(parts[0], atMost: Bound.counter),
      let serverErrors = Figure.unsigned(parts[1], atMost: Bound.counter)
    else { return nil }
    return Totals(requests: requests, serverErrors: serverErrors)
  }
}

import Fleet
import Telemetry

// Figures of the parts of projects. A part that does not say how it is crosses no threshold: its row says why.
extension IncidentBook {
  mutating func watch(_ part: PartTelemetry, _ telemetry: HostTelemetry, _ at: Moment) {
    let id = part.id
    let host = telemetry.host
    let facts = telemetry.containers[id.containerID]?.facts
    let levels = self.levels[facts?.project, host]
    let who = facts.map { containers.words($0, on: host).who } ?? "a container"
    func words(_ text: String, _ peak: String? = nil) -> FigureWords {
      FigureWords(container: facts, service: id.kind.rawValue, text: text, peak: peak)
    }
    switch id.kind {
    case .fpm: watchPHP(part, levels, host, at, who, words)
    case .mysql, .postgres: watchDatabase(part, levels, host, at, who, { words($0) })
    case .accesslog, .traefik:
      // What a proxy's access log says is the same, and one is enough.
      let log = PartID(containerID: id.containerID, kind: .accesslog)
      if id.kind == .traefik, telemetry.parts[log]?.figures != nil { return }
      watchErrors(part, levels, host, at, who, { words($0) })
    case .redis, .memcached, .nginx, .apache: break
    }
  }

  private mutating func watchPHP(
    _ part: PartTelemetry, _ levels: Thresholds, _ host: HostName, _ at: Moment, _ who: String,
    _ words: (String, String?) -> FigureWords
  ) {
    var php: PHPFigures?
    if case .php(let figures)? = part.figures { php = figures }
    let object = part.id.containerID
    let cure = "look at its slowest requests, or raise pm.max_children"
    watch(Watch(figure: .phpBusy, object: object), php?.busy?.value, levels.phpBusy, host, at) { _ in
      let waiting = php?.queue.map { $0 > 0 ? ", \($0) waiting" : "" } ?? ""
      let workers = "\(php?.active ?? 0) of \(php?.limit ?? 0) workers"
      return words(
        "\(who) has \(workers) busy for \(levels.phpBusy.hold.short)\(waiting); \(cure)",
        "\(who) has \(workers) busy at most\(waiting); \(cure)")
    }
    watch(Watch(figure: .phpQueue, object: object), php?.queue.map(Double.init), levels.phpQueue, host, at) { queue in
      let workers = php?.limit.map { " of its \($0)" } ?? ""
      let requests = queue == 1 ? "1 request waits" : "\(Int(queue)) requests wait"
      return words("\(requests) for a worker\(workers) in \(who); \(cure)", nil)
    }
  }

  private mutating func watchDatabase(
    _ part: PartTelemetry, _ levels: Thresholds, _ host: HostName, _ at: Moment, _ who: String,
    _ words: (String) -> FigureWords
  ) {
    var database: DatabaseFigures?
    if case .database(let figures)? = part.figures { database = figures }
    let object = part.id.containerID
    let list = part.id.kind == .postgres ? "pg_stat_activity" : "SHOW PROCESSLIST"
    watch(
      Watch(figure: .databaseConnections, object: object), database?.full?.value, levels.databaseConnections, host, at
    ) { _ in
      let taken = "\(database?.connections ?? 0) of \(database?.maxConnections ?? 0) connections"
      return words("\(who) has \(taken) taken; \(list) says by whom, max_connections is the limit")
    }
    watch(
      Watch(figure: .databaseSlow, object: object), database?.slowPerSecond, levels.databaseSlow, host, at
    ) { slow in
      let number = SettingsValue.shown((slow * 10).rounded() / 10)
      return words("\(who) has \(number) slow queries a second; its log of slow queries says which")
    }
    watch(
      Watch(figure: .databaseLongest, object: object), database?.longestQuery?.inSeconds, levels.databaseLongest, host,
      at
    ) { longest in
      words("a query in \(who) has run for \(Duration.seconds(longest).short); \(list) says which")
    }
    let waiting = database?.waitingForLocks.map(Double.init)
    watch(Watch(figure: .databaseLocks, object: object), waiting, levels.databaseLocks, host, at) { waiting in
      let longest = database?.longestQuery.map { ", the longest query has run for \($0.short)" } ?? ""
      return words("\(Int(waiting)) transactions wait for locks in \(who)\(longest); \(list) says what holds them")
    }
    let lag = database?.replication.flatMap { $0.isRunning ? $0.lag?.inSeconds : Self.stopped }
    watch(Watch(figure: .replicationLag, object: object), lag, levels.replicationLag, host, at) { lag in
      if lag >= Self.stopped { return words("\(who) no longer follows its primary; its replication status says why") }
      let behind = Duration.seconds(lag).short
      return words("\(who) is \(behind) behind its primary; what reads from it reads old data")
    }
  }

  /// Seconds, more than any replica is behind: it no longer follows.
  private static let stopped = 1e9

  private mutating func watchErrors(
    _ part: PartTelemetry, _ levels: Thresholds, _ host: HostName, _ at: Moment, _ who: String,
    _ words: (String) -> FigureWords
  ) {
    var rates: (requests: Double?, errors: Double?) = (nil, nil)
    var worst: String?
    switch part.figures {
    case .accessLog(let log)?: rates = (log.requestsPerSecond, log.serverErrorsPerSecond)
    case .proxy(let proxy)?:
      rates = (proxy.requestsPerSecond, proxy.serverErrorsPerSecond)
      worst =
        proxy.traffic.filter { ($0.serverErrorsPerSecond ?? 0) > 0 }
        .max { ($0.serverErrorsPerSecond ?? 0) < ($1.serverErrorsPerSecond ?? 0) }?.name
    default: break
    }
    var share: Double?
    if let requests = rates.requests, let errors = rates.errors, requests >= Rules.fewestRequests {
      share = errors / requests
    }
    watch(Watch(figure: .serverErrors, object: part.id.containerID), share, levels.serverErrors, host, at) { share in
      let most = worst.map { ", most of them for \($0)" } ?? ""
      let answers = "\(Ratio(share).percent) of requests with a server error (5xx)"
      return words("\(who) answers \(answers)\(most); its log and that of what is behind it say why")
    }
  }
}

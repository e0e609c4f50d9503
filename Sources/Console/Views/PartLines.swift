import Fleet
import Incidents
import Surface
import Telemetry

/// A part's own figures as lines of its container's detail.
enum PartLines {
  static func lines(of id: ContainerID, in model: Model) -> [DetailText.Line] {
    guard let host = model.telemetry[id.host], let facts = model.facts(id),
      let role = model.fleet.role(of: facts, on: id.host), let sources = PartSources(id.id, as: role, in: host)
    else { return [] }
    let levels = model.levels(of: id)
    if let cache = sources.cache?.figures { return lines(of: cache, levels, at: model.now) }
    var lines: [DetailText.Line] = []
    if let php = sources.php { lines += self.lines(of: php, levels) }
    if let web = sources.web { lines += self.lines(of: web) }
    if let proxy = sources.proxy { lines += self.lines(of: proxy, levels) }
    if let log = sources.log { lines += self.lines(of: log, levels) }
    if let database = sources.database { lines += self.lines(of: database, levels) }
    for part in sources.asked {
      guard let problem = part.problem else { continue }
      let pieces = problem.split(separator: ";", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      lines += [.space, .heading("\(part.id.kind.rawValue): not known"), .fact("why", pieces.first ?? "", .warning)]
      if pieces.count > 1 { lines.append(.fact("do", pieces[1])) }
    }
    return lines
  }

  private static func count(_ value: Int?) -> String { value.map { "\($0)" } ?? "?" }

  private static func lines(of php: PHPFigures, _ levels: Thresholds) -> [DetailText.Line] {
    [
      .space, .heading("PHP-FPM, pool \(php.pool ?? "?")" + (php.isFromProcesses ? ", from its processes" : "")),
      .fact(
        "workers",
        "\(php.isFromProcesses ? "?" : count(php.active)) busy, \(count(php.total)) started, limit \(count(php.limit))",
        Tone.of(php.busy?.value, levels.phpBusy)),
      .fact("waiting", "\(count(php.queue)) requests", Tone.of(php.queue.map(Double.init), levels.phpQueue)),
      .fact("requests", "\(Words.rate(php.requestsPerSecond))/s"),
      .fact(
        "in 5 min", "limit reached \(count(php.limitReached)) times, \(count(php.slow)) slow requests",
        (php.limitReached ?? 0) > 0 ? .warning : .text),
    ]
  }

  private static func lines(of web: WebFigures) -> [DetailText.Line] {
    [
      .space, .heading("Connections"),
      .fact("active", "\(count(web.active)): \(count(web.writing)) answered, \(count(web.waiting)) kept open"),
      .fact("requests", "\(Words.rate(web.requestsPerSecond))/s"),
    ]
  }

  private static func lines(of log: AccessLogFigures, _ levels: Thresholds) -> [DetailText.Line] {
    [
      .space, .heading("Access log"), .fact("requests", "\(Words.rate(log.requestsPerSecond))/s"),
      .fact(
        "errors",
        "4xx \(Words.rate(log.clientErrorsPerSecond))/s, 5xx \(Words.rate(log.serverErrorsPerSecond))/s",
        errors(log.serverErrorsPerSecond, of: log.requestsPerSecond, levels)),
    ]
  }

  /// The tone of server errors, which is that of their share.
  private static func errors(_ errors: Double?, of requests: Double?, _ levels: Thresholds) -> Role {
    guard let errors, let requests, requests >= Rules.fewestRequests else { return .text }
    return Tone.of(Ratio(errors, of: requests)?.value, levels.serverErrors)
  }

  private static func lines(of proxy: ProxyFigures, _ levels: Thresholds) -> [DetailText.Line] {
    let broken = proxy.routersInError ?? 0
    var lines: [DetailText.Line] = [
      .space, .heading("Proxy"),
      .fact(
        "requests", "\(Words.rate(proxy.requestsPerSecond))/s, 5xx \(Words.rate(proxy.serverErrorsPerSecond))/s",
        errors(proxy.serverErrorsPerSecond, of: proxy.requestsPerSecond, levels)),
      .fact(
        "routers", "\(count(proxy.routers)), \(count(proxy.routersInError)) in error", broken > 0 ? .warning : .text),
    ]
    if let name = proxy.routerInError {
      lines.append(.fact("in error", name + (proxy.whyInError.map { ": \($0)" } ?? ""), .warning))
    }
    if let servers = proxy.servers {
      let down = proxy.serversDown ?? 0
      lines.append(.fact("servers", "\(servers), \(count(proxy.serversDown)) down", down > 0 ? .warning : .text))
    }
    return lines + traffic("service", proxy.traffic, levels) + traffic("router", proxy.routerTraffic, levels)
  }

  /// The busiest of a proxy's services or routers.
  private static func traffic(_ word: String, _ all: [ProxyFigures.Traffic], _ levels: Thresholds)
    -> [DetailText.Line]
  {
    all.prefix(8).map {
      .fact(
        word, "\($0.name) \(Words.rate($0.requestsPerSecond))/s, 5xx \(Words.rate($0.serverErrorsPerSecond))/s",
        errors($0.serverErrorsPerSecond, of: $0.requestsPerSecond, levels))
    }
  }

  private static func lines(of database: DatabaseFigures, _ levels: Thresholds) -> [DetailText.Line] {
    var lines: [DetailText.Line] = [
      .space, .heading("Database \(database.version ?? "")"),
      .fact(
        "clients",
        "\(count(database.connections)) of \(count(database.maxConnections)), \(count(database.running)) running",
        Tone.of(database.full?.value, levels.databaseConnections)),
      .fact(
        "queries", "\(Words.rate(database.queriesPerSecond))/s, slow \(Words.rate(database.slowPerSecond))/s",
        Tone.of(database.slowPerSecond, levels.databaseSlow)),
      .fact("buffers", "\(database.bufferHits?.percent ?? "?") of reads answered from memory"),
      .fact(
        "locks", "\(count(database.waitingForLocks)) wait, \(Words.rate(database.lockWaitsPerSecond)) waits/s",
        Tone.of(database.waitingForLocks.map(Double.init), levels.databaseLocks)),
      .fact(
        "longest", database.longestQuery.map { "\($0.short) \(database.longestText ?? "")" } ?? "?",
        Tone.of(database.longestQuery?.inSeconds, levels.databaseLongest)),
      .fact("size", database.size?.short ?? "?"),
    ]
    if let replication = database.replication {
      lines.append(
        .fact(
          "replica", replication.isRunning ? "runs, \(replication.lag?.short ?? "?") behind" : "stands still",
          replication.isRunning ? Tone.of(replication.lag?.inSeconds, levels.replicationLag) : .critical))
    }
    return lines
  }

  private static func lines(of cache: CacheFigures, _ levels: Thresholds, at now: Moment) -> [DetailText.Line] {
    let name = cache.engine.rawValue
    if let problem = cache.problem { return [.space, .heading(name), .fact("unknown", problem, .warning)] }
    let hasNoMaximum = cache.maxMemory?.bytes == 0
    // Of an hour that it has not been watched for, what there is.
    let isWhole = cache.hitRatioHour == nil || cache.hourSpan >= .seconds(3540)
    let span = isWhole ? "an hour" : cache.hourSpan.short
    var lines: [DetailText.Line] = [
      .space, .heading("\(name) \(cache.version ?? "")"),
      .fact(
        "hit rate",
        "\(cache.hitRatio?.percent ?? "?") over a minute, \(cache.hitRatioHour?.percent ?? "?") over \(span), "
          + "\(cache.lifetimeHitRatio?.percent ?? "?") ever",
        Tone.of(cache.hitRatio.map { 1 - $0.value }, levels.cacheMisses)),
      .fact("look-ups", "\(Words.rate(cache.hitsPerSecond)) hits/s, \(Words.rate(cache.missesPerSecond)) misses/s"),
      .fact(
        "memory",
        "\(cache.usedMemory?.short ?? "?") of \(Words.maximum(cache.maxMemory)), \(cache.policy ?? "?")"
          + (hasNoMaximum ? ": it may grow until the host has none left" : ""), hasNoMaximum ? .warning : .text),
    ]
    if let fragmentation = cache.fragmentation, cache.usedMemory ?? ByteCount(0) > Rules.leastFragmented {
      lines.append(
        .fact(
          "fragments", "\(fragmentation.percent) of what it uses",
          Tone.of(fragmentation.value, levels.cacheFragmentation)))
    }
    lines += [
      .fact(
        "evicted", "\(Words.rate(cache.evictedPerSecond))/s, expired \(Words.rate(cache.expiredPerSecond))/s",
        Tone.of(cache.evictedPerSecond, levels.cacheEvictions)),
      .fact("keys", cache.keys.map { "\($0)" } ?? "?"),
      .fact("clients", "\(count(cache.clients)), blocked \(count(cache.blockedClients))"),
    ]
    if let failed = cache.lastSaveFailed {
      let ago = cache.lastSave.map { "\(max(.zero, now - $0).short) ago" } ?? "?"
      lines.append(
        .fact("last save", failed ? "failed; the last good one was \(ago)" : ago, failed ? .critical : .text))
    }
    if cache.appendFailed == true { lines.append(.fact("append", "the last write to its file failed", .critical)) }
    if let replication = cache.replication, replication.isReplica {
      let isDown = replication.isLinkUp == false
      lines.append(
        .fact(
          "replica",
          isDown ? "its primary is not reached" : "heard of its primary \(replication.lag?.short ?? "?") ago",
          isDown ? .critical : .text))
    }
    return lines
  }
}

import Fleet
import Telemetry

/// One part while the rules look at it.
struct PartScene {
  var role: PartRole
  var id: ContainerID
  var sources: PartSources
  var levels: Thresholds

  var facts: ContainerFacts { sources.container.facts }

  func found(
    _ rule: Bottleneck, _ severity: Severity, excess: Double, _ text: String, lasting: String? = nil,
    detail: String = "", since: Moment? = nil
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, excess: excess, object: id.id, role: role, subject: role.words, text: text,
      lasting: lasting, detail: detail, since: since)
  }

  /// All that the rules find at it. A part that does not run is nothing else besides.
  func findings() -> [Finding] {
    if let down { return [down] }
    return [
      routerError, serverErrors, phpFull, cacheEvicting, databaseConnections, databaseLocks, databaseSlow, replication,
      unhealthy, cpuLimit, memoryLimit,
    ].compactMap { $0 }
  }

  private var down: Finding? {
    guard facts.state != .running else { return nil }
    let rule: Bottleneck =
      switch role {
      case .proxy: .proxyDown
      case .web: .webDown
      case .php: .phpDown
      case .application: .applicationDown
      case .cache: .cacheDown
      case .database: .databaseDown
      }
    let (verb, lasting) =
      switch facts.state {
      case .restarting: ("does not stay up", "has not stayed up")
      case .paused: ("is paused", "has been paused")
      case .created: ("was made, but never started", "has been there, but never started,")
      default: ("is stopped", "has been stopped")
      }
    var detail = facts.exitCode.map { "it ended with \($0)" } ?? ""
    if facts.oomKilled { detail += (detail.isEmpty ? "it was" : ",") + " killed for want of memory" }
    return found(
      rule, .critical, excess: 1000, " \(verb)", lasting: lasting, detail: detail,
      since: facts.state == .exited ? facts.finishedAt : nil)
  }

  private var routerError: Finding? {
    guard let proxy = sources.proxy, let errors = proxy.routersInError, errors > 0 else { return nil }
    let all = proxy.routers.map { " of \($0)" } ?? ""
    return found(
      .routerError, .warning, excess: Double(errors), ": \(errors)\(all) routers in error",
      detail: proxy.routerInError ?? "")
  }

  private var serverErrors: Finding? {
    guard let share = sources.serverErrors, let severity = levels.serverErrors.severity(share.value) else {
      return nil
    }
    // What is behind a proxy makes most of the errors that the proxy passes on, so that is named where both have them.
    return found(
      .serverErrors, severity, excess: role == .proxy ? 1 : 2,
      ": \(share.percent) of its answers are server errors (5xx)")
  }

  private var phpFull: Finding? {
    guard let php = sources.php, !php.isFromProcesses, let active = php.active else { return nil }
    let queue = php.queue ?? 0
    // Who waits proves it, also where the limit is not known.
    let busy = php.busy?.value ?? (queue > 0 ? 1 : 0)
    guard var severity = levels.phpBusy.severity(queue > 0 ? max(busy, levels.phpBusy.warning) : busy) else {
      return nil
    }
    if queue == 0 { severity = .warning }
    let limit = php.limit ?? php.total
    return found(
      .phpFull, severity, excess: Ratio(Double(active + queue), of: Double(limit ?? active))?.value ?? 1,
      ": \(active)\(limit.map { " of \($0)" } ?? "") workers busy" + (queue > 0 ? ", \(queue) waiting" : ""))
  }

  private var cacheEvicting: Finding? {
    guard let cache = sources.cache?.figures, let hits = cache.hitRatio, let evicted = cache.evictedPerSecond,
      let severity = levels.cacheEvictions.severity(evicted), let misses = levels.cacheMisses.severity(1 - hits.value)
    else { return nil }
    return found(
      .cacheEvicting, min(severity, misses), excess: 1 + (1 - hits.value),
      ": \(Int(evicted.rounded())) keys thrown out a second, hit rate \(hits.percent)")
  }

  private var databaseConnections: Finding? {
    guard let database = sources.database, let full = database.full, let connections = database.connections,
      let most = database.maxConnections, let severity = levels.databaseConnections.severity(full.value)
    else { return nil }
    return found(
      .databaseConnections, severity, excess: full.value / levels.databaseConnections.warning,
      ": \(connections) of \(most) connections used")
  }

  private var databaseLocks: Finding? {
    guard let waiting = sources.database?.waitingForLocks,
      let severity = levels.databaseLocks.severity(Double(waiting))
    else { return nil }
    let who = waiting == 1 ? "1 transaction waits" : "\(waiting) transactions wait"
    return found(.databaseLocks, severity, excess: 2 + Double(waiting), ": \(who) for a lock")
  }

  private var databaseSlow: Finding? {
    guard let database = sources.database else { return nil }
    if let longest = database.longestQuery?.inSeconds, let severity = levels.databaseLongest.severity(longest) {
      return found(
        .databaseSlow, severity, excess: longest / levels.databaseLongest.critical,
        ": a query has run for \(Duration.seconds(longest).spoken)", since: .distantFuture)
    }
    guard let slow = database.slowPerSecond, let severity = levels.databaseSlow.severity(slow) else { return nil }
    let each = slow >= 1 ? "\(Int(slow.rounded())) slow queries a second" : "\(Int(slow * 60)) slow queries a minute"
    return found(.databaseSlow, severity, excess: slow / levels.databaseSlow.critical, ": \(each)")
  }

  private var replication: Finding? {
    guard let replication = sources.database?.replication, !replication.isRunning else { return nil }
    return found(.replication, .critical, excess: 1, ": its replication stands still")
  }

  private var unhealthy: Finding? {
    facts.health == .unhealthy
      ? found(.unhealthy, .critical, excess: 1, " is unhealthy", lasting: "has been unhealthy") : nil
  }

  private var cpuLimit: Finding? {
    guard let throttled = sources.container.figures.throttled,
      let severity = levels.throttling.severity(throttled.value)
    else { return nil }
    return found(
      .cpuLimit, severity, excess: throttled.value / levels.throttling.warning,
      ": held back by its CPU limit in \(throttled.percent) of periods")
  }

  /// Caches and databases fill what they are given; that is no lack.
  private var memoryLimit: Finding? {
    guard role != .cache, role != .database, let memory = sources.memory,
      let severity = levels.containerMemory.severity(memory.value)
    else { return nil }
    return found(.memoryLimit, severity, excess: memory.value, ": \(memory.percent) of its memory limit used")
  }
}

extension Moment {
  /// Later than anything: a duration since then is never told.
  fileprivate static let distantFuture = Moment(milliseconds: .max)
}

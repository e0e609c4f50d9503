import Fleet
import Telemetry

/// How a part looks in a few words and in very few, and how near it is to its limit.
struct PartFace {
  var text = ""
  var short = "?"
  var load: Ratio?

  init(_ role: PartRole, _ sources: PartSources) {
    let facts = sources.container.facts
    guard facts.state == .running else {
      text = facts.exitCode.map { "\(facts.state.rawValue) with \($0)" } ?? facts.state.rawValue
      short = "down"
      return
    }
    switch role {
    case .php: take(sources.php)
    case .database: take(sources.database)
    case .cache: take(sources.cache?.figures)
    case .proxy, .web: takeRequests(sources)
    case .application: takeContainer(sources)
    }
  }

  private mutating func take(_ php: PHPFigures?) {
    guard let php else { return }
    if php.isFromProcesses {
      text = "\(php.total.map { "\($0)" } ?? "?")\(php.limit.map { " of \($0)" } ?? "") workers started"
      return
    }
    guard let active = php.active else { return }
    let queue = php.queue ?? 0
    load = php.busy
    text = "\(active)\(php.limit.map { " of \($0)" } ?? "") workers busy, \(php.queue.map { "\($0)" } ?? "?") waiting"
    short = "\(active)/\(php.limit.map { "\($0)" } ?? "?")" + (queue > 0 ? " +\(queue)" : "")
  }

  private mutating func take(_ database: DatabaseFigures?) {
    guard let database, let connections = database.connections else { return }
    load = database.full
    let most = database.maxConnections
    text = "\(connections)\(most.map { " of \($0)" } ?? "") connections"
    if let queries = database.queriesPerSecond { text += ", \(Self.rate(queries)) queries/s" }
    short = "\(connections)/\(most.map { "\($0)" } ?? "?")"
  }

  private mutating func take(_ cache: CacheFigures?) {
    guard let cache, cache.problem == nil else { return }
    if let used = cache.usedMemory, let most = cache.maxMemory {
      load = Ratio(Double(used.bytes), of: Double(most.bytes))
    }
    short = cache.hitRatio?.percent ?? "?"
    text = "hit rate \(cache.hitRatio?.percent ?? "not known: no look-ups in the last minute")"
    if let used = cache.usedMemory {
      let most = cache.maxMemory.map { $0.bytes == 0 ? ", no maximum" : " of \($0.short)" } ?? ""
      text += ", \(used.short)\(most)"
    }
  }

  private mutating func takeRequests(_ sources: PartSources) {
    if let web = sources.web, let active = web.active { text = "\(active) connections" }
    guard let requests = sources.requestsPerSecond else { return }
    short = "\(Self.rate(requests))/s"
    text = "\(Self.rate(requests)) requests/s" + (text.isEmpty ? "" : ", \(text)")
    if let errors = sources.serverErrors, errors.value > 0 { text += ", \(errors.percent) server errors" }
  }

  private mutating func takeContainer(_ sources: PartSources) {
    load = [sources.cpu, sources.memory].compactMap { $0 }.max()
    guard let cores = sources.container.figures.cpuCores else { return }
    text = "\(Self.rate(cores * 100))% of a core"
    if let memory = sources.container.figures.memory { text += ", \(memory.short)" }
    short = load?.percent ?? "\(Self.rate(cores * 100))%"
  }

  /// One decimal below ten.
  static func rate(_ value: Double) -> String {
    guard value.isFinite, value >= 0, value < 1e9 else { return "?" }
    if value >= 9.95 || value == 0 { return "\(Int(value.rounded()))" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

import Fleet
import Surface
import Telemetry

/// The Cache pane: each Redis found, with its hit rate over the last minute first.
enum CachesView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let rows = model.rows(.caches)
    let inside = ListPane.pane(.caches, model).draw(on: &frame, in: area)
    let table = Table(
      columns(model), count: rows.count, selected: model.selectedRow(.caches), offset: model[.caches].offset,
      isFocused: model.focus == .caches, emptyText: ListPane.emptyText(.caches, model)
    ) { index in
      guard case .cache(let id) = rows[index], let cache = model.telemetry[id.host]?.caches[id.id] else { return [] }
      return cells(of: cache, id, in: model)
    }
    table.draw(on: &frame, in: inside)
  }

  private static func columns(_ model: Model) -> [Table.Column] {
    let state = model[.caches]
    func order(_ key: SortKey, descending: Bool = false) -> Table.Order? {
      guard state.sort == key else { return nil }
      return state.isReversed != descending ? .descending : .ascending
    }
    return [
      .init("Redis", .flexible(min: 8, weight: 2, max: 22), order: order(.name)),
      .init("Hits", .fixed(5), .right, order: order(.hitRate)),
      .init("", .flexible(min: 6, weight: 2, max: 20), priority: 4),
      .init("Ever", .fixed(5), .right, priority: 3),
      .init("Ops/s", .fixed(5), .right, priority: 1),
      .init("Memory", .fixed(6), .right, order: order(.memory, descending: true)),
      .init("/max", .fixed(5), .left, priority: 1),
      .init("Evict/s", .fixed(7), .right, priority: 2),
      .init("Keys", .fixed(5), .right, priority: 5),
      .init("Cl", .fixed(3), .right, priority: 6),
    ]
  }

  private static func cells(of cache: CacheTelemetry, _ id: ContainerID, in model: Model) -> [Table.Content] {
    let figures = cache.figures
    let isLive = model.knowsContainers(of: id.host)
    func tone(_ role: Role) -> Role { isLive ? role : .stale }
    let title = Table.Content.text(name(of: id, in: model), tone(.text))
    if let problem = figures.problem { return [title, .empty, .text(problem, .warning)] }
    let levels = model.levels(of: id)
    let evicts = tone(Tone.of(figures.evictedPerSecond, levels.cacheEvictions))
    let fill: Ratio? = figures.maxMemory.flatMap { maximum in
      figures.usedMemory.flatMap { Ratio(Double($0.bytes), of: Double(maximum.bytes)) }
    }
    return [
      title,
      .text(figures.hitRatio?.percent ?? "?", tone(hits(figures.hitRatio, levels.cacheMisses))),
      .sparkline(Sparkline(cache.hitHistory.recent(40), top: 1, tone(.cache))),
      .text(figures.lifetimeHitRatio?.percent ?? "?", tone(.muted)),
      .text(Words.rate(figures.commandsPerSecond), tone(figures.commandsPerSecond == nil ? .unknown : .text)),
      .text(
        figures.usedMemory?.short ?? "?", fill.map { $0.value >= 0.95 ? evicts : tone(.text) } ?? tone(.text)),
      .text(maximum(figures.maxMemory), tone(.muted)),
      .text(Words.rate(figures.evictedPerSecond), evicts),
      .text(figures.keys.map(Words.count) ?? "?", tone(.text)),
      .text(figures.clients.map { "\($0)" } ?? "?", tone(.text)),
    ]
  }

  /// The project, which is what a person knows a cache by; its service too, where the project has several.
  private static func name(of id: ContainerID, in model: Model) -> String {
    guard let facts = model.facts(id) else { return String(id.id.prefix(12)) }
    let service = facts.service ?? facts.name
    let siblings = model.telemetry[id.host]?.caches.keys.count { key in
      model.telemetry[id.host]?.containers[key]?.facts.project == facts.project
    }
    let name = facts.project.map { siblings ?? 1 > 1 ? "\($0) \(service)" : $0 } ?? service
    return model.showsAllHosts ? "\(id.host) \(name)" : name
  }

  private static func maximum(_ bytes: ByteCount?) -> String {
    guard let bytes else { return "" }
    return bytes.bytes == 0 ? "/none" : "/" + bytes.short
  }

  /// Thresholds are of misses, because more is worse for every threshold.
  private static func hits(_ ratio: Ratio?, _ misses: Threshold) -> Role {
    Tone.of(ratio.map { Ratio(1 - $0.value) }, misses, calm: .good)
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

/// The Containers pane: of the selected host or of all, grouped by project.
enum ContainersView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let rows = model.rows(.containers)
    let inside = ListPane.pane(.containers, model).draw(on: &frame, in: area)
    let table = Table(
      columns(model, width: inside.width), count: rows.count, selected: model.selectedRow(.containers),
      offset: model[.containers].offset, isFocused: model.focus == .containers,
      emptyText: ListPane.emptyText(.containers, model)
    ) { index in
      guard case .container(let id) = rows[index], let container = model.telemetry[id.host]?.containers[id.id] else {
        return []
      }
      return cells(of: container, id, in: model)
    }
    table.draw(on: &frame, in: inside)
  }

  private static func columns(_ model: Model, width: Int) -> [Table.Column] {
    let state = model[.containers]
    func order(_ key: SortKey, descending: Bool = false) -> Table.Order? {
      guard state.sort == key else { return nil }
      return state.isReversed != descending ? .descending : .ascending
    }
    var columns: [Table.Column] = [
      .init("Project", .flexible(min: 8, weight: 2, max: 20), order: order(.standard)),
      .init("Service", .flexible(min: 8, weight: 3, max: 28), order: order(.name)),
      .init("State", .fixed(10), order: order(.state)),
      .init("CPU", .flexible(min: 5, weight: 1, max: 14), .right, order: order(.cpu, descending: true)),
      .init("/limit", .fixed(6), .left, priority: 3),
      .init("", .flexible(min: 6, weight: 1, max: 14), priority: 7),
      .init("Memory", .flexible(min: 6, weight: 1, max: 14), .right, order: order(.memory, descending: true)),
      .init("/limit", .fixed(6), .left, priority: 1),
      .init("Thr", .fixed(4), .right, priority: 4),
      .init("In/s", .fixed(5), .right, priority: 6),
      .init("Out/s", .fixed(5), .right, priority: 6),
      .init("Rst", .fixed(3), .right, priority: 2, order: order(.restarts, descending: true)),
      .init("Tag", .flexible(min: 7, weight: 1, max: 16), priority: 5),
      .init("Age", .fixed(4), .right, priority: 2, order: order(.age)),
    ]
    if model.showsAllHosts { columns.insert(.init("Host", .flexible(min: 7, weight: 1, max: 14)), at: 0) }
    return columns
  }

  private static func cells(of container: ContainerTelemetry, _ id: ContainerID, in model: Model) -> [Table.Content] {
    let facts = container.facts
    let figures = container.figures
    let levels = model.levels(of: id)
    let isLive = model.knowsContainers(of: id.host)
    let runs = facts.state == .running
    func tone(_ role: Role) -> Role { isLive ? (runs ? role : .muted) : .stale }
    // What does not run uses nothing, and that is no unknown figure.
    func word(_ text: String?) -> String { runs ? text ?? "?" : "–" }
    let cpuRatio = Tone.cpuRatio(container)
    let memoryRatio = Tone.memoryRatio(container)
    let cpuRole = tone(figures.cpuCores == nil ? .unknown : Tone.of(cpuRatio, levels.cpu, calm: .cpu, unlimited: .cpu))
    let memoryRole = tone(
      figures.memory == nil
        ? .unknown : Tone.of(memoryRatio, levels.containerMemory, calm: .memory, unlimited: .memory))
    var cells: [Table.Content] = [
      .text(facts.project ?? "–", tone(facts.project == nil ? .muted : .text)),
      .spans(
        (model.marks.contains(id) ? [Span("● ", Style(.warning, bold: true))] : [])
          + [Span(facts.service ?? facts.name, Style(tone(.text), bold: true))] + replica(facts)),
      .text(model.isDockerSilent(on: id.host) ? "?" : Words.state(facts), isLive ? Tone.of(facts) : .stale),
      .text(word(figures.cpuCores.map(Words.cores)), cpuRole),
      .text(facts.cpuLimit.map { "/" + Words.decimal($0) } ?? "", .muted),
      .sparkline(Sparkline(container.cpuHistory.recent(28), top: facts.cpuLimit, tone(.cpu))),
      .text(word(figures.memory?.short), memoryRole),
      .text(facts.memoryLimit.map { "/" + $0.short } ?? "", .muted),
      .text(
        word(throttling(container)),
        tone(Tone.of(figures.throttled, levels.throttling, calm: .muted, unlimited: .muted))),
      .text(word(figures.network.map { Words.throughput($0.incoming) }), tone(.text)),
      .text(word(figures.network.map { Words.throughput($0.outgoing) }), tone(.text)),
      .text("\(facts.restartCount)", tone(facts.restartCount > 0 ? .warning : .muted)),
      .text(facts.tag, tone(.muted)),
      .text(age(of: facts, at: model.now), tone(.muted)),
    ]
    if model.showsAllHosts { cells.insert(.text(id.host.text, Tone.of(model.environment(of: id.host))), at: 0) }
    return cells
  }

  /// The number that Compose gives each container of a scaled service.
  private static func replica(_ facts: ContainerFacts) -> [Span] {
    facts.replica.map { $0.number > 1 ? [Span(" \($0.number)", .muted)] : [] } ?? []
  }

  /// A container without a CPU limit can't be throttled.
  private static func throttling(_ container: ContainerTelemetry) -> String? {
    if container.facts.cpuLimit == nil { return "" }
    return container.figures.throttled?.percent
  }

  /// Since it was started, or since it ended.
  private static func age(of facts: ContainerFacts, at now: Moment) -> String {
    let since = facts.state == .running ? facts.startedAt : facts.finishedAt ?? facts.startedAt
    return since.map { max(.zero, now - $0).short } ?? "?"
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

/// The Hosts pane: a row a host, with its age, its figures and the worst thing about it.
enum HostsView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let rows = model.rows(.hosts)
    let inside = ListPane.pane(.hosts, model).draw(on: &frame, in: area)
    let lines = model.hintLines
    let (hint, body) = inside.split(bottom: min(lines.count, max(0, inside.height - 2)))
    let wide = area.width >= 110
    let table = Table(
      columns(model, wide: wide), count: rows.count, selected: model.selectedRow(.hosts),
      offset: model[.hosts].offset, isFocused: model.focus == .hosts, emptyText: ListPane.emptyText(.hosts, model)
    ) { index in
      guard case .host(let name) = rows[index], let host = model.fleet.host(name) else { return [] }
      return cells(of: host, in: model)
    }
    table.draw(on: &frame, in: body)
    for (line, text) in lines.prefix(hint.height).enumerated() {
      frame.put(text, x: hint.x + 1, y: hint.y + line, Style(.muted), limit: hint.width - 1)
    }
  }

  private static func columns(_ model: Model, wide: Bool) -> [Table.Column] {
    let state = model[.hosts]
    func order(_ key: SortKey, descending: Bool = false) -> Table.Order? {
      guard state.sort == key else { return nil }
      return state.isReversed != descending ? .descending : .ascending
    }
    return [
      .init("Host", .flexible(min: 9, weight: 1, max: 24), order: order(.name)),
      .init("Env", .fixed(4), priority: 2),
      .init("State", .fixed(11)),
      .init("CPU", .flexible(min: wide ? 10 : 5, weight: 1, max: 16), .right, order: order(.cpu, descending: true)),
      .init("", .flexible(min: 6, weight: 1, max: 16), priority: 6),
      .init(
        "Memory", .flexible(min: wide ? 10 : 6, weight: 1, max: 16), .right, priority: 1,
        order: order(.memory, descending: true)),
      .init("", .flexible(min: 6, weight: 1, max: 16), priority: 8),
      .init("Load", .fixed(5), .right, priority: 5),
      .init("Disk", .fixed(4), .right, priority: 3),
      .init("In/s", .fixed(5), .right, priority: 7),
      .init("Out/s", .fixed(5), .right, priority: 7),
      .init("Ctrs", .fixed(5), .right, priority: 4),
      .init("Worst", .flexible(min: wide ? 24 : 10, weight: 4), order: order(.severity, descending: true)),
    ]
  }

  private static func cells(of host: Host, in model: Model) -> [Table.Content] {
    guard let telemetry = model.telemetry[host.name] else { return [] }
    let condition = model.condition(of: host.name)
    let figures = telemetry.figures
    // What is old is drawn as old, whatever it said when it was new.
    func tone(_ role: Role) -> Role { condition.isLive ? role : .stale }
    let levels = model.fleet.thresholds(for: host.name)
    let cpu = tone(Tone.of(figures.cpu, levels.cpu, calm: .cpu))
    let memoryRatio = figures.memory?.usedRatio
    let memory = tone(Tone.of(memoryRatio, levels.memory, calm: .memory))
    let disk = figures.fullest?.usedRatio
    return [
      .spans([Span(host.name.text, Style(tone(.text), bold: true))]),
      .text(host.environment.rawValue, Tone.of(host.environment)),
      .spans([Span(condition.short, Tone.of(condition)), age(of: host.name, condition, model)]),
      .measure(Gauge(figures.cpu?.value, cpu), Span(figures.cpu?.percent ?? "?", cpu)),
      .sparkline(Sparkline(telemetry.cpuHistory.recent(32), top: 1, tone(.cpu))),
      .measure(Gauge(memoryRatio?.value, memory), Span(memoryRatio?.percent ?? "?", memory)),
      .sparkline(Sparkline(telemetry.memoryHistory.recent(32), top: 1, tone(.memory))),
      .text(Words.load(figures.load), tone(load(figures))),
      .text(disk?.percent ?? "?", tone(Tone.of(disk, levels.disk))),
      .text(Words.throughput(figures.network?.incoming), tone(figures.network == nil ? .unknown : .text)),
      .text(Words.throughput(figures.network?.outgoing), tone(figures.network == nil ? .unknown : .text)),
      .text(Words.running(telemetry, isLive: condition.isLive), tone(containers(telemetry))),
      worst(of: host.name, condition, telemetry, in: model),
    ]
  }

  /// Every figure has an age; of a host that is live it stands beside the word.
  private static func age(of host: HostName, _ condition: Condition, _ model: Model) -> Span {
    guard condition.isLive, let age = model.age(of: host) else { return Span("", .muted) }
    return Span(" \(age.short)", .muted)
  }

  /// More waiting than cores is a warning, four times as much critical.
  private static func load(_ figures: HostFigures) -> Role {
    guard let load = figures.load else { return .unknown }
    let cores = Double(max(1, figures.cores.count))
    if load.one >= 4 * cores { return .critical }
    return load.one > cores ? .warning : .text
  }

  private static func containers(_ telemetry: HostTelemetry) -> Role {
    if telemetry.capabilities[.docker]?.isAvailable != true { return .unknown }
    return telemetry.containers.values.allSatisfy { $0.facts.state == .running } ? .text : .warning
  }

  /// Why it says nothing, else its worst incident, else what it can't tell.
  private static func worst(
    of host: HostName, _ condition: Condition, _ telemetry: HostTelemetry, in model: Model
  ) -> Table.Content {
    if let reason = condition.reason {
      // That it is being connected stands beside it.
      let age = condition.word == "connecting" ? model.ageing(of: host) : nil
      return .text([age, reason, condition.cure].compactMap { $0 }.joined(separator: "; "), Tone.of(condition))
    }
    if let incident = model.incidents.worst(for: host) {
      return .text(incident.brief(besides: .host), Tone.of(incident.severity))
    }
    if let missing = telemetry.missing.first(where: { $0.name != .pressure && $0.name != .sudo }) {
      return .text("\(missing.name.rawValue): \(missing.reason)", .muted)
    }
    if model.waitsForDocker(on: host) { return .text(Words.waitsForDocker, .unknown) }
    return condition.isLive ? .text("all well", .good) : .empty
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

/// One container on the whole screen: what it is, what it uses against its limits, its charts and its incidents.
enum ContainerDetailView {
  static func draw(_ model: Model, _ id: ContainerID, on frame: inout Frame, in area: Rect) {
    guard let container = model.telemetry[id.host]?.containers[id.id] else {
      let inside = Pane(String(id.id.prefix(12)), isFocused: true).draw(on: &frame, in: area)
      frame.put("\(id.host) no longer has this container", x: inside.x + 1, y: inside.y, Style(.warning))
      return
    }
    let facts = container.facts
    let condition = model.condition(of: id.host)
    let pane = Pane(
      facts.name, count: "on \(id.host) (\(model.environment(of: id.host).rawValue))",
      note: [Span(Words.state(facts), condition.isLive ? Tone.of(facts) : .stale)], isFocused: true)
    let inside = pane.draw(on: &frame, in: area).inset(x: 1)
    let (left, right) = DetailText.split(inside)
    DetailText.draw(lines(of: id, in: model), offset: model.detailOffset, on: &frame, in: left)
    let figures = container.figures
    var charts = [
      ChartStack.Entry(
        title: "CPU \(Words.cores(figures.cpuCores))"
          + (facts.cpuLimit.map { " of \(Words.decimal($0)) cores" } ?? " cores, no limit"),
        series: container.cpuHistory, top: facts.cpuLimit, role: .cpu, unit: .cores),
      ChartStack.Entry(
        title: "Memory \(figures.memory?.short ?? "?")" + (facts.memoryLimit.map { " of \($0.short)" } ?? ", no limit"),
        series: container.memoryHistory, top: facts.memoryLimit.map { Double($0.bytes) }, role: .memory, unit: .bytes),
    ]
    if let cache = model.telemetry[id.host]?.caches[id.id] {
      charts.append(
        ChartStack.Entry(
          title: "Hit rate over a minute \(cache.figures.hitRatio?.percent ?? "?")", series: cache.hitHistory, top: 1,
          role: .cache, unit: .ratio))
    }
    for part in model.telemetry[id.host]?.parts.values.filter({ $0.id.containerID == id.id && $0.figures != nil }) ?? []
    {
      charts.append(
        ChartStack.Entry(
          title: part.id.kind == .fpm ? "Busy workers" : part.id.kind.isDatabase ? "Queries/s" : "Requests/s",
          series: part.history, top: part.id.kind == .fpm ? 1 : nil, role: .network,
          unit: part.id.kind == .fpm ? .ratio : .plain))
    }
    ChartStack.draw(
      charts, interval: model.fleet.defaults.interval, on: &frame,
      in: Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height))
  }

  static func lines(of id: ContainerID, in model: Model) -> [DetailText.Line] {
    guard let container = model.telemetry[id.host]?.containers[id.id] else { return [] }
    let condition = model.condition(of: id.host)
    let facts = container.facts
    let figures = container.figures
    var lines: [DetailText.Line] = [
      .fact("state", state(facts, at: model.now), condition.isLive ? Tone.of(facts) : .stale)
    ]
    if let reason = condition.reason { lines.append(.fact("host", reason, .stale)) }
    lines += [
      .fact("project", facts.project ?? "not of a Compose project"),
      .fact("service", facts.service ?? "–"),
      .fact("image", facts.image),
      .fact("id", String(facts.id.prefix(12))),
      .fact("ports", facts.ports.joined(separator: " ")),
      .fact(
        "restarts", "\(facts.restartCount), policy \(facts.restartPolicy.isEmpty ? "no" : facts.restartPolicy)",
        facts.restartCount > 0 ? .warning : .text),
      .fact("directory", facts.composeDirectory ?? "–"),
      .space,
      .fact(
        "CPU",
        "\(Words.cores(figures.cpuCores)) cores, "
          + (facts.cpuLimit.map { "limit \(Words.decimal($0))" } ?? "no limit"),
        Tone.of(Tone.cpuRatio(container), model.levels(of: id).cpu, unlimited: .text)),
      .fact(
        "memory", (figures.memory?.short ?? "?") + (facts.memoryLimit.map { " of \($0.short)" } ?? ", no limit"),
        Tone.of(Tone.memoryRatio(container), model.levels(of: id).containerMemory, unlimited: .text)),
      .fact(
        "throttled",
        facts.cpuLimit == nil ? "never: no CPU limit" : figures.throttled.map { "in \($0.percent) of periods" } ?? "?"),
      .fact("processes", figures.processes.map { "\($0)" } ?? "?"),
      .fact("OOM kills", figures.oomKills.map { "\($0)" } ?? "?", (figures.oomKills ?? 0) > 0 ? .critical : .text),
      .fact(
        "network",
        "in \(Words.throughput(figures.network?.incoming))/s, out \(Words.throughput(figures.network?.outgoing))/s"),
      .fact(
        "disk I/O",
        "read \(Words.throughput(figures.blockIO?.incoming))/s, written \(Words.throughput(figures.blockIO?.outgoing))/s"
      ),
    ]
    lines += PartLines.lines(of: id, in: model)
    return lines
      + DetailText.lines(
        of: model.incidents.incidents.filter { $0.key.host == id.host && $0.container == facts.name }, at: model.now)
  }

  private static func state(_ facts: ContainerFacts, at now: Moment) -> String {
    var words = [facts.state.rawValue]
    if let health = facts.health, facts.state == .running { words.append(health.rawValue) }
    if let code = facts.exitCode, facts.state != .running { words.append("with \(code)") }
    if facts.oomKilled { words.append("killed for want of memory") }
    let since = facts.state == .running ? facts.startedAt : facts.finishedAt
    if let since { words.append("for \(max(.zero, now - since).short)") }
    return words.joined(separator: ", ")
  }
}

extension PartKind {
  fileprivate var isDatabase: Bool { self == .mysql || self == .postgres }
}

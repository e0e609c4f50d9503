import Fleet
import Incidents
import Surface
import Telemetry

/// One host on the whole screen: what it is, what it does, its charts, and what it can't tell.
enum HostDetailView {
  static func draw(_ model: Model, _ name: HostName, on frame: inout Frame, in area: Rect) {
    guard let telemetry = model.telemetry[name] else { return }
    let condition = model.condition(of: name)
    let pane = Pane(
      name.text, count: model.environment(of: name).rawValue,
      note: [Span(condition.short, Tone.of(condition))], isFocused: true)
    let inside = pane.draw(on: &frame, in: area).inset(x: 1)
    let (left, right) = DetailText.split(inside)
    DetailText.draw(lines(of: name, in: model), offset: model.detailOffset, on: &frame, in: left)
    let charts = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
    ChartStack.draw(
      HostCharts.Figure.allCases.map { HostCharts.entry($0, telemetry) }, interval: model.fleet.defaults.interval,
      on: &frame, in: charts)
  }

  static func lines(of name: HostName, in model: Model) -> [DetailText.Line] {
    guard let host = model.fleet.host(name), let telemetry = model.telemetry[name] else { return [] }
    let condition = model.condition(of: name)
    let figures = telemetry.figures
    let levels = model.fleet.thresholds(for: name)
    var lines: [DetailText.Line] = [
      .fact("state", condition.short + (condition.reason.map { ": \($0)" } ?? ""), Tone.of(condition))
    ]
    if let cure = condition.cure { lines.append(.fact("do", cure, .text)) }
    lines += [
      .fact("age", model.age(of: host.name).map { "\($0.short), \(telemetry.frameCount) samples" } ?? "no sample yet"),
      .fact("address", address(of: host)),
      .fact("is", [host.kind?.rawValue, host.tags.joined(separator: " ")].compactMap { $0 }.joined(separator: " ")),
      .fact("system", telemetry.hello.map { "\($0.hostname), Linux \($0.kernel)" } ?? "?"),
      .fact("up", figures.uptime?.short ?? "?"),
      .fact(
        "clock", clock(figures.clockSkew), Tone.of(figures.clockSkew.map { abs($0.inSeconds) }, levels.clock)),
      .space,
      .fact(
        "cores",
        figures.cores.isEmpty
          ? "?"
          : "\(figures.cores.count): " + figures.cores.prefix(16).map { $0?.percent ?? "?" }.joined(separator: " ")),
      .fact("steal", figures.steal?.percent ?? "?", Tone.of(figures.steal, levels.steal)),
      .fact("I/O wait", figures.ioWait?.percent ?? "?"),
      .fact(
        "load",
        figures.load.map { "\(Words.decimal($0.one)) \(Words.decimal($0.five)) \(Words.decimal($0.fifteen))" } ?? "?"),
      .fact(
        "memory", figures.memory.map { "\($0.used.short) of \($0.total.short)" } ?? "?",
        Tone.of(figures.memory?.usedRatio, levels.memory)),
      .fact("swap", swap(figures.memory), Tone.of(figures.memory?.swapRatio, levels.swap, unlimited: .muted)),
      .fact("pressure", pressure(figures.pressure)),
      .fact(
        "network",
        "in \(Words.throughput(figures.network?.incoming))/s, out \(Words.throughput(figures.network?.outgoing))/s"),
      .fact(
        "disk I/O",
        "read \(Words.throughput(figures.diskIO?.incoming))/s, written \(Words.throughput(figures.diskIO?.outgoing))/s, busy \(figures.diskBusy?.percent ?? "?")"
      ),
      .space,
    ]
    for disk in figures.filesystems {
      lines.append(
        .fact(
          disk.mount,
          "\(disk.usedRatio?.percent ?? "?") of \(disk.total.short), \(disk.available.short) left"
            + (disk.fullIn.map { ", full in \($0.short)" } ?? ""),
          Tone.of(disk.usedRatio, levels.disk)))
    }
    if figures.filesystems.isEmpty { lines.append(.fact("disks", "?", .unknown)) }
    let missing = telemetry.missing
    if !missing.isEmpty {
      lines += [.space, .heading("What it can't tell")]
      lines += missing.map { .fact($0.name.rawValue, $0.reason, .muted) }
    }
    return lines + DetailText.lines(of: model.incidents.incidents.filter { $0.key.host == host.name }, at: model.now)
  }

  private static func address(of host: Host) -> String {
    switch host.connection {
    case .local: "this machine"
    case .ssh(let destination): "ssh \(destination)"
    case .command(let words): ShellWord.line(words)
    }
  }

  private static func clock(_ skew: Duration?) -> String {
    guard let skew else { return "?" }
    let seconds = skew.inSeconds
    if abs(seconds) < 1 { return "right" }
    return "\(Words.decimal(abs(seconds))) s \(seconds > 0 ? "ahead of" : "behind") ours"
  }

  private static func swap(_ memory: MemoryFigures?) -> String {
    guard let memory else { return "?" }
    return memory.swapTotal.bytes == 0 ? "none" : "\(memory.swapUsed.short) of \(memory.swapTotal.short)"
  }

  private static func pressure(_ pressure: PressureFigures?) -> String {
    guard let pressure else { return "? (the kernel keeps none)" }
    return "CPU \(pressure.cpuSome?.percent ?? "?"), memory \(pressure.memorySome?.percent ?? "?"), "
      + "I/O \(pressure.ioSome?.percent ?? "?")"
  }
}

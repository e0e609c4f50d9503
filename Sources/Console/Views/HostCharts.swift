import Fleet
import Surface
import Telemetry

/// The charts of one host: on its page, and on a wide terminal in a pane beneath the containers.
enum HostCharts {
  enum Figure: CaseIterable { case cpu, memory, network, diskIO, load }

  static func entry(_ figure: Figure, _ telemetry: HostTelemetry) -> ChartStack.Entry {
    let figures = telemetry.figures
    return switch figure {
    case .cpu:
      .init(
        title: "CPU \(figures.cpu?.percent ?? "?")", series: telemetry.cpuHistory, top: 1, role: .cpu, unit: .ratio)
    case .memory:
      .init(
        title: "Memory \(figures.memory?.usedRatio?.percent ?? "?")", series: telemetry.memoryHistory, top: 1,
        role: .memory, unit: .ratio)
    case .network:
      .init(title: "Network \(sum(figures.network))/s", series: telemetry.networkHistory, role: .network, unit: .bytes)
    case .diskIO:
      .init(title: "Disk I/O \(sum(figures.diskIO))/s", series: telemetry.diskHistory, role: .disk, unit: .bytes)
    case .load:
      .init(title: "Load \(Words.load(figures.load))", series: telemetry.loadHistory, role: .text, unit: .plain)
    }
  }

  /// Of the host under the cursor.
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    guard let host = model.selectedHost else { return }
    let condition = model.condition(of: host)
    let note = condition.isLive ? [] : [Span(condition.short, Tone.of(condition))]
    let inside = Pane("Charts", count: "of \(host)", note: note).draw(on: &frame, in: area).inset(x: 1)
    guard let telemetry = model.telemetry[host], telemetry.lastFrame != nil else { return }
    let (left, right) = inside.split(left: inside.width / 2)
    let (_, second) = right.split(left: 1)
    for (figures, place) in [([Figure.cpu, .network], left), ([.memory, .diskIO], second)] {
      ChartStack.draw(
        figures.map { entry($0, telemetry) }, interval: model.fleet.defaults.interval, on: &frame, in: place)
    }
  }

  private static func sum(_ rates: Rates?) -> String { Words.throughput(rates.map { $0.incoming + $0.outgoing }) }
}

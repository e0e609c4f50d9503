import Fleet
import Surface
import Telemetry

/// Charts one below the other, each with its title; what does not fit is left out from the bottom.
enum ChartStack {
  /// How the axis writes values.
  enum Unit { case ratio, cores, bytes, plain }

  struct Entry {
    var title: String
    var series: Series
    /// The value at the upper edge; `nil` takes the highest one shown.
    var top: Double?
    var role: Role
    var unit: Unit
  }

  private static let least = 5

  static func draw(_ entries: [Entry], interval: Duration, on frame: inout Frame, in area: Rect) {
    guard area.width > 16, area.height >= least else { return }
    let shown = entries.prefix(max(1, area.height / least))
    var rest = area
    for (index, entry) in shown.enumerated() {
      let height = rest.height / (shown.count - index)
      let (place, below) = rest.split(top: height)
      draw(entry, interval: interval, on: &frame, in: place)
      rest = below
    }
  }

  private static func draw(_ entry: Entry, interval: Duration, on frame: inout Frame, in area: Rect) {
    let (title, plot) = area.split(top: 1)
    frame.put(entry.title, x: title.x, y: title.y, Style(entry.role, bold: true), limit: title.width)
    let room = Chart.capacity(width: plot.width, glyphs: frame.glyphs)
    let all = entry.series.recent(entry.series.count)
    let values = condensed(all, to: room)
    // The past that is drawn: all that is kept, and before there is that much, what the chart has room for.
    let span = interval * max(all.count, room)
    let chart = Chart(
      [Chart.Line(values, entry.role, isFilled: true)], top: entry.top, start: "-\(span.short)",
      end: "now"
    ) { value in
      switch entry.unit {
      case .ratio: Ratio(value).percent
      case .bytes: ByteCount(clamping: value).short
      case .cores, .plain: Words.decimal(value)
      }
    }
    chart.draw(on: &frame, in: plot)
  }
}

import Fleet
import Operations
import Surface
import Telemetry

/// A container's log or inspection on the whole screen: what it is, what stands in its way, and its lines.
enum ReadingView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    guard let reading = model.reading else { return }
    let what = reading.kind == .log ? "log" : "inspection"
    let environment = model.environment(of: reading.container.host).rawValue
    let pane = Pane(
      reading.name, count: "\(what) on \(reading.container.host) (\(environment)) \(count(reading.page))",
      note: [note(reading, model)], bottom: bottom(reading, model), isFocused: true)
    let inside = pane.draw(on: &frame, in: area)
    for (y, line) in problem(reading, model, width: inside.width - 2).enumerated() {
      frame.put(line, x: inside.x + 1, y: inside.y + y, limit: inside.width - 2)
    }
    log(model).draw(on: &frame, in: self.area(model))
  }

  /// Where the lines are, on the screen.
  static func area(_ model: Model) -> Rect {
    let inside = model.layout.body.inset(x: 1, y: 1)
    guard let reading = model.reading else { return inside }
    return inside.split(top: min(problem(reading, model, width: inside.width - 2).count, inside.height - 1)).rest
  }

  /// The lines as a widget.
  static func log(_ model: Model) -> LogView {
    guard let reading = model.reading else { return LogView(count: 0) { _ in [] } }
    let today = Calendar.day(model.now)
    let showsTimes = model.showsTimes
    return reading.page.view(isWrapped: model.wrapsLines, emptyText: emptyText(reading, model)) { line in
      guard showsTimes, !line.stamp.isEmpty else { return [Span(line.text)] }
      return [Span(time(line.stamp, today: today), .muted), Span(line.text)]
    }
  }

  /// Columns of the longest line that is kept, or a little more.
  static func widest(_ model: Model) -> Int {
    (model.reading?.page.lines.map { $0.text.utf8.count }.max() ?? 0) + (model.showsTimes ? 15 : 0)
  }

  /// `15:02:45 `; of another day than today with its month and day.
  private static func time(_ stamp: String, today: String) -> String {
    let clock = stamp.dropFirst(11).prefix(8)
    return stamp.hasPrefix(today) ? "\(clock) " : "\(stamp.dropFirst(5).prefix(5)) \(clock) "
  }

  private static func count(_ page: TextPage) -> String {
    let all = page.lines.count == 1 ? "1 line" : "\(page.lines.count) lines"
    return page.count == page.lines.count ? all : "\(page.count) of \(all)"
  }

  /// Whether what is seen is all that there is.
  private static func note(_ reading: Reading, _ model: Model) -> Span {
    switch reading.state {
    case .failed: return Span(reading.kind == .log ? "not followed" : "unknown", .critical)
    case .over: return Span("ended", .muted)
    case .waiting where reading.page.lines.isEmpty, .asked where reading.page.lines.isEmpty:
      return Span("waiting", .muted)
    case .flowing where reading.kind == .inspection: return Span("secrets masked", .good)
    case .waiting: return Span("interrupted", .stale)
    case .asked, .flowing: break
    }
    if !model.condition(of: reading.container.host).isLive { return Span("interrupted", .stale) }
    guard let stopped = reading.stoppedAt else { return Span("following", .good) }
    let new = reading.page.count(from: stopped)
    return Span(new > 0 ? "not following, \(new) new" : "not following", .warning)
  }

  /// Which lines these are.
  private static func bottom(_ reading: Reading, _ model: Model) -> [Span] {
    var spans: [Span] = []
    if !reading.page.filter.isEmpty {
      spans.append(Span("/\(reading.page.filterText)", .match))
      if reading.kind == .inspection {
        let count = reading.page.matches?.count ?? 0
        spans.append(Span(count == 1 ? " 1 match" : " \(count) matches", .muted))
      }
    }
    let words = (reading.kind == .log ? [reading.window.rawValue] : []) + (model.wrapsLines ? ["wrapped"] : [])
    if !words.isEmpty { spans.append(Span((spans.isEmpty ? "" : " ") + words.joined(separator: ", "), .muted)) }
    return spans
  }

  private static func emptyText(_ reading: Reading, _ model: Model) -> String {
    if reading.page.lines.count > 0 { return "nothing matches /\(reading.page.filterText)" }
    switch reading.state {
    case .waiting, .failed: return ""
    case .over: return "it has logged nothing"
    case .asked(let at):
      let what = reading.kind == .log ? "log" : "inspection"
      return "asked \(reading.container.host) for its \(what) \(max(.zero, model.now - at).short) ago …"
    case .flowing: return reading.window == .lines ? "no line yet" : "no line in the \(reading.window.rawValue)"
    }
  }

  /// What stands in the way, and what happens next; nothing where all is well.
  private static func problem(_ reading: Reading, _ model: Model, width: Int) -> [[Span]] {
    guard let (text, role) = ReadingWords.problem(reading, model) else { return [] }
    return wrap([Span(text, role)], width: width)
  }
}

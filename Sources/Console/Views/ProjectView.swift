import Fleet
import Incidents
import Surface
import Telemetry

/// One project as one page, from the visitor to the disk: the sentence, the parts in a request's order, the domains,
/// what is not known and how to change that, the charts.
enum ProjectView {
  private static let chartHeight = 9

  static func draw(_ model: Model, _ id: ProjectID, on frame: inout Frame, in area: Rect) {
    guard let stack = model.stacks[id] else {
      let inside = Pane(id.name, isFocused: true).draw(on: &frame, in: area)
      frame.put("no host has this project any more", x: inside.x + 1, y: inside.y, Style(.warning))
      return
    }
    let hosts = stack.hosts.map(\.text).joined(separator: " ")
    let environment = Span(id.environment.rawValue, Style(Tone.of(id.environment), bold: id.environment == .prod))
    let pane = Pane(id.name, count: hosts.isEmpty ? "" : "on \(hosts)", note: [environment], isFocused: true)
    let inside = pane.draw(on: &frame, in: area).inset(x: 1)
    // The page is drawn whole and then seen through a window: tables and text scroll as one.
    let page = Page(stack, model, width: inside.width)
    var canvas = Frame(size: Size(width: inside.width, height: max(1, page.height)), glyphs: frame.glyphs)
    page.draw(model, on: &canvas)
    let start = scrolled(offset: model.detailOffset, selected: nil, visible: inside.height, count: page.height)
    for y in 0..<min(inside.height, page.height - start) {
      for x in 0..<inside.width { frame[inside.x + x, inside.y + y] = canvas[x, start + y] }
    }
    ScrollBar(offset: start, visible: inside.height, count: page.height)
      .draw(on: &frame, in: Rect(x: area.right - 1, y: inside.y, width: 1, height: inside.height))
  }

  /// How far the page can be scrolled.
  static func overflow(_ id: ProjectID, in model: Model) -> Int {
    guard let stack = model.stacks[id] else { return 0 }
    let inside = model.layout.body.inset(x: 2, y: 1)
    return max(0, Page(stack, model, width: inside.width).height - inside.height)
  }

  /// The line of the page on which the first part stands.
  static func firstPartLine(_ id: ProjectID, in model: Model) -> Int {
    guard let stack = model.stacks[id] else { return 0 }
    return Page(stack, model, width: model.layout.body.width - 4).partsAt + 1
  }

  /// The page's pieces, and where each begins.
  private struct Page {
    let stack: ProjectStack
    let sentence: [[Span]]
    let below: [[Span]]
    let charts: [ChartStack.Entry]
    let width: Int

    init(_ stack: ProjectStack, _ model: Model, width: Int) {
      self.stack = stack
      self.width = width
      sentence = wrap([ProjectText.sentence(stack)], width: width)
      below = ProjectText.lines(of: stack, in: model, width: width)
      charts = ProjectText.charts(of: stack, in: model)
    }

    var partsAt: Int { sentence.count + 1 }
    private var belowAt: Int { partsAt + max(1, stack.parts.count) + 2 }
    private var chartsAt: Int { belowAt + below.count + 1 }
    var height: Int { charts.isEmpty ? belowAt + below.count : chartsAt + chartRows * chartHeight }
    private var chartsAcross: Int { max(1, min(charts.count, width / 38)) }
    private var chartRows: Int { (charts.count + chartsAcross - 1) / chartsAcross }

    func draw(_ model: Model, on canvas: inout Frame) {
      for (y, line) in sentence.enumerated() { canvas.put(line, x: 0, y: y, limit: width) }
      let place = Rect(x: 0, y: partsAt, width: width, height: stack.parts.count + (stack.parts.isEmpty ? 2 : 1))
      ProjectText.parts(of: stack, in: model, width: width).draw(on: &canvas, in: place)
      for (y, line) in below.enumerated() { canvas.put(line, x: 0, y: belowAt + y, limit: width) }
      for (index, chart) in charts.enumerated() {
        let across = width / chartsAcross
        let area = Rect(
          x: index % chartsAcross * across, y: chartsAt + index / chartsAcross * chartHeight, width: across - 2,
          height: chartHeight - 1)
        ChartStack.draw([chart], interval: model.fleet.defaults.interval, on: &canvas, in: area)
      }
    }
  }
}

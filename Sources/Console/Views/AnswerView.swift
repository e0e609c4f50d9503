import Fleet
import Incidents
import Surface
import Telemetry

/// What came to a question on demand, over the panes.
enum AnswerView {
  static func draw(_ model: Model, offset: Int, on frame: inout Frame, in area: Rect) {
    guard let question = model.question else { return }
    let place = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
    frame.fill(place, " ", Style(.dialog))
    let pane = Pane(question.title, note: [Span("Esc closes", .muted)], isFocused: true)
    let inside = pane.draw(on: &frame, in: place).inset(x: 1)
    let lines = lines(model, width: inside.width)
    let start = scrolled(offset: offset, selected: nil, visible: inside.height, count: lines.count)
    for (y, line) in lines.dropFirst(start).prefix(inside.height).enumerated() {
      frame.put([line], x: inside.x, y: inside.y + y, limit: inside.width)
    }
    ScrollBar(offset: start, visible: inside.height, count: lines.count)
      .draw(on: &frame, in: Rect(x: place.right - 1, y: inside.y, width: 1, height: inside.height))
  }

  static func overflow(_ model: Model) -> Int {
    let size = model.layout.body.inset(x: 3, y: 1)
    return max(0, lines(model, width: size.width).count - size.height)
  }

  private static func lines(_ model: Model, width: Int) -> [Span] {
    guard let question = model.question else { return [] }
    let answers = question.parts.map(\.lines).filter { !$0.isEmpty }
    var lines = answers.joined(separator: [""]).flatMap { wrap($0, width: width) }.map { Span($0, .dialog) }
    let waited = max(.zero, model.now - question.askedAt)
    if question.isOver {
      if lines.isEmpty { lines.append(Span("nothing: there is none now", .good)) }
    } else if waited >= Question.patience {
      lines.append(
        Span(
          lines.isEmpty
            ? "nothing came within \(Question.patience.spoken): it does not answer, or its sampler is older than vigie"
            : "no more came within \(Question.patience.spoken)", .warning))
    } else {
      lines.append(Span("asked \(waited.short) ago …", .muted))
    }
    return lines
  }
}

import Surface

/// A column of named facts, wrapped to its width.
enum DetailText {
  enum Line {
    case fact(String, String, Role = .text)
    case heading(String)
    case space
  }

  private static let labels = 10

  /// Draws as many lines as there is room for, from the line `offset` on.
  static func draw(_ lines: [Line], offset: Int = 0, on frame: inout Frame, in area: Rect) {
    let rows = rows(lines, width: area.width)
    let start = scrolled(offset: offset, selected: nil, visible: area.height, count: rows.count)
    for (y, row) in rows.dropFirst(start).prefix(area.height).enumerated() {
      switch row {
      case .space: break
      case .heading(let text): frame.put(text, x: area.x, y: area.y + y, Style(.heading), limit: area.width)
      case .fact(let label, let text, let role):
        frame.put(label, x: area.x, y: area.y + y, Style(.muted), limit: labels - 1)
        frame.put(text, x: area.x + labels, y: area.y + y, Style(role), limit: area.width - labels)
      }
    }
    ScrollBar(offset: start, visible: area.height, count: rows.count)
      .draw(on: &frame, in: Rect(x: area.x - 2, y: area.y, width: 1, height: area.height))
  }

  /// The text's place at the left of a detail, and the charts' at its right.
  static func split(_ area: Rect) -> (left: Rect, right: Rect) {
    let (left, right) = area.split(left: min(max(44, area.width / 3), area.width / 2))
    return (left, right)
  }

  /// How far lines can be scrolled in an area.
  static func overflow(_ lines: [Line], in area: Rect) -> Int {
    max(0, rows(lines, width: area.width).count - area.height)
  }

  /// Each line as the rows that it takes.
  private static func rows(_ lines: [Line], width: Int) -> [Line] {
    lines.flatMap { line -> [Line] in
      guard case .fact(let label, let text, let role) = line else { return [line] }
      let parts = wrap(text.isEmpty ? "–" : text, width: max(1, width - labels))
      return parts.enumerated().map { .fact($0.offset == 0 ? label : "", $0.element, role) }
    }
  }
}

extension Model {
  /// How far the text of the detail can be scrolled.
  var detailHeight: Int {
    let inside = layout.body.inset(x: 2, y: 1)
    switch detail {
    case .host(let name):
      return DetailText.overflow(HostDetailView.lines(of: name, in: self), in: DetailText.split(inside).left)
    case .model(let name):
      return DetailText.overflow(HostModelView.lines(of: name, in: self), in: inside)
    case .project(let id):
      return ProjectView.overflow(id, in: self)
    case .container(let id):
      return DetailText.overflow(ContainerDetailView.lines(of: id, in: self), in: DetailText.split(inside).left)
    case .incident(let id):
      return incident(id).map { DetailText.overflow(IncidentDetailView.lines(of: $0, in: self), in: inside) } ?? 0
    case .record(let id):
      return DetailText.overflow(RecordDetailView.lines(of: id, in: self), in: inside)
    case .log, .inspection, nil:
      return 0
    }
  }
}

import Surface

/// A column of named facts, wrapped to its width.
enum DetailText {
  enum Line {
    case fact(String, String, Role = .text)
    case heading(String)
    case space
  }

  static func draw(_ lines: [Line], on frame: inout Frame, in area: Rect) {
    let labels = 10
    var y = area.y
    for line in lines {
      guard y < area.bottom else { break }
      switch line {
      case .space: y += 1
      case .heading(let text):
        frame.put(text, x: area.x, y: y, Style(.heading), limit: area.width)
        y += 1
      case .fact(let label, let text, let role):
        frame.put(label, x: area.x, y: y, Style(.muted), limit: labels - 1)
        for part in wrap(text.isEmpty ? "–" : text, width: max(1, area.width - labels)) {
          guard y < area.bottom else { break }
          frame.put(part, x: area.x + labels, y: y, Style(role), limit: area.width - labels)
          y += 1
        }
      }
    }
  }
}

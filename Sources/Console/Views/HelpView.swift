import Surface

/// The help: every key that works, in groups, over the panes.
enum HelpView {
  static func draw(_ model: Model, offset: Int, on frame: inout Frame, in area: Rect) {
    let lines = lines(model)
    let place = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
    frame.fill(place, " ", Style(.dialog))
    let pane = Pane(
      "Help", count: "keymap \(model.keymap.name)", note: [Span("Esc closes", .muted)], isFocused: true)
    let inside = pane.draw(on: &frame, in: place).inset(x: 1)
    let start = scrolled(offset: offset, selected: nil, visible: inside.height, count: lines.count)
    for (y, line) in lines.dropFirst(start).prefix(inside.height).enumerated() {
      switch line {
      case .section(let title): frame.put(title, x: inside.x, y: inside.y + y, Style(.heading, bold: true))
      case .space: break
      case .command(let line):
        let keys = line.keys.isEmpty ? ":\(line.command.rawValue)" : line.keys
        frame.put(keys, x: inside.x + 1, y: inside.y + y, Style(.barKey), limit: 21)
        frame.put(line.help, x: inside.x + 23, y: inside.y + y, Style(.dialog), limit: inside.width - 23)
      }
    }
    ScrollBar(offset: start, visible: inside.height, count: lines.count)
      .draw(on: &frame, in: Rect(x: place.right - 1, y: inside.y, width: 1, height: inside.height))
  }

  private enum Line {
    case section(String)
    case command(HelpText.Line)
    case space
  }

  private static func lines(_ model: Model) -> [Line] {
    var lines: [Line] = []
    for section in HelpText(of: model.keymap, at: [.any, .dialog, .prompt]).sections {
      if !lines.isEmpty { lines.append(.space) }
      lines.append(.section(section.title))
      lines += section.lines.map { .command($0) }
    }
    return lines
  }

  static func height(_ model: Model) -> Int { lines(model).count }
}

extension Model {
  /// How far the help can be scrolled.
  var helpHeight: Int { max(0, HelpView.height(self) - (layout.body.height - 2)) }
}

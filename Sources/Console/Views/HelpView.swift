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
      case .group(let title): frame.put(title, x: inside.x, y: inside.y + y, Style(.heading, bold: true))
      case .space: break
      case .command(let keys, let command):
        frame.put(keys, x: inside.x + 1, y: inside.y + y, Style(.barKey), limit: 22)
        frame.put(command.help, x: inside.x + 25, y: inside.y + y, Style(.dialog), limit: inside.width - 25)
      }
    }
    ScrollBar(offset: start, visible: inside.height, count: lines.count)
      .draw(on: &frame, in: Rect(x: place.right - 1, y: inside.y, width: 1, height: inside.height))
  }

  enum Line {
    case group(String)
    case command(String, Command)
    case space
  }

  static func lines(_ model: Model) -> [Line] {
    var lines: [Line] = []
    for group in Command.Group.allCases {
      let commands = Command.table.filter { $0.group == group }
      guard !commands.isEmpty else { continue }
      if !lines.isEmpty { lines.append(.space) }
      lines.append(.group(group.rawValue))
      lines += commands.map { command in
        let keys = model.keymap[command.id].map(\.notation)
        return .command(keys.isEmpty ? ":\(command.id.rawValue)" : keys.joined(separator: " "), command)
      }
    }
    return lines
  }
}

extension Model {
  /// How far the help can be scrolled.
  var helpHeight: Int { max(0, HelpView.lines(self).count - (layout.body.height - 2)) }
}

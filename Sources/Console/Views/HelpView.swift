import Fleet
import Surface

/// The help: every key that works, in groups, over the panes.
enum HelpView {
  static func draw(_ model: Model, offset: Int, on frame: inout Frame, in area: Rect) {
    let lines = lines(model, width: area.width - 4)
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
      case .entry(let keys, let help):
        frame.put(keys, x: inside.x + 1, y: inside.y + y, Style(.barKey), limit: 21)
        frame.put(help, x: inside.x + 23, y: inside.y + y, Style(.dialog), limit: inside.width - 23)
      }
    }
    ScrollBar(offset: start, visible: inside.height, count: lines.count)
      .draw(on: &frame, in: Rect(x: place.right - 1, y: inside.y, width: 1, height: inside.height))
  }

  private enum Line {
    case section(String)
    /// Empty keys where the sentence goes on.
    case entry(keys: String, help: String)
    case space
  }

  /// What the headings that are short for want of room mean.
  private static let columns = [
    ("Ctrs", "Containers that run, of all that the host has."),
    ("Thr", "Share of time slices in which the container's CPU limit held it back."),
    ("Rst", "How often Docker restarted it by itself."), ("Ever", "Hit rate since the start, or the last reset."),
    ("Cl", "Clients that are connected."), ("×", "How often it happened."),
    ("?", "Not known, or nothing to measure: a hit rate without look-ups."),
  ]

  private static func lines(_ model: Model, width: Int) -> [Line] {
    var lines: [Line] = []
    for section in HelpText(of: model.keymap, at: [.any, .dialog, .prompt], offering: model.offers).sections {
      if !lines.isEmpty { lines.append(.space) }
      lines.append(.section(section.title))
      for line in section.lines {
        let keys = line.keys.isEmpty ? ":\(line.command.rawValue)" : line.keys
        lines += entries(keys, line.help, width: width)
      }
    }
    let own = model.isOwnOffered ? model.fleet.commands : []
    if !own.isEmpty { lines += [.space, .section("Commands of your own")] }
    for command in own { lines += entries(command.key ?? ":\(command.id)", command.help, width: width) }
    lines += [.space, .section("Columns")]
    for (heading, help) in columns { lines += entries(heading, help, width: width) }
    return lines
  }

  private static func entries(_ keys: String, _ help: String, width: Int) -> [Line] {
    wrap(help, width: max(20, width - 23)).enumerated().map { .entry(keys: $0 == 0 ? keys : "", help: $1) }
  }

  static func height(_ model: Model) -> Int { lines(model, width: model.layout.body.width - 4).count }
}

extension Model {
  /// How far the help can be scrolled.
  var helpHeight: Int { max(0, HelpView.height(self) - (layout.body.height - 2)) }
}

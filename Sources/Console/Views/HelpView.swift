import Fleet
import Surface

/// The help over the panes: the keys that act here, then all others, and what signs and headings mean.
enum HelpView {
  static func draw(_ model: Model, offset: Int, on frame: inout Frame, in area: Rect) {
    let place = place(in: area)
    frame.fill(place, " ", Style(.dialog))
    let pane = Pane(
      "Help", count: "keymap \(model.keymap.name)", note: [Span("Esc closes", .muted)], isFocused: true)
    let inside = pane.draw(on: &frame, in: place).inset(x: 1)
    let columns = columns(model, width: inside.width)
    let count = columns.lines.map(\.count).max() ?? 0
    let start = scrolled(offset: offset, selected: nil, visible: inside.height, count: count)
    for (column, lines) in columns.lines.enumerated() {
      let x = inside.x + column * (columns.width + gap)
      for (row, line) in lines.dropFirst(start).prefix(inside.height).enumerated() {
        draw(line, on: &frame, x: x, y: inside.y + row, width: columns.width)
      }
    }
    ScrollBar(offset: start, visible: inside.height, count: count)
      .draw(on: &frame, in: Rect(x: place.right - 1, y: inside.y, width: 1, height: inside.height))
  }

  /// How many lines it has in that area.
  static func height(_ model: Model, in area: Rect) -> Int {
    columns(model, width: place(in: area).inset(x: 2).width).lines.map(\.count).max() ?? 0
  }

  private static func place(in area: Rect) -> Rect { area.inset(x: area.width < 60 ? 0 : 1) }

  private enum Line {
    case section(String)
    /// Empty keys where the sentence goes on.
    case entry(keys: String, help: String)
    case space
  }

  private static func draw(_ line: Line, on frame: inout Frame, x: Int, y: Int, width: Int) {
    switch line {
    case .section(let title): frame.put(title, x: x, y: y, Style(.heading, bold: true), limit: width)
    case .space: break
    case .entry(let keys, let help):
      let room = keyRoom(width)
      frame.put(keys, x: x + 1, y: y, Style(.barKey), limit: room)
      frame.put(help, x: x + room + 2, y: y, Style(.dialog), limit: width - room - 2)
    }
  }

  // MARK: Two columns where there is room

  private static let gap = 3

  private static func columns(_ model: Model, width: Int) -> (lines: [[Line]], width: Int) {
    guard width >= 120 else { return ([lines(model, width: width)], width) }
    let half = (width - gap) / 2
    let all = lines(model, width: half)
    // Between two sections where one ends near the middle, else in the middle.
    let middle = (all.count + 1) / 2
    let ends = all.indices.filter { if case .space = all[$0] { abs($0 - middle) <= 6 } else { false } }
    guard let end = ends.min(by: { abs($0 - middle) < abs($1 - middle) }) else {
      return ([Array(all[..<middle]), Array(all[middle...])], half)
    }
    return ([Array(all[..<end]), Array(all[(end + 1)...])], half)
  }

  /// Columns for the keys.
  private static func keyRoom(_ width: Int) -> Int { width < 60 ? 11 : 20 }

  private static func lines(_ model: Model, width: Int) -> [Line] {
    let text = HelpText(of: model.keymap, at: model.placeBelow, offering: model.offers)
    var lines: [Line] = []
    func add(_ title: String, _ entries: [(keys: String, help: String)]) {
      guard !entries.isEmpty else { return }
      if !lines.isEmpty { lines.append(.space) }
      lines.append(.section(title))
      let room = keyRoom(width)
      for entry in entries {
        lines += wrap(entry.help, width: max(10, width - room - 2)).enumerated()
          .map { .entry(keys: $0 == 0 ? entry.keys : "", help: $1) }
      }
    }
    func add(_ sections: [HelpText.Section]) {
      for section in sections {
        add(section.title, section.lines.map { ($0.keys.isEmpty ? ":\($0.command.rawValue)" : $0.keys, $0.help) })
      }
    }
    add(text.here)
    let own = model.isOwnOffered ? model.fleet.commands : []
    add("Commands of your own", own.map { ($0.key ?? ":\($0.id)", $0.help) })
    add(text.rest.filter { $0.title == "Move" })
    add("Signs", Legend.signs)
    add("Columns", Legend.columns)
    add(text.rest.filter { $0.title != "Move" })
    return lines
  }
}

extension Model {
  /// How far the help can be scrolled.
  var helpHeight: Int { max(0, HelpView.height(self, in: layout.body) - (layout.body.height - 2)) }
}

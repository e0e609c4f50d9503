import Surface

/// The commands by name, narrowed by what is typed, and what the chosen one does.
enum PaletteView {
  static func draw(
    _ field: TextField, _ selected: Int, _ model: Model, on frame: inout Frame, in area: Rect
  ) {
    let entries = model.paletteEntries(field.text)
    let height = min(18, area.height - 2)
    let inside = OverlayView.box(
      "Commands", width: min(100, area.width - 4), height: max(height, min(7, area.height)), on: &frame, in: area)
    let (top, rest) = inside.split(top: 1)
    frame.put(":", x: top.x, y: top.y, Style(.barKey))
    let line = Rect(x: top.x + 2, y: top.y, width: top.width - 2, height: 1)
    field.draw(on: &frame, in: line, Style(.dialog, bold: true))
    let (words, list) = rest.split(bottom: min(OverlayView.wordLines, max(0, rest.height - 1)))
    let offset = scrolled(offset: 0, selected: selected, visible: list.height, count: entries.count)
    if entries.isEmpty {
      frame.put("no command has a name like that", x: list.x, y: list.y, Style(.muted), limit: list.width)
    }
    for (line, entry) in entries.dropFirst(offset).prefix(list.height).enumerated() {
      let y = list.y + line
      let command = model.described(entry)
      let role: Role = command.unavailable == nil ? .dialog : .muted
      frame.put(command.name, x: list.x, y: y, Style(role, bold: command.unavailable == nil), limit: 20)
      frame.put(command.key, x: list.x + 21, y: y, Style(.barKey), limit: 9)
      let room = max(0, list.width - 31)
      frame.put(command.unavailable ?? command.help, x: list.x + 31, y: y, Style(role), limit: room)
      if offset + line == selected {
        frame.restyle(Rect(x: list.x, y: y, width: list.width, height: 1)) { $0.ground = .selected }
        OverlayView.say(command.help, command.unavailable, on: &frame, in: words)
      }
    }
    ScrollBar(offset: offset, visible: list.height, count: entries.count)
      .draw(on: &frame, in: Rect(x: inside.right + 1, y: list.y, width: 1, height: list.height))
  }
}

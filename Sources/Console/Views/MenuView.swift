import Surface

/// A short list to choose from, each entry with its letter where it has one, and what the chosen one does.
enum MenuView {
  static func draw(_ menu: Menu, on frame: inout Frame, in area: Rect) {
    let titles = menu.entries.map { $0.title.columns }.max() ?? 0
    // A reason that is the same for all stands in the title, and leaves room for what each would do.
    func reason(_ entry: Menu.Entry) -> String? { entry.unavailable == menu.note ? nil : entry.unavailable }
    func words(_ entry: Menu.Entry) -> String { reason(entry) ?? entry.help }
    let title = menu.title + (menu.note.map { ", \($0)" } ?? "")
    let longest = menu.entries.map { words($0).columns }.max() ?? 0
    let width = min(max(title.columns + 6, titles + longest + 9, 30), area.width - 4)
    // Below the list, where something may be cut or a reason hides what an entry is.
    let isCut = titles + longest + 8 > width || menu.entries.contains { reason($0) != nil }
    let below = isCut ? OverlayView.wordLines : 0
    let inside = OverlayView.box(
      title, width: width, height: menu.entries.count + below + 2, on: &frame, in: area)
    let (bottom, list) = inside.split(bottom: min(below, max(0, inside.height - 1)))
    let offset = scrolled(offset: 0, selected: menu.selected, visible: list.height, count: menu.entries.count)
    ScrollBar(offset: offset, visible: list.height, count: menu.entries.count)
      .draw(on: &frame, in: Rect(x: inside.right + 1, y: list.y, width: 1, height: list.height))
    for (line, entry) in menu.entries.dropFirst(offset).prefix(list.height).enumerated() {
      let y = list.y + line
      let isOffered = entry.unavailable == nil
      if let letter = entry.letter {
        frame.put(String(letter), x: list.x, y: y, Style(isOffered ? .barKey : .muted))
      }
      frame.put(entry.title, x: list.x + 2, y: y, Style(isOffered ? .dialog : .muted, bold: isOffered), limit: titles)
      let x = list.x + 4 + titles
      frame.put(words(entry), x: x, y: y, Style(.muted), limit: max(0, list.right - x))
      if offset + line == menu.selected {
        frame.restyle(Rect(x: list.x, y: y, width: list.width, height: 1)) { $0.ground = .selected }
        OverlayView.say(entry.help, reason(entry), on: &frame, in: bottom)
      }
    }
  }
}

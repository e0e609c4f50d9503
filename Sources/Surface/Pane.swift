/// A box around a part of the screen: title at the top left, a note at the top right, another at the bottom right.
package struct Pane: Hashable, Sendable {
  package var title: String
  /// How many things it holds, after the title, or what else belongs there.
  package var count: String
  package var note: [Span]
  package var bottom: [Span]
  package var isFocused: Bool

  package init(_ title: String, count: String = "", note: [Span] = [], bottom: [Span] = [], isFocused: Bool = false) {
    self.title = title
    self.count = count
    self.note = note
    self.bottom = bottom
    self.isFocused = isFocused
  }

  /// Draws the border.
  /// - Returns: the area inside, which is not cleared.
  @discardableResult
  package func draw(on frame: inout Frame, in area: Rect) -> Rect {
    let style = Style(isFocused ? .borderFocused : .border)
    box(on: &frame, in: area, style)
    guard area.width >= 6, area.height > 0 else { return area.inset(x: 1, y: 1) }
    // A corner and a dash at each end stay; the title goes first, then what is left is the note's.
    let room = area.width - 4
    var heading = [Span(" \(title)", Style(isFocused ? .titleFocused : .title))]
    if !count.isEmpty { heading.append(Span(" \(count)", .muted)) }
    heading.append(Span(" ", style))
    let used = title.isEmpty && count.isEmpty ? 0 : frame.put(heading, x: area.x + 1, y: area.y, limit: room + 1)
    right(note, y: area.y, room: room - used, on: &frame, in: area)
    if area.height > 1 { right(bottom, y: area.bottom - 1, room: room, on: &frame, in: area) }
    return area.inset(x: 1, y: 1)
  }

  /// Left out rather than cut to something that says nothing.
  private func right(_ spans: [Span], y: Int, room: Int, on frame: inout Frame, in area: Rect) {
    guard !spans.isEmpty, room >= 6 || spans.columns + 2 <= room else { return }
    let width = min(spans.columns, room - 2)
    let x = area.right - 4 - width
    frame.fill(Rect(x: x, y: y, width: width + 2, height: 1), " ", .text)
    frame.put(spans, x: x + 1, y: y, limit: width)
  }
}

/// Draws the four lines of a box; what is inside stays.
func box(on frame: inout Frame, in area: Rect, _ style: Style) {
  guard area.width >= 2, area.height >= 2 else { return }
  let glyphs = frame.glyphs
  for y in [area.y, area.bottom - 1] {
    frame.fill(Rect(x: area.x + 1, y: y, width: area.width - 2, height: 1), glyphs.horizontal, style)
  }
  for x in [area.x, area.right - 1] {
    frame.fill(Rect(x: x, y: area.y + 1, width: 1, height: area.height - 2), glyphs.vertical, style)
  }
  for (x, y, corner) in [
    (area.x, area.y, glyphs.topLeft), (area.right - 1, area.y, glyphs.topRight),
    (area.x, area.bottom - 1, glyphs.bottomLeft), (area.right - 1, area.bottom - 1, glyphs.bottomRight),
  ] { frame.fill(Rect(x: x, y: y, width: 1, height: 1), corner, style) }
}

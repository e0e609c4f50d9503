/// A box in the middle that asks: text, perhaps a line to type into, and buttons of which the first is the harmless one.
package struct Dialog: Hashable, Sendable {
  package var title: String
  /// Paragraphs, wrapped to the box; a command stands in one of its own, so that it can be read in full.
  package var text: [[Span]]
  /// How many lines of the text were scrolled away, where it is longer than the screen.
  package var offset: Int
  package var input: TextField?
  /// What to type, on one line above that; seen whatever was scrolled.
  package var prompt: [Span]
  /// The first one cancels.
  package var buttons: [String]
  /// The button that Enter presses.
  package var focused: Int

  package init(
    _ title: String, _ text: [[Span]], input: TextField? = nil, prompt: [Span] = [],
    buttons: [String] = ["Cancel"], focused: Int = 0,
    offset: Int = 0
  ) {
    self.title = title
    self.text = text
    self.input = input
    self.prompt = prompt
    self.buttons = buttons
    self.focused = focused
    self.offset = offset
  }

  package static let widest = 76

  /// Draws it in the middle of the area, as large as it must be.
  /// - Returns: the box.
  @discardableResult
  package func draw(on frame: inout Frame, in area: Rect) -> Rect {
    // Where every column counts, the box takes them all.
    let most = max(4, min(Self.widest, area.width < 60 ? area.width : area.width - 4))
    let row = buttons.reduce(0) { $0 + $1.columns + 6 }
    let natural = max(text.map(\.columns).max() ?? 0, title.columns + 2, row, input == nil ? 0 : 40, prompt.columns)
    let width = min(most, natural + 4)
    let lines = text.flatMap { $0.isEmpty ? [[]] : wrap($0, width: width - 4) }
    let question = prompt.isEmpty ? [] : wrap(prompt, width: width - 4)
    let extra = 2 + (input == nil ? 0 : 2) + question.count + (buttons.isEmpty ? 0 : 2)
    // Then text goes before blank lines, and before the one button of what is typed into, which Esc presses.
    let isTight = lines.count + extra > area.height && area.height < 16
    let height = min(area.height, lines.count + extra)
    let box = Rect(
      x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width: width, height: height)
    drawBox(on: &frame, box)
    var inner = box.inset(x: 2, y: 1)
    if !buttons.isEmpty, !(isTight && input != nil) {
      let (bottom, rest) = inner.split(bottom: 1)
      drawButtons(on: &frame, in: bottom)
      inner = isTight ? rest : rest.split(bottom: 1).rest
    }
    if let input {
      let (bottom, rest) = inner.split(bottom: 1)
      input.draw(on: &frame, in: bottom, Style(.dialog, reverse: true))
      inner = rest
      let (place, above) = inner.split(bottom: question.count)
      for (y, line) in question.prefix(place.height).enumerated() {
        frame.put(line.map(dressed), x: place.x, y: place.y + y, limit: place.width)
      }
      inner = isTight ? above : above.split(bottom: 1).rest
    }
    let start = max(0, min(offset, lines.count - inner.height))
    for (y, line) in lines.dropFirst(start).prefix(inner.height).enumerated() {
      frame.put(line.map(dressed), x: inner.x, y: inner.y + y)
    }
    let border = Rect(x: box.right - 1, y: inner.y, width: 1, height: inner.height)
    ScrollBar(offset: start, visible: inner.height, count: lines.count).draw(on: &frame, in: border)
    return box
  }

  private func dressed(_ span: Span) -> Span { span.style == .text ? Span(span.text, .dialog) : span }

  private func drawBox(on frame: inout Frame, _ area: Rect) {
    frame.fill(area, " ", Style(.dialog))
    box(on: &frame, in: area, Style(.dialogBorder))
    frame.put(" \(title) ", x: area.x + 1, y: area.y, Style(.dialogBorder, bold: true), limit: area.width - 2)
  }

  /// At the right, the harmless one first, where there is room; the focused one is always drawn.
  private func drawButtons(on frame: inout Frame, in row: Rect) {
    let labels = buttons.map { "[ \($0) ]" }
    let whole = labels.reduce(labels.count - 1) { $0 + $1.columns }
    var x = max(row.x, row.right - whole)
    for (index, label) in labels.enumerated() {
      let style = index == focused ? Style(.buttonFocused) : Style(.button)
      x += frame.put(label, x: x, y: row.y, style, limit: row.right - x) + 1
    }
  }
}

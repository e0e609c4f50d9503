/// A footer of keys and what they do; from the right, what does not fit is left out.
package struct KeyHints: Hashable, Sendable {
  package struct Hint: Hashable, Sendable {
    package var key: String
    package var label: String

    package init(_ key: String, _ label: String) {
      self.key = key
      self.label = label
    }
  }

  /// The most important first.
  package var hints: [Hint]
  /// What stands at the right end, and stays longest.
  package var note: [Span]
  package var role: Role

  package init(_ hints: [Hint], note: [Span] = [], role: Role = .bar) {
    self.hints = hints
    self.note = note
    self.role = role
  }

  /// Draws it over the whole width of the area's first row.
  package func draw(on frame: inout Frame, in area: Rect) {
    guard !area.isEmpty else { return }
    frame.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), " ", Style(role))
    let noteWidth = min(note.columns, area.width)
    frame.put(note, x: area.right - noteWidth, y: area.y, limit: noteWidth)
    let end = area.right - noteWidth - (noteWidth > 0 ? 1 : 0)
    var x = area.x + 1
    for hint in hints {
      let width = hint.key.columns + 1 + hint.label.columns
      guard x + width <= end else { break }
      frame.put(hint.key, x: x, y: area.y, Style(.barKey))
      frame.put(hint.label, x: x + hint.key.columns + 1, y: area.y, Style(role))
      x += width + 2
    }
  }
}

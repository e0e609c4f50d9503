/// A piece of text in one style; a line of several styles is an array of them.
package struct Span: Hashable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ style: Style = .text) {
    self.text = text
    self.style = style
  }

  package init(_ text: String, _ role: Role) { self.init(text, Style(role)) }
}

extension [Span] {
  /// Columns it takes on a terminal.
  package var columns: Int { reduce(0) { $0 + $1.text.columns } }
}

extension Frame {
  /// Draws spans one after the other from (`x`, `y`), within `limit` columns; what does not fit ends in an ellipsis.
  /// - Returns: the columns drawn.
  @discardableResult
  package mutating func put(_ spans: [Span], x: Int, y: Int, limit: Int = .max) -> Int {
    var left = limit == .max ? size.width - x : min(limit, size.width - x)
    var column = x
    for (index, span) in spans.enumerated() where !span.text.isEmpty {
      guard left > 0 else {
        // Something was cut off exactly at a border between spans: say so in the last column.
        if span.text.columns > 0, index > 0, column > x { markCut(x: column - 1, y: y) }
        break
      }
      let wanted = span.text.columns
      let drawn = put(span.text, x: column, y: y, span.style, limit: left)
      column += drawn
      left -= drawn
      if drawn < wanted { break }
    }
    return column - x
  }

  private mutating func markCut(x: Int, y: Int) {
    guard x >= 0, x < size.width, y >= 0, y < size.height else { return }
    put(String(glyphs.ellipsis), x: x, y: y, self[x, y].style, limit: 1, ellipsis: false)
  }
}

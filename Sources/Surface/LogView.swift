/// Lines of a log, wrapped or cut, with what was searched for marked.
package struct LogView {
  package enum Position: Hashable, Sendable {
    /// The last line stands at the bottom, and new ones push it up.
    case following
    /// That line stands at the top; where it is wrapped, without so many of its rows.
    case line(Int, row: Int = 0)
  }

  package var count: Int
  package var position: Position
  package var isWrapped: Bool
  /// Columns scrolled to the right, where lines are cut.
  package var column: Int
  /// Marked wherever they occur, in upper or lower case.
  package var matches: [String]
  package var emptyText: String
  /// Asked for the visible lines only.
  package var line: (Int) -> [Span]

  package init(
    count: Int, position: Position = .following, isWrapped: Bool = false, column: Int = 0,
    matches: [String] = [], emptyText: String = "", line: @escaping (Int) -> [Span]
  ) {
    self.count = count
    self.position = position
    self.isWrapped = isWrapped
    self.column = column
    self.matches = matches
    self.emptyText = emptyText
    self.line = line
  }

  /// Draws it over the whole area; where not all is visible, a thumb on the border right of it.
  /// - Returns: the first line that is visible at least in part, and how many are.
  @discardableResult
  package func draw(on frame: inout Frame, in area: Rect) -> (first: Int, visible: Int) {
    frame.fill(area, " ", .text)
    guard !area.isEmpty, count > 0 else {
      frame.put(emptyText, x: area.x + 1, y: area.y, Style(.muted), limit: area.width - 1)
      return (0, 0)
    }
    var rows: [[Span]] = []
    var first = 0
    var visible = 0
    switch position {
    case .line(let top, let skipped):
      first = max(0, min(top, count - 1))
      while first + visible < count, rows.count < area.height {
        let shaped = shaped(first + visible, width: area.width)
        rows += visible == 0 ? shaped.dropFirst(min(skipped, shaped.count - 1)) : shaped[...]
        visible += 1
      }
      rows = Array(rows.prefix(area.height))
    case .following:
      first = count
      while first > 0, rows.count < area.height {
        first -= 1
        visible += 1
        rows = shaped(first, width: area.width) + rows
      }
      rows = Array(rows.suffix(area.height))
    }
    for (y, row) in rows.enumerated() { frame.put(row, x: area.x, y: area.y + y, limit: area.width) }
    let border = Rect(x: area.right, y: area.y, width: 1, height: area.height)
    ScrollBar(offset: first, visible: visible, count: count).draw(on: &frame, in: border)
    return (first, visible)
  }

  /// The rows that one line takes.
  private func shaped(_ index: Int, width: Int) -> [[Span]] {
    let spans = matches.reduce(line(index), marked)
    return isWrapped ? wrap(spans, width: width) : [column > 0 ? dropped(spans, columns: column) : spans]
  }
}

/// The spans with each occurrence of `match` in the style of a match.
func marked(_ spans: [Span], _ match: String) -> [Span] {
  let wanted = match.unicodeScalars.map(folded)
  guard !wanted.isEmpty else { return spans }
  // Over the borders of spans: a host's colours must not hide what is searched for.
  let scalars = spans.flatMap { span in span.text.unicodeScalars.map { ($0, span.style) } }
  let all = scalars.map { folded($0.0) }
  var result: [Span] = []
  var markedUpTo = 0
  for index in scalars.indices {
    if index >= markedUpTo, all[index...].starts(with: wanted) { markedUpTo = index + wanted.count }
    let style = index < markedUpTo ? Style(.match) : scalars[index].1
    if result.last?.style != style { result.append(Span("", style)) }
    result[result.count - 1].text.unicodeScalars.append(scalars[index].0)
  }
  return result
}

private func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
}

/// What is left when that many columns have scrolled away to the left.
private func dropped(_ spans: [Span], columns: Int) -> [Span] {
  var left = columns
  return spans.map { span in
    var view = span.text.unicodeScalars[...]
    while left > 0, let first = view.first {
      left -= first.columns
      view = view.dropFirst()
    }
    return Span(String(view), span.style)
  }
}

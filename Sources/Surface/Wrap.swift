/// Breaks text into lines of at most `width` columns, at spaces where there are any, else within the word.
///
/// Line ends stay line ends, and an empty line stays one. Nothing is left out but the spaces at the breaks.
package func wrap(_ text: String, width: Int) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
    wrap([Span(String(line))], width: width).map { spans in spans.map(\.text).joined() }
  }
}

/// Breaks one line of spans in the same way, keeping their styles.
package func wrap(_ spans: [Span], width: Int) -> [[Span]] {
  let width = max(1, width)
  var lines: [[Span]] = []
  var line = Line()
  for span in spans {
    for scalar in span.text.unicodeScalars {
      let columns = scalar.columns
      if line.columns + columns > width {
        if scalar == " " {
          // The break itself; more spaces after it are dropped below.
          lines.append(line.takeAll())
          line.isContinued = true
          continue
        }
        lines.append(line.takeUpToLastSpace())
        // The word that moved down may be as long as a line.
        if line.columns + columns > width { lines.append(line.takeAll()) }
        line.isContinued = true
      }
      if scalar == " ", line.columns == 0, line.isContinued { continue }
      line.append(scalar, columns, span.style)
    }
  }
  lines.append(line.takeAll())
  return lines
}

/// A line that is being filled.
private struct Line {
  var columns = 0
  /// It goes on from a line above, so it does not begin with spaces.
  var isContinued = false
  private var scalars: [(scalar: Unicode.Scalar, columns: Int, style: Style)] = []

  mutating func append(_ scalar: Unicode.Scalar, _ columns: Int, _ style: Style) {
    scalars.append((scalar, columns, style))
    self.columns += columns
  }

  mutating func takeAll() -> [Span] { take(scalars.count, dropping: 0) }

  /// All of it where it has no space.
  mutating func takeUpToLastSpace() -> [Span] {
    guard let space = scalars.lastIndex(where: { $0.scalar == " " }), space > 0 else { return takeAll() }
    return take(space, dropping: 1)
  }

  private mutating func take(_ count: Int, dropping dropped: Int) -> [Span] {
    var spans: [Span] = []
    for (scalar, _, style) in scalars.prefix(count) {
      if spans.last?.style != style { spans.append(Span("", style)) }
      spans[spans.count - 1].text.unicodeScalars.append(scalar)
    }
    scalars.removeFirst(count + dropped)
    columns = scalars.reduce(0) { $0 + $1.columns }
    return spans
  }
}

/// The recent history of a figure in one row, newest at the right; what is not known is a gap.
package struct Sparkline: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Two values a cell, four levels.
    case braille
    /// One value a cell, eight levels.
    case block
  }

  /// Oldest first.
  package var values: [Double?]
  /// The value that reaches the top; `nil` takes the highest one shown.
  package var top: Double?
  package var role: Role
  package var kind: Kind

  package init(_ values: [Double?], top: Double? = nil, _ role: Role, kind: Kind = .braille) {
    self.values = values
    self.top = top
    self.role = role
    self.kind = kind
  }

  /// How many values a row of that width shows.
  package static func capacity(width: Int, kind: Kind = .braille, glyphs: Glyphs = .unicode) -> Int {
    width * (kind == .braille && glyphs == .unicode ? 2 : 1)
  }

  /// Draws it over the whole width of the area's first row.
  package func draw(on frame: inout Frame, in area: Rect) {
    guard !area.isEmpty else { return }
    let row = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    frame.fill(row, " ", Style(role))
    let perCell = Self.capacity(width: 1, kind: kind, glyphs: frame.glyphs)
    let levels = perCell == 2 ? 4 : 8
    let shown = Array(values.suffix(area.width * perCell))
    let highest = top ?? shown.lazy.compactMap { $0 }.max() ?? 0
    // Counted from the right, so that the newest value always stands in the last cell.
    for cell in 0..<area.width {
      let last = shown.count - 1 - cell * perCell
      guard last >= 0 else { break }
      let right = Self.level(shown[last], top: highest, of: levels)
      let left = perCell == 2 && last > 0 ? Self.level(shown[last - 1], top: highest, of: levels) : 0
      let scalar = Self.scalar(left, right, kind: perCell == 2 ? .braille : .block, glyphs: frame.glyphs)
      let place = Rect(x: row.right - 1 - cell, y: row.y, width: 1, height: 1)
      if scalar != " " { frame.fill(place, scalar, Style(role)) }
    }
  }

  /// 0 for unknown, else 1 to `levels`: zero is a value, and shows.
  static func level(_ value: Double?, top: Double, of levels: Int) -> Int {
    guard let value, value.isFinite else { return 0 }
    guard top > 0, value > 0 else { return 1 }
    return 1 + min(levels - 1, Int(min(1, value / top) * Double(levels)))
  }

  private static func scalar(_ left: Int, _ right: Int, kind: Kind, glyphs: Glyphs) -> Unicode.Scalar {
    switch (kind, glyphs) {
    case (.braille, .unicode): Braille.column(left: left, right: right)
    case (_, .unicode): right == 0 ? " " : blocks[right - 1]
    case (_, .ascii): right == 0 ? " " : letters[right - 1]
    }
  }

  private static let blocks: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let letters: [Unicode.Scalar] = ["_", ".", ":", "-", "=", "+", "*", "#"]
}

/// One place on the screen: a character and its style.
package struct Cell: Hashable, Sendable {
  /// Its only scalar; the second half of a wide character is `Cell.continuation`.
  package var scalar: Unicode.Scalar
  package var style: Style

  package init(_ scalar: Unicode.Scalar, _ style: Style) {
    self.scalar = scalar
    self.style = style
  }

  package static let blank = Cell(" ", .text)

  /// What stands right of a wide character; never drawn.
  package static let continuation: Unicode.Scalar = "\0"
}

/// A screen as it should look: rows of cells, and where the cursor is, if it is shown.
///
/// Control characters cannot get in: `put` draws them as `·`. This is the last of two walls; the first is the decoder.
package struct Frame: Hashable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  package var cursor: (x: Int, y: Int)? {
    get { cursorX.map { ($0, cursorY) } }
    set { (cursorX, cursorY) = (newValue?.x, newValue?.y ?? 0) }
  }
  private var cursorX: Int?
  private var cursorY = 0
  /// What the widgets draw with on this frame.
  package let glyphs: Glyphs

  package init(size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package var bounds: Rect { Rect(size) }

  package subscript(x: Int, y: Int) -> Cell {
    get { cells[y * size.width + x] }
    set { cells[y * size.width + x] = newValue }
  }

  /// Draws `text` from (`x`, `y`) to the right, within `limit` columns and the frame; what does not fit is cut, with
  /// `…` in its place where `ellipsis` is set.
  /// - Returns: the columns drawn.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, _ style: Style, limit: Int = .max, ellipsis: Bool = true
  ) -> Int {
    guard y >= 0, y < size.height, limit > 0 else { return 0 }
    // Compared by what is left, because `x + limit` may overflow for a caller's `.max - 1`.
    let end = limit < size.width - x ? x + limit : size.width
    let row = y * size.width
    var column = x
    var previous: Int?
    for scalar in text.unicodeScalars {
      let width = scalar.columns
      if width == 0 { continue }
      if column + width > end {
        if ellipsis, let previous, previous >= 0 { set(previous, row, Cell(glyphs.ellipsis, style), width: 1) }
        break
      }
      if column >= 0 {
        let shown = scalar.isControl ? glyphs.substitute : glyphs.allowed(scalar)
        if width == 2, shown != scalar {
          set(column, row, Cell(shown, style), width: 1)
          set(column + 1, row, Cell(" ", style), width: 1)
        } else {
          set(column, row, Cell(shown, style), width: width)
        }
      }
      previous = column
      column += width
    }
    return column - x
  }

  /// Stores one character of `width` columns, and blanks the other half of wide ones that it cuts in two.
  private mutating func set(_ x: Int, _ row: Int, _ cell: Cell, width: Int) {
    let place = row + x
    if x > 0, cells[place].scalar == Cell.continuation, cells[place - 1].scalar.columns == 2 {
      cells[place - 1].scalar = " "
    }
    cells[place] = cell
    if width == 2 { cells[place + 1] = Cell(Cell.continuation, cell.style) }
    let next = x + width
    if next < size.width, cells[row + next].scalar == Cell.continuation { cells[row + next].scalar = " " }
  }

  /// Fills a part with one character.
  package mutating func fill(_ area: Rect, _ scalar: Unicode.Scalar = " ", _ style: Style) {
    let area = area.intersection(bounds)
    guard !area.isEmpty else { return }
    let drawable = !scalar.isControl && scalar.columns == 1
    let cell = Cell(drawable ? glyphs.allowed(scalar) : glyphs.substitute, style)
    for y in area.y..<area.bottom {
      let row = y * size.width
      // The ends may cut wide characters in two; what lies between is simply replaced.
      set(area.x, row, cell, width: 1)
      for place in row + area.x..<row + area.right - 1 { cells[place] = cell }
      set(area.right - 1, row, cell, width: 1)
    }
  }

  /// Changes the style of a part, keeping its characters.
  package mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
    let area = area.intersection(bounds)
    for y in area.y..<area.bottom {
      for x in area.x..<area.right { change(&self[x, y].style) }
    }
  }

  /// The characters, a string a row, without trailing blanks: for tests and for `--once`.
  package var lines: [String] {
    (0..<size.height).map { y in
      var row = ""
      for x in 0..<size.width where self[x, y].scalar != Cell.continuation {
        row.unicodeScalars.append(self[x, y].scalar)
      }
      while row.hasSuffix(" ") { row.removeLast() }
      return row
    }
  }
}

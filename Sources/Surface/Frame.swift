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

  package init(size: Size) {
    self.size = size
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
    let end = min(size.width, limit == .max ? size.width : x + limit)
    var column = x
    var previous: Int?
    for scalar in text.unicodeScalars {
      let width = scalar.columns
      if width == 0 { continue }
      if column + width > end {
        if ellipsis, let previous, previous >= 0, previous < size.width { self[previous, y] = Cell("…", style) }
        break
      }
      if column >= 0 {
        self[column, y] = Cell(scalar.isControl ? "·" : scalar, style)
        if width == 2, column + 1 < size.width { self[column + 1, y] = Cell(Cell.continuation, style) }
      }
      previous = column
      column += width
    }
    return column - x
  }

  /// Fills a part with one character.
  package mutating func fill(_ area: Rect, _ scalar: Unicode.Scalar = " ", _ style: Style) {
    let area = area.intersection(bounds)
    for y in area.y..<area.y + area.height {
      for x in area.x..<area.x + area.width { self[x, y] = Cell(scalar, style) }
    }
  }

  /// Changes the style of a part, keeping its characters.
  package mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
    let area = area.intersection(bounds)
    for y in area.y..<area.y + area.height {
      for x in area.x..<area.x + area.width { change(&self[x, y].style) }
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

extension Frame {
  package static func == (left: Frame, right: Frame) -> Bool {
    left.size == right.size && left.cursorX == right.cursorX && left.cursorY == right.cursorY && left.cells == right.cells
  }
}

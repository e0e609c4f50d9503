/// Columns and rows of a screen or a part of it.
package struct Size: Hashable, Sendable {
  package var width: Int
  package var height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A part of the screen; `x` and `y` count from the top left, which is 0, 0. Width and height are never negative.
package struct Rect: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package init(_ size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }

  package var size: Size { Size(width: width, height: height) }
  package var isEmpty: Bool { width == 0 || height == 0 }
  package var right: Int { x + width }
  package var bottom: Int { y + height }

  /// Smaller by that many cells on each side.
  package func inset(x dx: Int = 0, y dy: Int = 0) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// The part that lies in both.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(x: left, y: top, width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
  }

  /// The first `rows` rows, and the rest.
  package func split(top rows: Int) -> (top: Rect, rest: Rect) {
    let taken = max(0, min(rows, height))
    return (
      Rect(x: x, y: y, width: width, height: taken),
      Rect(x: x, y: y + taken, width: width, height: height - taken)
    )
  }

  /// The last `rows` rows, and the rest.
  package func split(bottom rows: Int) -> (bottom: Rect, rest: Rect) {
    let (rest, bottom) = split(top: height - max(0, min(rows, height)))
    return (bottom, rest)
  }

  /// The first `columns` columns, and the rest.
  package func split(left columns: Int) -> (left: Rect, rest: Rect) {
    let taken = max(0, min(columns, width))
    return (
      Rect(x: x, y: y, width: taken, height: height),
      Rect(x: x + taken, y: y, width: width - taken, height: height)
    )
  }
}

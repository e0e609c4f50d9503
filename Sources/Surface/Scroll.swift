/// The offset, moved no further than it takes for the selected row to be visible and for no row to be wasted.
package func scrolled(offset: Int, selected: Int?, visible: Int, count: Int) -> Int {
  guard visible > 0 else { return 0 }
  var result = offset
  if let selected, selected >= 0, selected < count {
    result = min(result, selected)
    result = max(result, selected - visible + 1)
  }
  return max(0, min(result, count - visible))
}

/// Where in a longer list one is: a thumb on the border beside it. Nothing where all is visible, or there is no border.
package struct ScrollBar: Hashable, Sendable {
  package var offset: Int
  package var visible: Int
  package var count: Int

  package init(offset: Int, visible: Int, count: Int) {
    self.offset = offset
    self.visible = visible
    self.count = count
  }

  /// Draws the thumb within a column, keeping the style of what it covers.
  package func draw(on frame: inout Frame, in column: Rect) {
    guard count > visible, visible > 0, column.height > 0 else { return }
    let height = column.height
    let length = max(1, height * visible / count)
    let range = count - visible
    // Rounded, but the ends only where the list is at its ends.
    var top = (offset * (height - length) * 2 + range) / (2 * range)
    if offset > 0, height > length { top = max(1, top) }
    if offset < range { top = min(max(0, height - length - 1), top) }
    for y in column.y + top..<column.y + min(height, top + length) {
      guard column.x >= 0, column.x < frame.size.width, y >= 0, y < frame.size.height else { continue }
      if frame[column.x, y].scalar == frame.glyphs.vertical { frame[column.x, y].scalar = frame.glyphs.scrollThumb }
    }
  }
}

extension LogView {
  /// Where it stands after moving by rows of the screen, no longer following if it did; at both ends it stops.
  ///
  /// Only the lines on the way are asked for.
  package func position(movedBy step: Int, in size: Size) -> Position {
    guard count > 0, size.width > 0, size.height > 0 else { return position }
    let bottom = lastPage(size)
    var place: (line: Int, row: Int)
    switch position {
    case .following where step > 0: return .following
    case .following: place = bottom
    case .line(let line, let row):
      let line = max(0, min(line, count - 1))
      place = (line, min(row, rows(of: line, width: size.width) - 1))
    }
    var left = step
    while left < 0, place != (0, 0) {
      let taken = min(place.row, -left)
      place.row -= taken
      left += taken
      guard left < 0, place.line > 0 else { break }
      place.line -= 1
      place.row = rows(of: place.line, width: size.width) - 1
      left += 1
    }
    while left > 0, place < bottom {
      let taken = min(rows(of: place.line, width: size.width) - 1 - place.row, left)
      place.row += taken
      left -= taken
      guard left > 0, place.line < count - 1 else { break }
      place = (place.line + 1, 0)
      left -= 1
    }
    if place > bottom { place = bottom }
    return .line(place.line, row: place.row)
  }

  /// The top of the screen that ends with the last line.
  private func lastPage(_ size: Size) -> (line: Int, row: Int) {
    var line = count
    var height = 0
    while line > 0, height < size.height {
      line -= 1
      height += rows(of: line, width: size.width)
    }
    return (line, max(0, height - size.height))
  }

  private func rows(of index: Int, width: Int) -> Int {
    isWrapped ? wrap(line(index), width: width).count : 1
  }
}

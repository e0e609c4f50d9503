/// A horizontal bar of how much of something is used, in eighths of a cell.
///
/// Rounded down, so that only what is full looks full; but anything above zero shows. Unknown is a dashed line, which
/// can't be taken for an empty bar.
package struct Gauge: Hashable, Sendable {
  /// 0 to 1; above 1 is drawn as full.
  package var ratio: Double?
  package var role: Role
  /// Where a limit or threshold lies, 0 to 1.
  package var mark: Double?

  package init(_ ratio: Double?, _ role: Role, mark: Double? = nil) {
    self.ratio = ratio
    self.role = role
    self.mark = mark
  }

  /// Draws it over the whole width of the area's first row.
  package func draw(on frame: inout Frame, in area: Rect) {
    guard !area.isEmpty else { return }
    let row = Rect(x: area.x, y: area.y, width: area.width, height: 1)
    let glyphs = frame.glyphs
    guard let ratio, ratio.isFinite else {
      frame.fill(row, glyphs.unknown, Style(.unknown))
      return
    }
    frame.fill(row, glyphs.track, Style(.track))
    let parts = glyphs == .unicode ? 8 : 1
    let steps = Self.steps(ratio, of: area.width * parts)
    frame.fill(Rect(x: row.x, y: row.y, width: steps / parts, height: 1), glyphs == .unicode ? "█" : "#", Style(role))
    if steps % parts > 0 {
      let place = Rect(x: row.x + steps / parts, y: row.y, width: 1, height: 1)
      frame.fill(place, Self.eighths[steps % parts - 1], Style(role))
    }
    if let mark, mark > 0, mark < 1 {
      let x = row.x + min(area.width - 1, Int(mark * Double(area.width)))
      // Over the bar the mark takes the bar's colour as its ground, so that it cuts no hole into it.
      let isCovered = x < row.x + steps / parts
      let style = isCovered ? Style(role, reverse: true) : Style(.muted)
      frame.fill(Rect(x: x, y: row.y, width: 1, height: 1), glyphs.vertical, style)
    }
  }

  /// How many of `whole` steps to fill.
  static func steps(_ ratio: Double, of whole: Int) -> Int {
    guard ratio > 0 else { return 0 }
    return min(whole, max(1, Int(min(ratio, 1) * Double(whole))))
  }

  static let eighths: [Unicode.Scalar] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}

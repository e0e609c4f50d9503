/// The history of one or two figures as lines or areas of braille dots, newest at the right; unknown is a gap.
package struct Chart {
  package struct Line: Hashable, Sendable {
    /// Oldest first, one for each dot column: `Chart.capacity` says how many are drawn.
    package var values: [Double?]
    package var role: Role
    /// Filled down to zero.
    package var isFilled: Bool

    package init(_ values: [Double?], _ role: Role, isFilled: Bool = false) {
      self.values = values
      self.role = role
      self.isFilled = isFilled
    }
  }

  /// The first lies in front.
  package var lines: [Line]
  /// The value at the upper edge; `nil` takes the highest one shown.
  package var top: Double?
  /// How a value is written on the axis.
  package var format: (Double) -> String
  /// What stands under the left end and the right end, such as `-1h` and `now`; none where both are empty.
  package var start: String
  package var end: String

  package init(
    _ lines: [Line], top: Double? = nil, start: String = "", end: String = "", format: @escaping (Double) -> String
  ) {
    self.lines = lines
    self.top = top
    self.start = start
    self.end = end
    self.format = format
  }

  /// Columns that the labels of the axis take.
  package static let axisWidth = 6

  /// How many values a chart of that width shows.
  package static func capacity(width: Int, glyphs: Glyphs = .unicode) -> Int {
    max(0, width - axisWidth) * (glyphs == .unicode ? 2 : 1)
  }

  /// Draws it over the whole area.
  package func draw(on frame: inout Frame, in area: Rect) {
    frame.fill(area, " ", .text)
    let hasTimes = !start.isEmpty || !end.isEmpty
    let (times, rest) = area.split(bottom: hasTimes && area.height > 2 ? 1 : 0)
    let (axis, plot) = rest.split(left: Self.axisWidth)
    guard !plot.isEmpty else { return }
    let capacity = Self.capacity(width: area.width, glyphs: frame.glyphs)
    let shown = lines.map { Array($0.values.suffix(capacity)) }
    let highest = shown.joined().lazy.compactMap { $0 }.filter(\.isFinite).max()
    let scale = top ?? highest.map { max($0, 0) } ?? 0
    drawAxis(scale, isKnown: highest != nil || top != nil, on: &frame, in: axis)
    if !times.isEmpty {
      if start.columns <= plot.width { frame.put(start, x: plot.x, y: times.y, Style(.muted)) }
      let width = min(end.columns, plot.width)
      if start.columns + 1 + width <= plot.width {
        frame.put(end, x: plot.right - width, y: times.y, Style(.muted))
      }
    }
    guard highest != nil else {
      let text = "no data"
      frame.put(text, x: plot.x + max(0, (plot.width - text.columns) / 2), y: plot.y + plot.height / 2, Style(.unknown))
      return
    }
    // From the back to the front: where two share a cell, the front one gives it its colour.
    for (line, values) in zip(lines, shown).reversed() {
      if frame.glyphs == .unicode {
        drawDots(values, line, scale, on: &frame, in: plot)
      } else {
        drawLetters(values, line, scale, on: &frame, in: plot)
      }
    }
  }

  private func drawAxis(_ scale: Double, isKnown: Bool, on frame: inout Frame, in axis: Rect) {
    guard isKnown else { return }
    let place = { (text: String, y: Int, frame: inout Frame) in
      let width = Self.axisWidth - 1
      let shift = max(0, width - text.columns)
      _ = frame.put(text, x: axis.x + shift, y: y, Style(.muted), limit: width - shift)
    }
    place(format(scale), axis.y, &frame)
    if axis.height > 1 { place(format(0), axis.bottom - 1, &frame) }
    if axis.height >= 5, axis.height % 2 == 1 { place(format(scale / 2), axis.y + axis.height / 2, &frame) }
  }

  /// 0 at the bottom to `steps - 1` at the top.
  private func height(_ value: Double, _ scale: Double, _ steps: Int) -> Int {
    guard scale > 0, value > 0 else { return 0 }
    return min(steps - 1, Int(min(1, value / scale) * Double(steps - 1) + 0.5))
  }

  private func drawDots(_ values: [Double?], _ line: Line, _ scale: Double, on frame: inout Frame, in plot: Rect) {
    let rows = plot.height * 4
    var dots = [UInt8](repeating: 0, count: plot.width * plot.height)
    var previous: Int?
    for (index, value) in values.enumerated() {
      guard let value, value.isFinite else {
        previous = nil
        continue
      }
      let level = height(value, scale, rows)
      let column = plot.width * 2 - values.count + index
      // A line goes up or down to its next value, so that a peak is not a lone dot.
      var (low, high) = (level, level)
      if line.isFilled {
        low = 0
      } else if let previous, previous < level - 1 {
        low = previous + 1
      } else if let previous, previous > level + 1 {
        high = previous - 1
      }
      for step in low...high {
        let y = rows - 1 - step
        dots[y / 4 * plot.width + column / 2] |= Braille.bit(x: column % 2, y: y % 4)
      }
      previous = level
    }
    for (place, mask) in dots.enumerated() where mask != 0 {
      let (x, y) = (plot.x + place % plot.width, plot.y + place / plot.width)
      guard Rect(x: x, y: y, width: 1, height: 1).intersection(frame.bounds).isEmpty == false else { continue }
      let behind = Braille.dots(frame[x, y].scalar)
      frame[x, y] = Cell(Braille.scalar(mask | behind), Style(line.role))
    }
  }

  private func drawLetters(_ values: [Double?], _ line: Line, _ scale: Double, on frame: inout Frame, in plot: Rect) {
    let letter: Unicode.Scalar = line == lines.first ? "#" : "+"
    for (index, value) in values.enumerated() {
      guard let value, value.isFinite else { continue }
      let level = height(value, scale, plot.height)
      let x = plot.right - values.count + index
      let top = plot.bottom - 1 - level
      let area = Rect(x: x, y: top, width: 1, height: line.isFilled ? level + 1 : 1)
      frame.fill(area, letter, Style(line.role))
    }
  }
}

/// As many values as there is room for, each the highest of its group, so that no peak gets lost.
///
/// - Parameter first: the number that the first value has in the whole history: groups begin at multiples of their
///   length counted from there, so that a chart moves as a whole instead of shimmering when a value is added.
package func condensed(_ values: [Double?], to room: Int, first: Int = 0) -> [Double?] {
  guard room > 0 else { return [] }
  guard values.count > room else { return values }
  // One group may be cut at the front, so one fewer is sure to fit.
  let length = room > 1 ? (values.count + room - 2) / (room - 1) : values.count
  var result: [Double?] = []
  var index = 0
  while index < values.count {
    let next = min(values.count, index + length - (first + index) % length)
    result.append(values[index..<next].lazy.compactMap { $0 }.max())
    index = next
  }
  return result.suffix(room)
}

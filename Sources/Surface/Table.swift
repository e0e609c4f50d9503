/// Rows under headings, of which one may be selected; only the visible rows are asked for.
package struct Table {
  package enum Alignment: Hashable, Sendable { case left, right }

  package enum Order: Hashable, Sendable { case ascending, descending }

  package enum Width: Hashable, Sendable {
    case fixed(Int)
    /// At least `min` columns, and a share of what is left over by weight, up to `max`.
    case flexible(min: Int, weight: Int = 1, max: Int = .max)

    var least: Int {
      switch self {
      case .fixed(let width): width
      case .flexible(let min, _, _): min
      }
    }
  }

  package struct Column: Hashable, Sendable {
    package var title: String
    package var width: Width
    package var alignment: Alignment
    /// 0 stays longest: where it gets narrow, columns of the highest number disappear first, the rightmost of equals.
    package var priority: Int
    /// Set on the column by which the rows are sorted.
    package var order: Order?

    package init(
      _ title: String, _ width: Width, _ alignment: Alignment = .left, priority: Int = 0, order: Order? = nil
    ) {
      self.title = title
      self.width = width
      self.alignment = alignment
      self.priority = priority
      self.order = order
    }
  }

  /// What stands in a row under one heading.
  package enum Content: Hashable, Sendable {
    case spans([Span])
    case gauge(Gauge)
    case sparkline(Sparkline)
    /// A bar with its figure at the right of it, such as `██▌·· 42%`.
    case measure(Gauge, Span)

    package static func text(_ text: String, _ role: Role = .text) -> Content { .spans([Span(text, role)]) }
    package static let empty = Content.spans([])
  }

  package var columns: [Column]
  package var count: Int
  package var selected: Int?
  package var offset: Int
  package var isFocused: Bool
  /// Drawn instead of rows where there are none.
  package var emptyText: String
  /// The contents of a row, for all the columns, also those that do not fit.
  package var row: (Int) -> [Content]

  package init(
    _ columns: [Column], count: Int, selected: Int? = nil, offset: Int = 0, isFocused: Bool = true,
    emptyText: String = "", row: @escaping (Int) -> [Content]
  ) {
    self.columns = columns
    self.count = count
    self.selected = selected
    self.offset = offset
    self.isFocused = isFocused
    self.emptyText = emptyText
    self.row = row
  }

  /// Rows that fit in an area of that height, below the heading.
  package static func visibleRows(height: Int) -> Int { max(0, height - 1) }

  /// Draws headings and rows; where rows overflow, a thumb on the border right of the area.
  /// - Returns: the offset used, so that the selected row is visible.
  @discardableResult
  package func draw(on frame: inout Frame, in area: Rect) -> Int {
    guard !area.isEmpty else { return offset }
    let (top, body) = area.split(top: 1)
    let layout = Self.layout(columns, width: area.width)
    for place in layout { drawHeading(columns[place.column], x: area.x + place.x, place.width, on: &frame, y: top.y) }
    let start = scrolled(offset: offset, selected: selected, visible: body.height, count: count)
    if count == 0 {
      for (line, text) in wrap(emptyText, width: max(1, body.width - 2)).prefix(body.height).enumerated() {
        frame.put(text, x: body.x + 1, y: body.y + line, Style(.muted), limit: body.width - 1)
      }
    }
    for index in start..<max(start, min(count, start + body.height)) {
      let y = body.y + index - start
      let contents = row(index)
      for place in layout where place.column < contents.count {
        let spot = Rect(x: area.x + place.x, y: y, width: place.width, height: 1)
        draw(contents[place.column], columns[place.column].alignment, on: &frame, in: spot)
      }
      if index == selected {
        let ground: Ground = isFocused ? .selected : .selectedUnfocused
        frame.restyle(Rect(x: area.x, y: y, width: area.width, height: 1)) { $0.ground = ground }
      }
    }
    let border = Rect(x: area.right, y: body.y, width: 1, height: body.height)
    ScrollBar(offset: start, visible: body.height, count: count).draw(on: &frame, in: border)
    return start
  }

  private func drawHeading(_ column: Column, x: Int, _ width: Int, on frame: inout Frame, y: Int) {
    let style = Style(.heading, bold: column.order != nil)
    guard let order = column.order else {
      let shift = column.alignment == .right ? max(0, width - column.title.columns) : 0
      frame.put(column.title, x: x + shift, y: y, style, limit: width - shift)
      return
    }
    // The marker stays even where the title is cut.
    let room = max(0, width - 1)
    let shift = column.alignment == .right ? max(0, room - column.title.columns) : 0
    let drawn = frame.put(column.title, x: x + shift, y: y, style, limit: room - shift)
    let marker = order == .ascending ? frame.glyphs.ascending : frame.glyphs.descending
    frame.put(String(marker), x: x + shift + drawn, y: y, style, limit: 1)
  }

  private func draw(_ content: Content, _ alignment: Alignment, on frame: inout Frame, in spot: Rect) {
    switch content {
    case .spans(let spans):
      let shift = alignment == .right ? max(0, spot.width - spans.columns) : 0
      frame.put(spans, x: spot.x + shift, y: spot.y, limit: spot.width - shift)
    case .gauge(let gauge): gauge.draw(on: &frame, in: spot)
    case .sparkline(let sparkline): sparkline.draw(on: &frame, in: spot)
    case .measure(let gauge, let figure):
      // The figure matters more than its bar.
      let width = min(spot.width, max(4, figure.text.columns))
      let text = Rect(x: spot.right - width, y: spot.y, width: width, height: 1)
      draw(.spans([figure]), .right, on: &frame, in: text)
      let bar = Rect(x: spot.x, y: spot.y, width: spot.width - width - 1, height: 1)
      if bar.width >= 2 { gauge.draw(on: &frame, in: bar) }
    }
  }
}

/// One line of text being typed: a filter, a command, the name that confirms an action.
package struct TextField: Hashable, Sendable {
  package private(set) var scalars: [Unicode.Scalar]
  /// How many characters stand left of the cursor.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    scalars = Array(text.unicodeScalars.filter { !$0.isControl })
    cursor = scalars.count
  }

  package var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Longer ones would only come from a mistaken paste.
  package static let longest = 1024

  /// Puts typed or pasted text at the cursor; line ends and other controls become one blank.
  package mutating func insert(_ text: String) {
    for scalar in text.unicodeScalars where scalars.count < Self.longest {
      scalars.insert(scalar.isControl ? " " : scalar, at: cursor)
      cursor += 1
    }
  }

  /// Moves and edits as a shell's line does.
  /// - Returns: whether the key meant something here.
  package mutating func edit(_ key: Key) -> Bool {
    switch (key.code, key.control, key.alt) {
    case (.character(let scalar), false, false): insert(String(scalar))
    case (.left, false, false), (.character("b"), true, false): cursor = max(0, cursor - 1)
    case (.right, false, false), (.character("f"), true, false): cursor = min(scalars.count, cursor + 1)
    case (.home, _, _), (.character("a"), true, false): cursor = 0
    case (.end, _, _), (.character("e"), true, false): cursor = scalars.count
    case (.backspace, false, false), (.character("h"), true, false): remove(from: cursor - 1, to: cursor)
    case (.delete, _, _), (.character("d"), true, false): remove(from: cursor, to: cursor + 1)
    case (.character("u"), true, false): remove(from: 0, to: cursor)
    case (.character("k"), true, false): remove(from: cursor, to: scalars.count)
    case (.character("w"), true, false), (.backspace, _, _): remove(from: wordStart, to: cursor)
    default: return false
    }
    return true
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, scalars[start - 1] == " " { start -= 1 }
    while start > 0, scalars[start - 1] != " " { start -= 1 }
    return start
  }

  private mutating func remove(from start: Int, to end: Int) {
    let (start, end) = (max(0, start), min(scalars.count, end))
    guard start < end else { return }
    scalars.removeSubrange(start..<end)
    cursor = start
  }

  /// Draws it over the whole width of the area's first row, moved so that the cursor is visible, and sets the frame's.
  package func draw(on frame: inout Frame, in area: Rect, _ style: Style) {
    guard !area.isEmpty else { return }
    frame.fill(Rect(x: area.x, y: area.y, width: area.width, height: 1), " ", style)
    var first = cursor
    var columns = 0
    // One column stays for the cursor behind the last character.
    while first > 0, columns + scalars[first - 1].columns < area.width {
      first -= 1
      columns += scalars[first].columns
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[first...])
    frame.put(String(view), x: area.x, y: area.y, style, limit: area.width, ellipsis: false)
    frame.cursor = (area.x + columns, area.y)
  }
}

import Surface

/// The rows that `draw` leaves on an empty frame of that size.
func drawn(_ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode, _ draw: (inout Frame) -> Void) -> [String] {
  var frame = Frame(size: Size(width: width, height: height), glyphs: glyphs)
  draw(&frame)
  return frame.lines
}

/// The same, a letter of each cell's role: see `Frame.roles`.
func roles(_ width: Int, _ height: Int, _ draw: (inout Frame) -> Void) -> [String] {
  var frame = Frame(size: Size(width: width, height: height))
  draw(&frame)
  return frame.roles
}

extension Frame {
  /// A second grid beside `lines`: each cell's role as a letter, `.` for text; upper case where bold or reversed,
  /// `s` and `S` for text on the row under the cursor.
  var roles: [String] {
    (0..<size.height).map { y in
      var row = ""
      for x in 0..<size.width {
        let style = self[x, y].style
        var letter = Self.letters[style.role] ?? "?"
        if style.ground != .plain, style.role == .text { letter = "s" }
        row += style.bold || style.reverse ? letter.uppercased() : letter
      }
      while row.last == "." { row.removeLast() }
      return row
    }
  }

  private static let letters: [Role: String] = [
    .text: ".", .muted: "m", .heading: "h", .border: "b", .borderFocused: "f", .title: "t", .titleFocused: "u",
    .match: "x", .good: "g", .warning: "w", .critical: "c", .unknown: "n", .stale: "o", .bar: "r", .barKey: "k",
    .cpu: "p", .memory: "y", .cache: "a", .track: "_", .dialog: "d", .dialogBorder: "e", .button: "i",
    .buttonFocused: "j",
  ]
}

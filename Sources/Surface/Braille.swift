/// The braille patterns: two columns of four dots in a cell.
enum Braille {
  /// The bit of one dot; `x` 0 to 1, `y` 0 to 3 from the top.
  static func bit(x: Int, y: Int) -> UInt8 { bits[x][y] }

  /// The character with those dots set; a blank where none is.
  static func scalar(_ dots: UInt8) -> Unicode.Scalar {
    dots == 0 ? " " : Unicode.Scalar(0x2800 + UInt32(dots)) ?? " "
  }

  /// Two bars of 0 to 4 dots, standing on the bottom.
  static func column(left: Int, right: Int) -> Unicode.Scalar {
    var dots: UInt8 = 0
    for y in max(0, 4 - left)..<4 { dots |= bit(x: 0, y: y) }
    for y in max(0, 4 - right)..<4 { dots |= bit(x: 1, y: y) }
    return scalar(dots)
  }

  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
}

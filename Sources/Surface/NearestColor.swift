extension TerminalColor {
  /// The number by which a terminal with so many colours knows this one, or the nearest that it has.
  /// - Returns: `nil` for the terminal's own default. On a terminal with eight colours a bright one is 8 to 15 all the
  ///   same: the caller draws it as its dark one, bold where it is a foreground.
  package func nearest(colors: Int) -> Int? {
    switch self {
    case .standard:
      return nil
    case .index(let index) where index < 16 || colors >= 256:
      return Int(index)
    case .index(let index):
      let (red, green, blue) = Self.components(Int(index))
      return Self.nearest(red, green, blue, among: 0..<16)
    case .rgb(let red, let green, let blue):
      return Self.nearest(Int(red), Int(green), Int(blue), among: colors >= 256 ? 16..<256 : 0..<16)
    }
  }

  /// What xterm shows for an index, each part 0 to 255; the sixteen first are the user's to change, so only about that.
  package static func components(_ index: Int) -> (red: Int, green: Int, blue: Int) {
    switch index {
    case 0..<16:
      return sixteen[index]
    case 16..<232:
      let cube = index - 16
      return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    default:
      let grey = 8 + (index - 232) * 10
      return (grey, grey, grey)
    }
  }

  private static func nearest(_ red: Int, _ green: Int, _ blue: Int, among candidates: Range<Int>) -> Int {
    var best = candidates.lowerBound
    var least = Int.max
    for candidate in candidates {
      let other = components(candidate)
      let (dr, dg, db) = (red - other.red, green - other.green, blue - other.blue)
      // The eye tells greens apart best and blues least.
      let distance = 3 * dr * dr + 4 * dg * dg + 2 * db * db
      if distance < least { (best, least) = (candidate, distance) }
    }
    return best
  }

  private static let levels = [0, 95, 135, 175, 215, 255]
  private static let sixteen = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
  ]
}

internal import CNcurses
internal import Surface

/// Styles as ncurses knows them: attributes and a colour pair, made when a style is first drawn.
struct Ink {
  struct Look: Hashable {
    var attributes: UInt32 = 0
    var pair: Int32 = 0
  }

  var palette: Palette {
    didSet { if palette != oldValue { looks = [:] } }
  }
  private var looks: [Style: Look] = [:]
  private var pairs: [Look: Int32] = [:]
  private let colors: Int
  private let pairLimit: Int

  /// After `newterm`.
  init(_ palette: Palette) {
    self.palette = palette
    guard has_colors(), start_color() == OK else {
      (colors, pairLimit) = (0, 0)
      return
    }
    use_default_colors()
    colors = Int(vigie_colors())
    // A pair's number goes into 15 bits.
    pairLimit = min(Int(vigie_pairs()), 0x7FFF)
  }

  /// How to draw a style.
  mutating func look(_ style: Style) -> Look {
    if let known = looks[style] { return known }
    let appearance = palette.appearance(of: style)
    var look = Look()
    if appearance.bold { look.attributes |= vigie_bold() }
    if appearance.dim { look.attributes |= vigie_dim() }
    if appearance.underline { look.attributes |= vigie_underline() }
    if appearance.reverse { look.attributes |= vigie_reverse() }
    if colors >= 8 {
      var foreground = number(appearance.foreground)
      var background = number(appearance.background)
      if colors < 16 {
        if foreground >= 8 {
          foreground -= 8
          look.attributes |= vigie_bold()
        }
        if background >= 8 { background -= 8 }
      }
      look.pair = pair(foreground, background)
    }
    looks[style] = look
    return look
  }

  /// -1 is the terminal's default.
  private func number(_ color: TerminalColor) -> Int32 {
    // A terminal of direct colour takes 0xRRGGBB as the number, and 0 to 7 as the named ones.
    if colors > 0xFFFF {
      switch color {
      case .rgb(let red, let green, let blue): return Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
      case .index(let index) where index >= 8:
        let parts = TerminalColor.components(Int(index))
        return Int32(parts.red << 16 | parts.green << 8 | parts.blue)
      default: break
      }
    }
    return Int32(color.nearest(colors: colors) ?? -1)
  }

  private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
    if foreground < 0, background < 0 { return 0 }
    let key = Look(attributes: UInt32(bitPattern: foreground), pair: background)
    if let known = pairs[key] { return known }
    let next = pairs.count + 1
    guard next < pairLimit, init_extended_pair(CInt(next), foreground, background) == OK else { return 0 }
    pairs[key] = Int32(next)
    return Int32(next)
  }
}

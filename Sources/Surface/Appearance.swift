/// A colour as a theme names it.
package enum TerminalColor: Hashable, Sendable {
  /// Whatever the terminal shows where no colour was asked for.
  case standard
  /// 0 to 15 are the terminal's own sixteen, 16 to 255 xterm's cube and greys.
  case index(UInt8)
  case rgb(UInt8, UInt8, UInt8)

  /// From a theme: `default`, `red`, `bright-red`, `0` to `255`, or `#rrggbb`; `nil` for anything else.
  package init?(_ text: String) {
    if text == "default" {
      self = .standard
    } else if let index = Self.names.firstIndex(of: text) {
      self = .index(UInt8(index))
    } else if let index = UInt8(text), text.first != "+" {
      self = .index(index)
    } else if text.first == "#", text.utf8.count == 7, !text.contains("+"),
      let value = UInt32(text.dropFirst(), radix: 16)
    {
      self = .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    } else {
      return nil
    }
  }

  /// The sixteen names that `init(_:)` takes, by index.
  package static let names =
    ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    + [
      "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
      "bright-white",
    ]
}

/// How a role looks: a theme's entry.
package struct Appearance: Hashable, Sendable {
  package var foreground: TerminalColor
  package var background: TerminalColor
  package var bold: Bool
  package var dim: Bool
  package var underline: Bool
  package var reverse: Bool

  package init(
    _ foreground: TerminalColor = .standard, on background: TerminalColor = .standard, bold: Bool = false,
    dim: Bool = false, underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.underline = underline
    self.reverse = reverse
  }
}

import Surface
import Testing

struct PaletteTests {
  @Test(
    arguments: [
      ("default", .standard), ("red", .index(1)), ("bright-white", .index(15)), ("208", .index(208)),
      ("#ff8000", .rgb(255, 128, 0)), ("#FF8000", .rgb(255, 128, 0)), ("256", nil), ("#ff80", nil), ("rot", nil),
      ("#+f8000", nil), ("+1", nil), ("", nil),
    ] as [(String, TerminalColor?)])
  func `colours as themes write them`(_ text: String, _ color: TerminalColor?) {
    #expect(TerminalColor(text) == color)
  }

  @Test func `the nearest colour that a terminal has`() {
    #expect(TerminalColor.standard.nearest(colors: 256) == nil)
    #expect(TerminalColor.index(208).nearest(colors: 256) == 208)
    #expect(TerminalColor.index(9).nearest(colors: 8) == 9)
    #expect(TerminalColor.index(196).nearest(colors: 16) == 9)
    #expect(TerminalColor.rgb(255, 0, 0).nearest(colors: 256) == 196)
    #expect(TerminalColor.rgb(8, 8, 8).nearest(colors: 256) == 232)
    #expect(TerminalColor.rgb(0, 0, 0).nearest(colors: 8) == 0)
  }

  @Test func `on the selected row a warning keeps its colour, and text takes the row's`() {
    let palette = Palette([
      .text: Appearance(.index(7)), .selected: Appearance(.index(15), on: .index(4)),
      .critical: Appearance(.index(1), on: .index(0), bold: true),
    ])
    #expect(palette.appearance(of: Style(.critical)) == Appearance(.index(1), on: .index(0), bold: true))
    #expect(
      palette.appearance(of: Style(.critical, ground: .selected)) == Appearance(.index(1), on: .index(4), bold: true))
    #expect(palette.appearance(of: Style(.text, ground: .selected)) == Appearance(.index(15), on: .index(4)))
    #expect(palette.appearance(of: Style(.text, bold: true)) == Appearance(.index(7), bold: true))
    #expect(Palette.mono.appearance(of: Style(.good, ground: .selected)).reverse)
  }
}

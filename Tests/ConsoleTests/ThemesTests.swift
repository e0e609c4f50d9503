import Console
import Fleet
import Surface
import Testing

struct Themes {
  private func read(_ texts: String...) -> ThemeReading {
    ThemeReading(
      texts.enumerated().map { ThemeSource(Array($1.utf8), file: "themes/\($0 == 0 ? "mine" : "other").theme.json5") })
  }

  @Test func `shipped ones have nothing wrong`() {
    let reading = ThemeReading()
    #expect(reading.themes.map(\.name) == ["default", "light", "mono"])
    #expect(reading.problems.map(\.description) == [])
    #expect(reading.warnings.map(\.description) == [])
  }

  @Test(arguments: ThemeReading().themes) func `production differs by more than colour`(theme: Theme) {
    for (production, other) in [(Role.production, Role.development), (.barProduction, .bar)] {
      let (one, two) = (theme.palette[production], theme.palette[other])
      #expect((one.bold, one.underline, one.reverse) != (two.bold, two.underline, two.reverse))
    }
  }

  @Test(arguments: ThemeReading().themes) func `the row under the cursor is seen`(theme: Theme) {
    #expect(theme.palette[.selected] != theme.palette[.text])
    #expect(theme.palette[.selectedUnfocused] != theme.palette[.text])
    #expect(theme.palette[.selectedUnfocused] != theme.palette[.selected])
    #expect(theme.palette[.buttonFocused] != theme.palette[.button])
  }

  @Test func `mono has no colour, and its states differ`() throws {
    let palette = try #require(ThemeReading()["mono"]).palette
    for role in Role.allCases {
      #expect(palette[role].foreground == .standard, "\(role.rawValue)")
      #expect(palette[role].background == .standard, "\(role.rawValue)")
    }
    let states = [Role.good, .warning, .critical, .unknown, .stale].map { palette[$0] }
    #expect(Set(states).count == states.count)
  }

  @Test func `an entry replaces the inherited one, and takes from text what it leaves out`() throws {
    let reading = read(
      """
      {
        name: "mine",
        palette: { paper: "#101018" },
        roles: { text: { background: "paper" }, critical: { foreground: "bright-white", underline: true } },
      }
      """)
    #expect(reading.problems.isEmpty)
    let palette = try #require(reading["mine"]).palette
    let paper = TerminalColor.rgb(0x10, 0x10, 0x18)
    #expect(palette[.critical] == Appearance(.index(15), on: paper, underline: true))
    #expect(palette[.good] == Appearance(.index(2), on: paper))
  }

  @Test func `a palette name given again changes what is inherited`() throws {
    let reading = read(#"{ palette: { row: 4 } }"#)
    #expect(reading.problems.isEmpty)
    #expect(try #require(reading["mine"]).palette[.selected].background == .index(4))
  }

  @Test func `everything wrong is said at once, and the rest is kept`() throws {
    let reading = read(
      """
      {
        inherit: "default",
        palette: { red: "#ff0000", accent: "#12345", deep: 256 },
        roles: {
          critcal: { bold: true },
          good: { foreground: "gren" },
          stale: "dim",
          warning: { foreground: "acent", background: "row", blink: true, bold: "yes" },
        },
      }
      """)
    #expect(
      reading.problems.map(\.description) == [
        "themes/mine.theme.json5:2:3: inherit: unknown key; did you mean inherits?",
        "themes/mine.theme.json5:3:14: palette.red: this is a colour's own name already; choose another",
        "themes/mine.theme.json5:3:38: palette.accent: \"#12345\" is no colour; "
          + "expected default, a name such as bright-red, 0 to 255, #rrggbb, or a name of the palette",
        "themes/mine.theme.json5:3:54: palette.deep: \"256\" is no colour; "
          + "expected default, a name such as bright-red, 0 to 255, #rrggbb, or a name of the palette",
        "themes/mine.theme.json5:5:5: roles.critcal: no such role; did you mean critical?",
        "themes/mine.theme.json5:6:25: roles.good.foreground: \"gren\" is no colour; did you mean \"green\"?",
        "themes/mine.theme.json5:7:12: roles.stale: expected an object in { }, found \"dim\"",
        "themes/mine.theme.json5:8:28: roles.warning.foreground: \"acent\" is no colour; "
          + "expected default, a name such as bright-red, 0 to 255, #rrggbb, or a name of the palette",
        "themes/mine.theme.json5:8:56: roles.warning.blink: unknown key; "
          + "expected background, bold, dim, foreground, reverse, underline",
        "themes/mine.theme.json5:8:75: roles.warning.bold: expected true or false, found \"yes\"",
      ])
    let palette = try #require(reading["mine"]).palette
    #expect(palette[.warning].background == .index(238))
    #expect(palette[.stale] == ThemeReading()["default"]?.palette[.stale])
  }

  @Test func `a circle is named, and both themes still work`() {
    let reading = read(#"{ name: "a", inherits: "b" }"#, #"{ name: "b", inherits: "a", roles: { good: {} } }"#)
    #expect(
      reading.problems.map(\.message) == [
        "themes inherit one another in a circle: a → b → a; break it",
        "themes inherit one another in a circle: b → a → b; break it",
      ])
    #expect(reading["a"] != nil && reading["b"] != nil)
  }

  @Test func `an unknown parent is named with its nearest`() {
    #expect(
      read(#"{ inherits: "ligth" }"#).problems.map(\.message) == [
        #"expected "default", "light", "mono" or "mine", found "ligth"; did you mean "light"?"#
      ])
  }

  @Test func `a theme with a shipped name takes its place, and inherits it`() {
    let reading = read(#"{ name: "default", roles: { good: { foreground: 10 } } }"#)
    #expect(reading.problems.isEmpty)
    #expect(reading.themes.map(\.name) == ["default", "light", "mono"])
    #expect(reading["default"]?.palette[.good].foreground == .index(10))
    #expect(reading["default"]?.palette[.critical] == ThemeReading()["default"]?.palette[.critical])
    #expect(reading["light"] == ThemeReading()["light"])
  }

  @Test func `two files of one name are refused, the first is kept`() {
    let reading = read(#"{ name: "a" }"#, #"{ name: "a" }"#)
    #expect(reading.problems.map(\.message) == [#"another file is already the theme "a"; rename one"#])
  }

  @Test func `production told by colour alone draws a warning`() {
    let reading = read(#"{ roles: { production: { foreground: "red" } } }"#)
    #expect(reading.problems.isEmpty)
    #expect(
      reading.warnings.map(\.message) == [
        "production differs from development by colour alone at most; "
          + "make it bold, underlined or reversed, and the other not"
      ])
  }

  @Test func `a file that is no JSON5 is one problem, and no theme`() {
    let reading = read("{ roles: ")
    #expect(reading.problems.count == 1)
    #expect(reading["mine"] == nil)
  }
}

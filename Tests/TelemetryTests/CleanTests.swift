import Telemetry
import Testing

@Suite struct CleanTests {
  static let hostile: [(name: String, input: String, shown: String)] = [
    ("plain text", "shop-php-1", "shop-php-1"),
    ("French", "Éléphant à l’œuvre", "Éléphant à l’œuvre"),
    ("wide text", "日本語", "日本語"),
    ("nothing", "", ""),
    ("colours", "\u{1B}[1;31mERROR\u{1B}[0m done", "ERROR done"),
    ("cursor home and clear", "\u{1B}[2J\u{1B}[Hgone", "gone"),
    ("a window title", "\u{1B}]0;pwned\u{07}x", "·]0;pwned·x"),
    ("a clipboard write", "\u{1B}]52;c;cm0=\u{1B}\\", "·]52;c;cm0=·\\"),
    ("a device report", "\u{1B}P$q\u{1B}\\", "·P$q·\\"),
    ("a reset", "\u{1B}c", "·c"),
    ("a C1 introducer", "a\u{9B}31mb", "ab"),
    ("a sequence that never ends", "\u{1B}[31", "·[31"),
    ("a lone escape", "\u{1B}", "·"),
    ("line breaks and tabs", "a\nb\r\nc\td", "a b  c d"),
    ("separators", "a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
    ("C0 and DEL", "a\u{0}b\u{7}c\u{8}d\u{7F}", "a·b·c·d·"),
    ("right to left override", "gpj.\u{202E}exe", "gpj.·exe"),
    ("isolates", "\u{2066}a\u{2069}", "·a·"),
    ("directional marks", "a\u{200E}\u{200F}\u{061C}b", "a···b"),
    ("zero width", "pass\u{200B}word\u{FEFF}\u{200D}\u{2060}", "pass·word···"),
    ("a soft hyphen", "a\u{AD}b", "a·b"),
    ("tags", "a\u{E0041}\u{E007F}b", "a··b"),
    ("a Hangul filler", "a\u{3164}b", "a·b"),
    ("odd spaces", "a\u{A0}b\u{3000}c", "a b c"),
    ("a variation selector", "⚠\u{FE0F}", "⚠"),
    ("many marks", "e" + String(repeating: "\u{301}", count: 40), "e\u{301}\u{301}\u{301}\u{301}"),
    ("a noncharacter", "a\u{FFFF}b", "a·b"),
  ]

  @Test(arguments: hostile)
  func `hostile text is made harmless`(_ row: (name: String, input: String, shown: String)) {
    #expect(Array(Clean.text(row.input).unicodeScalars) == Array(row.shown.unicodeScalars), "\(row.name)")
    #expect(Clean.text(Array(row.input.utf8)) == Clean.text(row.input), "\(row.name)")
  }

  @Test func `bytes that are not UTF-8 become replacement characters`() {
    #expect(Clean.text([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    #expect(Clean.text([0xC0, 0x80]).unicodeScalars.allSatisfy { $0 == "\u{FFFD}" })
    #expect(Clean.text([0xE2, 0x82]).unicodeScalars.allSatisfy { $0 == "\u{FFFD}" })
  }

  @Test func `long text is cut to its limit and says so`() {
    #expect(Clean.text("abcdef", limit: 6) == "abcdef")
    #expect(Clean.text("abcdefg", limit: 6) == "abcde…")
    #expect(Clean.text(Array("abcdefg".utf8), limit: 6) == "abcde…")
    #expect(Clean.text("ééééé", limit: 3) == "éé…")
    let long = Clean.text(repeatElement(UInt8(ascii: "x"), count: 90_000))
    #expect(long.unicodeScalars.count == Clean.usualLimit)
  }

  @Test func `clean text stays as it is`() {
    for row in Self.hostile {
      let once = Clean.text(row.input)
      #expect(Clean.text(once) == once, "\(row.name)")
    }
  }
}

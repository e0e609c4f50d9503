import Surface
import Terminal
import Testing

struct InputDecoderTests {
  static let sequences: [(String, Key)] = [
    ("a", Key(.character("a"))),
    ("é", Key(.character("é"))),
    ("日", Key(.character("日"))),
    ("\r", Key(.enter)),
    ("\n", Key(.character("j"), control: true)),
    ("\t", Key(.tab)),
    ("\u{7F}", Key(.backspace)),
    ("\u{08}", Key(.character("h"), control: true)),
    ("\u{03}", Key(.character("c"), control: true)),
    ("\u{1A}", Key(.character("z"), control: true)),
    ("\u{00}", Key(.character(" "), control: true)),
    ("\u{1D}", Key(.character("]"), control: true)),
    ("\u{1B}x", Key(.character("x"), alt: true)),
    ("\u{1B}é", Key(.character("é"), alt: true)),
    ("\u{1B}\r", Key(.enter, alt: true)),
    ("\u{1B}\u{01}", Key(.character("a"), control: true, alt: true)),
    ("\u{1B}[A", Key(.up)),
    ("\u{1B}OB", Key(.down)),
    ("\u{1B}[1;5C", Key(.right, control: true)),
    ("\u{1B}[1;3D", Key(.left, alt: true)),
    ("\u{1B}\u{1B}[A", Key(.up, alt: true)),
    ("\u{1B}[H", Key(.home)),
    ("\u{1B}[4~", Key(.end)),
    ("\u{1B}[5~", Key(.pageUp)),
    ("\u{1B}[6;5~", Key(.pageDown, control: true)),
    ("\u{1B}[2~", Key(.insert)),
    ("\u{1B}[3~", Key(.delete)),
    ("\u{1B}[Z", Key(.backTab)),
    ("\u{1B}OP", Key(.function(1))),
    ("\u{1B}[[B", Key(.function(2))),
    ("\u{1B}[15~", Key(.function(5))),
    ("\u{1B}[24~", Key(.function(12))),
  ]

  @Test(arguments: sequences)
  func `a sequence is one key, in one piece or byte by byte`(_ bytes: String, _ key: Key) {
    var whole = InputDecoder()
    #expect(whole.decode(bytes.utf8) == [.key(key)])
    #expect(!whole.isWaiting)
    var cut = InputDecoder()
    #expect(bytes.utf8.flatMap { cut.decode([$0]) } == [.key(key)])
  }

  @Test(arguments: [
    ("\u{1B}", [Key(.escape)]),
    ("\u{1B}[", [Key(.character("["), alt: true)]),
    ("\u{1B}O", [Key(.character("O"), alt: true)]),
    ("\u{1B}\u{1B}", [Key(.escape), Key(.escape)]),
    ("\u{1B}[12", []),
  ])
  func `what could have gone on is taken as it stands when nothing more comes`(_ bytes: String, _ keys: [Key]) {
    var decoder = InputDecoder()
    #expect(decoder.decode(bytes.utf8) == [])
    #expect(decoder.isWaiting)
    #expect(decoder.decodeRest() == keys.map { .key($0) })
    #expect(!decoder.isWaiting)
  }

  @Test(arguments: [
    "\u{1B}[?62;4c", "\u{1B}[<0;10;20M", "\u{1B}[99~", "\u{1B}]11;rgb:0000/0000/0000\u{07}",
    "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[200;1;1;1u",
  ])
  func `an unknown sequence or answer presses no key`(_ bytes: String) {
    var decoder = InputDecoder()
    #expect(decoder.decode((bytes + "q").utf8) == [.key(Key(.character("q")))])
  }

  @Test(
    arguments: [[0xFF], [0xC3, 0x28], [0xE2, 0x82, 0x28], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC2, 0x9B]] as [[UInt8]])
  func `bytes that are no character don't stop those that follow`(_ bytes: [UInt8]) {
    var decoder = InputDecoder()
    let keys = decoder.decode(bytes + Array("q".utf8))
    #expect(keys.last == .key(Key(.character("q"))))
    #expect(keys.dropLast().allSatisfy { $0 == .key(Key(.character("("))) })
  }

  @Test func `a control in the middle of a sequence is a key of its own`() {
    var decoder = InputDecoder()
    #expect(decoder.decode("\u{1B}[1\u{03}".utf8) == [.key(Key(.character("c"), control: true))])
  }

  @Test func `Backspace is what the tty says it is`() {
    var decoder = InputDecoder()
    decoder.backspaceIsControlH = true
    #expect(decoder.decode([0x08]) == [.key(Key(.backspace))])
  }

  @Test func `a paste is text, however it is cut`() {
    let bytes = "x\u{1B}[200~héllo\r\nq\r\u{1B}[A\u{03}\u{1B}[20\u{1B}[201~y"
    let expected: [TerminalEvent] = [
      .key(Key(.character("x"))), .pasted("héllo\nq\n[A[20"), .key(Key(.character("y"))),
    ]
    var whole = InputDecoder()
    #expect(whole.decode(bytes.utf8) == expected)
    var cut = InputDecoder()
    #expect(bytes.utf8.flatMap { cut.decode([$0]) } == expected)
  }

  @Test func `a paste keeps its first 64 KiB`() {
    var decoder = InputDecoder()
    let text = String(repeating: "a", count: InputDecoder.longestPaste + 10)
    let events = decoder.decode("\u{1B}[200~\(text)\u{1B}[201~".utf8)
    #expect(events == [.pasted(String(repeating: "a", count: InputDecoder.longestPaste))])
  }

  @Test func `a paste whose end got lost can be ended`() {
    var decoder = InputDecoder()
    #expect(decoder.decode("\u{1B}[200~abc".utf8) == [])
    #expect(decoder.decodeRest() == [])
    #expect(decoder.isPasting)
    #expect(decoder.endPaste() == [.pasted("abc")])
    #expect(decoder.decode("q".utf8) == [.key(Key(.character("q")))])
  }
}

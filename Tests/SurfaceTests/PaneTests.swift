import Surface
import Testing

struct PaneTests {
  @Test func `a pane has a title, a note and a foot`() {
    let pane = Pane("Hosts", count: "3", note: [Span("/web", .match)], bottom: [Span("1 of 3", .muted)])
    #expect(
      drawn(30, 3) { pane.draw(on: &$0, in: $0.bounds) } == [
        "┌ Hosts 3 ──────────── /web ─┐", "│                            │", "└─────────────────── 1 of 3 ─┘",
      ])
    #expect(
      roles(30, 3) { pane.draw(on: &$0, in: $0.bounds) } == [
        "bttttttmmbbbbbbbbbbbbb.xxxx.bb", "b............................b", "bbbbbbbbbbbbbbbbbbbb.mmmmmm.bb",
      ])
  }

  @Test func `a focused pane looks different, also in ASCII`() {
    let pane = Pane("Log", isFocused: true)
    #expect(
      drawn(12, 3, .ascii) { pane.draw(on: &$0, in: $0.bounds) } == ["+ Log -----+", "|          |", "+----------+"])
    #expect(roles(12, 3) { pane.draw(on: &$0, in: $0.bounds) } == ["fuuuufffffff", "f..........f", "ffffffffffff"])
  }

  @Test func `what does not fit is cut or left out`() {
    let pane = Pane("Containers", note: [Span("sorted by memory", .muted)])
    #expect(drawn(16, 2) { pane.draw(on: &$0, in: $0.bounds) } == ["┌ Containers ──┐", "└──────────────┘"])
    #expect(
      drawn(24, 2) { pane.draw(on: &$0, in: $0.bounds) } == ["┌ Containers ─ sorte… ─┐", "└──────────────────────┘"])
    #expect(drawn(10, 2) { pane.draw(on: &$0, in: $0.bounds) } == ["┌ Conta…─┐", "└────────┘"])
    for width in 0...6 { for height in 0...3 { _ = drawn(width, height) { pane.draw(on: &$0, in: $0.bounds) } } }
  }

  @Test func `the footer leaves out from the right what does not fit`() {
    let hints = KeyHints([.init("q", "quit"), .init("?", "help"), .init("Enter", "open")], note: [Span("12:00", .bar)])
    #expect(drawn(40, 1) { hints.draw(on: &$0, in: $0.bounds) } == [" q quit  ? help  Enter open        12:00"])
    #expect(drawn(24, 1) { hints.draw(on: &$0, in: $0.bounds) } == [" q quit  ? help    12:00"])
    #expect(drawn(10, 1) { hints.draw(on: &$0, in: $0.bounds) } == ["     12:00"])
    #expect(roles(16, 1) { KeyHints([.init("q", "quit")]).draw(on: &$0, in: $0.bounds) } == ["rkrrrrrrrrrrrrrr"])
  }
}

import Surface
import Testing

struct LogTests {
  @Test(arguments: [
    ("the quick brown fox", 10, ["the quick", "brown fox"]),
    ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
    ("ab abcdefgh", 5, ["ab", "abcde", "fgh"]),
    ("abcde fgh", 5, ["abcde", "fgh"]),
    ("a\n\nb", 5, ["a", "", "b"]),
    ("", 5, [""]),
    ("日本語", 4, ["日本", "語"]),
    ("  indented text", 10, ["  indented", "text"]),
    ("abc", 0, ["a", "b", "c"]),
  ])
  func `text is wrapped at spaces, else within the word`(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(wrap(text, width: width) == lines)
  }

  private func view(_ count: Int, _ position: LogView.Position, wrapped: Bool = false, matches: [String] = [])
    -> LogView
  {
    LogView(count: count, position: position, isWrapped: wrapped, matches: matches, emptyText: "No line yet") {
      [Span("line \($0)", .muted), Span(" Error in PHP")]
    }
  }

  @Test func `a followed log ends at the bottom, another begins at its line`() {
    #expect(
      drawn(20, 3) { view(9, .following).draw(on: &$0, in: $0.bounds) } == (6...8).map { "line \($0) Error in PHP" })
    #expect(
      drawn(20, 3) { view(9, .line(2)).draw(on: &$0, in: $0.bounds) } == (2...4).map { "line \($0) Error in PHP" })
    #expect(drawn(20, 3) { view(1, .following).draw(on: &$0, in: $0.bounds) } == ["line 0 Error in PHP", "", ""])
    #expect(drawn(20, 1) { view(0, .following).draw(on: &$0, in: $0.bounds) } == [" No line yet"])
  }

  @Test func `long lines are cut, wrapped or moved`() {
    #expect(drawn(10, 2) { view(2, .following).draw(on: &$0, in: $0.bounds) } == ["line 0 Er…", "line 1 Er…"])
    #expect(
      drawn(10, 3) { view(2, .following, wrapped: true).draw(on: &$0, in: $0.bounds) } == ["line 1", "Error in", "PHP"])
    var moved = view(1, .following)
    moved.column = 7
    #expect(drawn(12, 1) { moved.draw(on: &$0, in: $0.bounds) } == ["Error in PHP"])
  }

  @Test func `what was searched for is marked, also across styles and in either case`() {
    #expect(roles(20, 1) { view(1, .following, matches: ["error"]).draw(on: &$0, in: $0.bounds) } == ["mmmmmm.xxxxx"])
    #expect(
      roles(20, 1) { view(1, .following, matches: ["0 e", "php"]).draw(on: &$0, in: $0.bounds) } == [
        "mmmmmxxx........xxx"
      ])
  }

  @Test func `only the visible lines are asked for`() {
    var asked: [Int] = []
    var frame = Frame(size: Size(width: 20, height: 3))
    let shown = LogView(count: 100_000) { index in
      asked.append(index)
      return [Span("x")]
    }.draw(on: &frame, in: frame.bounds)
    #expect(asked == [99_999, 99_998, 99_997])
    #expect(shown.first == 99_997)
    #expect(shown.visible == 3)
  }

  @Test func `a log is moved by rows of the screen, also within a long line`() {
    let lines = ["one", "two two two", "three", "four four", "five"]
    func moved(_ position: LogView.Position, _ step: Int, wrapped: Bool = true, height: Int = 3) -> LogView.Position {
      LogView(count: lines.count, position: position, isWrapped: wrapped) { [Span(lines[$0])] }
        .position(movedBy: step, in: Size(width: 4, height: height))
    }
    // Rows: one | two, two, two | thre, e | four, four | five
    #expect(moved(.line(0), 1) == .line(1, row: 0))
    #expect(moved(.line(0), 3) == .line(1, row: 2))
    #expect(moved(.line(1, row: 2), 1) == .line(2, row: 0))
    #expect(moved(.line(2, row: 1), -3) == .line(1, row: 1))
    #expect(moved(.line(1, row: 1), -9) == .line(0, row: 0))
    #expect(moved(.following, 5) == .following)
    #expect(moved(.following, -1) == .line(2, row: 1))
    #expect(moved(.line(0), 99) == .line(3, row: 0))
    #expect(moved(.line(4), 0) == .line(3, row: 0))
    #expect(moved(.line(1, row: 7), -1) == .line(1, row: 1))
    #expect(moved(.following, -1, wrapped: false) == .line(1, row: 0))
    #expect(moved(.line(9), 1, wrapped: false) == .line(2, row: 0))
    #expect(moved(.following, -1, height: 50) == .line(0, row: 0))
  }

  @Test func `a wrapped line may begin above the screen`() {
    let frame = drawn(5, 3) { frame in
      LogView(count: 2, position: .line(0, row: 1), isWrapped: true) { [Span(["ab cdefg hi", "x"][$0])] }
        .draw(on: &frame, in: frame.bounds)
    }
    #expect(frame == ["cdefg", "hi", "x"])
  }
}

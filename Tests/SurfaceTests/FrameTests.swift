import Surface
import Testing

struct FrameTests {
  @Test func `text is cut with an ellipsis at its limit and at the frame's edge`() {
    let lines = drawn(8, 3) { frame in
      frame.put("abcdef", x: 0, y: 0, .text, limit: 4)
      frame.put("abcdefghij", x: 2, y: 1, .text)
      frame.put("abcdef", x: 0, y: 2, .text, limit: 4, ellipsis: false)
    }
    #expect(lines == ["abc…", "  abcde…", "abcd"])
  }

  @Test func `a wide character is drawn whole or not at all`() {
    let lines = drawn(6, 2) { frame in
      #expect(frame.put("日本語", x: 0, y: 0, .text) == 6)
      frame.put("日本語", x: 0, y: 1, .text, limit: 5)
    }
    #expect(lines == ["日本語", "日…"])
  }

  @Test func `overwriting half of a wide character blanks its other half`() {
    let lines = drawn(6, 3) { frame in
      for y in 0..<3 { frame.put("日本語", x: 0, y: y, .text) }
      frame.put("x", x: 1, y: 0, .text)
      frame.put("x", x: 2, y: 1, .text)
      frame.fill(Rect(x: 1, y: 2, width: 2, height: 1), "-", .text)
    }
    #expect(lines == [" x本語", "日x 語", " -- 語"])
  }

  @Test func `no control character gets in`() {
    let lines = drawn(10, 2) { frame in
      frame.put("a\u{1B}[1m\u{07}\u{9B}\u{202E}b", x: 0, y: 0, .text)
      frame.fill(Rect(x: 0, y: 1, width: 2, height: 1), "\u{1B}", .text)
    }
    #expect(lines == ["a·[1m··b", "··"])
  }

  @Test func `in ASCII what can't be shown is replaced, keeping its width`() {
    #expect(drawn(12, 1, .ascii) { $0.put("é─│●日本x…", x: 0, y: 0, .text) } == ["?-|*? ? x~"])
  }

  @Test func `what lies outside is left out`() {
    let lines = drawn(4, 2) { frame in
      frame.put("abc", x: -1, y: 0, .text)
      frame.put("abc", x: 0, y: 2, .text)
      frame.put("abc", x: 0, y: -1, .text)
      frame.put("abc", x: 9, y: 1, .text)
      frame.fill(Rect(x: 3, y: 1, width: 5, height: 5), "#", .text)
    }
    #expect(lines == ["bc", "   #"])
  }

  @Test func `spans follow each other, and a cut between them shows`() {
    let spans = [Span("ab", .good), Span("cd", .critical)]
    #expect(drawn(6, 1) { $0.put(spans, x: 0, y: 0) } == ["abcd"])
    #expect(roles(6, 1) { $0.put(spans, x: 0, y: 0) } == ["ggcc"])
    #expect(drawn(6, 1) { $0.put(spans, x: 0, y: 0, limit: 2) } == ["a…"])
    #expect(drawn(6, 1) { $0.put(spans, x: 0, y: 0, limit: 3) } == ["ab…"])
  }

  @Test func `restyling keeps the characters`() {
    let change: (inout Frame) -> Void = { frame in
      frame.put("abcd", x: 0, y: 0, Style(.good))
      frame.restyle(Rect(x: 1, y: 0, width: 2, height: 9)) { $0.bold = true }
    }
    #expect(drawn(4, 1, .unicode, change) == ["abcd"])
    #expect(roles(4, 1, change) == ["gGGg"])
  }
}

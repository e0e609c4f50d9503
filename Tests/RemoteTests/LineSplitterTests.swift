import Remote
import Testing

struct `Lines` {
  private func split(_ pieces: [String]) -> [String] {
    var splitter = LineSplitter()
    return pieces.flatMap { splitter.split(Array($0.utf8)[...]) }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ([""], []), (["a"], []), (["a\n"], ["a"]), (["\n\n"], ["", ""]), (["a\nb\nc"], ["a", "b"]),
    (["a", "b", "\nc", "\n"], ["ab", "c"]), (["é"], []), (["o\rne", "\r", "\n"], ["o\rne"]), (["\u{0}\r\n"], ["\u{0}"]),
  ])
  func `are cut at newlines, however the bytes come`(_ pieces: [String], _ lines: [String]) {
    #expect(split(pieces) == lines)
  }

  @Test func `are cut at 65,536 bytes, and go on after their newline`() {
    let long = String(repeating: "x", count: 150_000)
    let expected = [String(repeating: "x", count: LineSplitter.longest), "next"]
    #expect(split([long + "\nnext\n"]) == expected)
    #expect(split(["y\n" + long, long, "\nnext\n"]) == ["y"] + expected)
    let exact = String(repeating: "x", count: LineSplitter.longest - 1)
    #expect(split([exact, "\nnext\n"]) == [exact, "next"])
  }

  @Test func `keep what is not whole yet`() {
    var splitter = LineSplitter()
    _ = splitter.split(Array("one\ntw".utf8)[...])
    #expect(splitter.rest == Array("tw".utf8))
  }
}

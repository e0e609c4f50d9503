import Remote
import Testing

struct LineSplitterTests {
  private func lines(_ pieces: [String]) -> [String] {
    var splitter = LineSplitter()
    return pieces.flatMap { splitter.split(Array($0.utf8)[...]) }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `lines come whole, however they were cut`() {
    #expect(lines(["one\ntw", "o\r\n", "\nthree"]) == ["one", "two", ""])
  }

  @Test func `a line that is too long is cut, and its rest is dropped`() {
    let long = String(repeating: "x", count: 90_000)
    let result = lines([long, "yyy\nnext\n"])
    #expect(result.map(\.utf8.count) == [LineSplitter.longest, 4])
    #expect(result.last == "next")
  }

  @Test func `a line of just the greatest length is one line`() {
    let exact = String(repeating: "x", count: LineSplitter.longest)
    #expect(lines([exact, "\nnext\n"]).map(\.utf8.count) == [LineSplitter.longest, 4])
  }
}

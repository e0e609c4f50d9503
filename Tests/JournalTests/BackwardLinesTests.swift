import Glibc
import Journal
import Testing

@MainActor
struct `A file of records, read from its end` {
  private func lines(_ path: String, kept: Int = 4) throws -> [String] {
    let reader = BackwardLines(path: path, kept: kept)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  @Test func `gives the newest line first, and those that were set aside after it`() throws {
    let folder = Folder()
    let log = try AppendLog(path: folder.path + "/log", limit: 20, kept: 3)
    for number in 0..<10 { try log.append("record \(number)", isSynced: false) }
    let all = (0..<10).reversed().map { "record \($0)" }
    #expect(try lines(log.path) == all)
    #expect(try lines(log.path, kept: 0) == ["record 9"])
  }

  @Test(arguments: [
    ("", []), ("\n", []), ("\n\n\n", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb\n{\"tor", ["{\"tor", "b", "a"]),
    ("\na\n", ["a"]),
  ]) func `empty lines are none, a torn one is one`(text: String, expected: [String]) throws {
    let folder = Folder()
    write(text, to: folder.path + "/log")
    #expect(try lines(folder.path + "/log") == expected)
  }

  @Test func `what is not there has no lines, and what is missing in between does no harm`() throws {
    let folder = Folder()
    let path = folder.path + "/log"
    #expect(try lines(path) == [])
    #expect(try lines(path + "/below") == [])
    write("old\n", to: path + ".2")
    #expect(try lines(path) == ["old"])
  }

  @Test func `lines longer than what is read at once are whole`() throws {
    let folder = Folder()
    let texts = [1, 65_535, 65_536, 65_537, 300_000, 3].map { String(repeating: "x", count: $0) }
    write(texts.joined(separator: "\n") + "\n", to: folder.path + "/log")
    #expect(try lines(folder.path + "/log").map(\.count) == texts.reversed().map(\.count))
  }

  @Test func `a line without end costs no more than its length`() throws {
    let folder = Folder()
    write(String(repeating: "y", count: 16 << 20), to: folder.path + "/log")
    #expect(try lines(folder.path + "/log").map(\.count) == [16 << 20])
  }

  @Test func `what is no file is refused, and nobody waits for it`() throws {
    let folder = Folder()
    let path = folder.path + "/log"
    mkfifo(path, 0o600)
    #expect(throws: JournalFailure(path: path, reason: "it is no file that could be read")) { try lines(path) }
  }

  @Test func `what is added meanwhile is for the next reading`() throws {
    let folder = Folder()
    let log = try AppendLog(path: folder.path + "/log")
    try log.append("one", isSynced: false)
    try log.append("two", isSynced: false)
    let reader = BackwardLines(path: log.path)
    #expect(try reader.next() == Array("two".utf8))
    try log.append("three", isSynced: false)
    #expect(try reader.next() == Array("one".utf8))
    #expect(try reader.next() == nil)
  }
}

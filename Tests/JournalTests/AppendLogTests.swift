import Glibc
import Journal
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct AppendLogTests {
  private let directory: String

  init() {
    let template = strdup("/tmp/vigie-journal-" + String(repeating: "X", count: 6))
    defer { free(template) }
    directory = template.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
  }

  private func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func `records are added, one a line, for nobody else's eyes`() throws {
    let path = directory + "/state/vigie/audit.jsonl"
    let log = try AppendLog(path: path)
    try log.append("one", isSynced: true)
    try log.append("two\nlines", isSynced: false)
    #expect(read(path) == "one\ntwo lines\n")
    #expect(mode(path) == 0o600)
    #expect(mode(directory + "/state/vigie") == 0o700)
  }

  @Test func `a torn last line is closed, and nothing is lost`() throws {
    let path = directory + "/torn"
    let file = fopen(path, "w")
    fputs("whole\ntor", file)
    fclose(file)
    try AppendLog(path: path).append("next", isSynced: true)
    #expect(read(path) == "whole\ntor\nnext\n")
  }

  @Test func `two consoles add to one file`() throws {
    let path = directory + "/shared"
    let (first, second) = (try AppendLog(path: path), try AppendLog(path: path))
    try first.append("a", isSynced: false)
    try second.append("b", isSynced: false)
    try first.append("c", isSynced: false)
    #expect(read(path) == "a\nb\nc\n")
  }

  @Test func `a large file is set aside, and a few are kept`() throws {
    let path = directory + "/large"
    let log = try AppendLog(path: path, limit: 10, kept: 2)
    for word in ["first record", "second record", "third record", "fourth record"] {
      try log.append(word, isSynced: false)
    }
    #expect(read(path) == "fourth record\n")
    #expect(read(path + ".1") == "third record\n")
    #expect(read(path + ".2") == "second record\n")
    #expect(read(path + ".3") == "")
  }

  @Test func `a full disk is said, with the file`() throws {
    let log = try AppendLog(path: "/dev/full")
    #expect(throws: JournalFailure(path: "/dev/full", reason: "the disk is full, so no record could be kept")) {
      try log.append("x", isSynced: false)
    }
  }

  @Test func `a place that can't be written is said`() {
    #expect(throws: JournalFailure.self) { try AppendLog(path: "/proc/vigie/audit.jsonl") }
  }
}

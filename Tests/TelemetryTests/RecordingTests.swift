import Fleet
import Telemetry
import Testing

@Suite struct RecordingTests {
  @Test func `the first line tells when it began`() throws {
    let start = Moment(milliseconds: 1_700_000_000_123)
    let line = Recording.header(start: start)
    #expect(String(decoding: line, as: UTF8.self) == "vigie-recording 1 1700000000123")
    #expect(try Recording.start(ofHeader: line) == start)
  }

  @Test(arguments: [
    ("", Recording.Problem.notARecording), ("vigie-stream 1", .notARecording), ("vigie-recording", .notARecording),
    ("vigie-recording 2 17", .unknownVersion("2")), ("vigie-recording \u{1B}[m 17", .unknownVersion("")),
    ("vigie-recording 1", .malformedLine), ("vigie-recording 1 99999999999999999999", .malformedLine),
  ])
  func `a file that is none is refused`(_ line: String, _ problem: Recording.Problem) {
    #expect(throws: problem) { try Recording.start(ofHeader: Array(line.utf8)) }
    #expect(!problem.description.isEmpty)
  }

  @Test(arguments: ["web1", "a b", "100%", "é", "%20", "tab\there"])
  func `a line comes back as it was`(_ name: String) throws {
    for bytes: [UInt8] in [[], Array("= 1 2.0 3.0".utf8), [0, 0xFF, 0x20, 0x20, 0x1B]] {
      let entry = Recording.Entry(offset: .milliseconds(1500), host: HostName(name), line: bytes)
      let line = Recording.line(entry)
      #expect(!line.contains(0x0A))
      let back = try Recording.entry(line)
      #expect(back.offset == entry.offset && back.line == entry.line)
      #expect(back.host == HostName(Clean.text(name)))
    }
  }

  @Test func `names are written readably`() {
    let entry = Recording.Entry(offset: .seconds(2), host: HostName("web 1%"), line: Array("bye\nx".utf8))
    #expect(String(decoding: Recording.line(entry), as: UTF8.self) == "2000 web%201%25 byex")
  }

  @Test(arguments: ["", "12", "12 web1", "x web1 bye", "12  bye", "-1 web1 bye", "99999999999999999999 web1 bye"])
  func `a torn line is refused`(_ line: String) {
    #expect(throws: Recording.Problem.malformedLine) { try Recording.entry(Array(line.utf8)) }
  }
}

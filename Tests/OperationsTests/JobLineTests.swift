import Fleet
import Operations
import Testing

struct JobLineTests {
  private func decode(_ line: String) -> JobLine? { JobLine.decode(Array(line.utf8)) }

  @Test(arguments: [
    ("vigie-job 1 id=7 user=ops boot=62e418f7", JobLine.hello(user: "ops", boot: "62e418f7")),
    (
      "held by=ana\\040maria user=ops since=1795533149 title=Restart\\040redis later=1",
      .held(by: "ana maria", user: "ops", since: Moment(milliseconds: 1_795_533_149_000), title: "Restart redis")
    ),
    ("held since=0", .held(by: "", user: "", since: Moment(milliseconds: 0), title: "")),
    ("refused no room; free some", .refused(reason: "no room; free some")),
    ("before running  healthy", .before("running  healthy")),
    ("before ", .before("")),
    ("silent", .silent),
    ("begin 0", .begin(0)),
    ("out 1   indented", .output(1, "  indented")),
    ("out 1 ", .output(1, "")),
    ("cut 1", .cut(1)),
    ("ended 0 0 4040", .ended(0, .exited(0), .milliseconds(4040))),
    ("ended 2 143 970", .ended(2, .exited(143), .milliseconds(970))),
    ("ended 0 late 120000", .ended(0, .late, .seconds(120))),
    ("after yes running", .after("running", isAsWanted: true)),
    ("after no ", .after("", isAsWanted: false)),
    ("after - 3 up", .after("3 up", isAsWanted: nil)),
    ("interrupted same", .interrupted(hasRebooted: false)),
    ("interrupted other", .interrupted(hasRebooted: true)),
    ("unknown", .unknown),
    ("end done", .end(.done)),
    ("end interrupted", .end(.interrupted)),
  ])
  func `each line is understood`(_ line: String, _ expected: JobLine) { #expect(decode(line) == expected) }

  @Test(arguments: [
    "", " ", "Welcome to web-1!", "vigie-job 2 id=7 user=a boot=b", "vigie-job 1 id=7", "vigie-job",
    "held by=a since=x", "held by=a since=99999999999999999999", "begin", "begin x", "begin -1", "begin +1",
    "begin 99999", "begin  0",
    "out", "out x text", "cut", "ended 0", "ended 0 0", "ended 0 x 1", "ended 0 256 1", "ended 0 -1 1", "ended 0 0 -1",
    "after", "after maybe x", "interrupted", "interrupted never", "end", "end well", "End done", "begin\u{0}0",
  ])
  func `what is not understood is no line`(_ line: String) { #expect(decode(line) == nil) }

  @Test func `text from a host is clean and bounded, wherever it stands`() {
    #expect(decode("out 0 a\u{1B}[2J\u{1B}]0;x\u{7}b\u{0}") == .output(0, "a·]0;x·b·"))
    #expect(decode("refused \u{1B}[31mno\r") == .refused(reason: "no "))
    #expect(
      decode("held by=\\033[2Ja\\012b user=\\377 since=1 title=\\342\\200\\256x")
        == .held(by: "a b", user: "\u{FFFD}", since: Moment(milliseconds: 1000), title: "·x"))
    #expect(JobLine.decode([0x6F, 0x75, 0x74, 0x20, 0x30, 0x20, 0xFF]) == .output(0, "\u{FFFD}"))
    guard case .output(0, let text) = decode("out 0 " + String(repeating: "x", count: 10_000_000)) else {
      Issue.record("a long line is a line")
      return
    }
    #expect(text.unicodeScalars.count == 4096)
  }
}

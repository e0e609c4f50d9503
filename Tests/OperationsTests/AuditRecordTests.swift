import Fleet
import FoundationEssentials
import Operations
import Testing

struct AuditRecordTests {
  /// A line as a script reads it back.
  private struct Line: Decodable {
    var time, id, phase, user, host, environment, subject, title: String
    var commands: [String]
    var project: String?
    var exit_status: Int?
    var failure, ssh_user, before, after: String?
    var duration_seconds: Double?
  }

  private static func read(_ record: AuditRecord) throws -> Line {
    try JSONDecoder().decode(Line.self, from: Data(record.line.utf8))
  }

  private static func record(_ command: String) -> AuditRecord {
    AuditRecord(
      time: Moment(milliseconds: 1_795_449_817_250), id: "7", user: "ana",
      job: Job(
        host: HostName("web-1"), title: "Restart", lock: "boutique", project: "boutique", subject: "boutique-redis-1",
        steps: [Step([command])]), environment: .prod)
  }

  /// A job that began, and said those lines.
  private static func progress(_ lines: [JobLine]) -> JobProgress {
    var progress = JobProgress()
    progress.start(at: record("x").time)
    let job = Job(host: HostName("web-1"), title: "Restart", subject: "redis", steps: [Step(["x"])])
    for line in lines { progress.take(.line(line), of: job, at: record("x").time) }
    return progress
  }

  @Test(arguments: [
    "docker restart 0cab65117bf7", "a \"b\" \\ 'c'", "line\nbreak\r\u{2028}\u{85}", "\u{1B}[31m\u{0}\u{7F}", "é 漢 🐳",
    #"{"phase":"ended"}"#,
  ]) func `whatever was run, its record is one line that reads back the same`(_ command: String) throws {
    let record = Self.record(command)
    #expect(!record.line.utf8.contains { $0 < 0x20 })
    let line = try Self.read(record)
    #expect(line.commands == [ShellWord.quoted(command)])
    #expect(line.phase == "started")
    #expect(line.time == "2026-11-23T16:03:37.250Z")
    #expect(line.exit_status == nil && line.failure == nil && line.duration_seconds == nil)
  }

  @Test func `the end has the identifier of the start, its exit status and how long it took`() throws {
    var record = Self.record("docker restart 0cab65117bf7")
    let lines: [JobLine] = [
      .hello(user: "ops", boot: "b"), .before("state=running"), .begin(0), .ended(0, .exited(1), .zero),
      .after("state=exited", isAsWanted: nil), .end(.failed),
    ]
    record.end(at: Moment(milliseconds: 1_795_449_818_500), progress: Self.progress(lines))
    let line = try Self.read(record)
    #expect((line.id, line.phase, line.exit_status) == ("7", "ended", 1))
    #expect(line.duration_seconds == 1.25)
    #expect(line.time == "2026-11-23T16:03:38.500Z")
    #expect((line.ssh_user, line.before, line.after) == ("ops", "state=running", "state=exited"))
    #expect((line.host, line.environment, line.project, line.user) == ("web-1", "prod", "boutique", "ana"))
  }

  @Test func `what a script of vigie's own wants to be read is on record, and nothing that others print`() {
    let step = Step(["bash", "-s"], input: "echo '! temporary: no room'")
    let job = Job(host: HostName("web-1"), title: "Limits", subject: "redis", steps: [step, Step(["docker", "exec"])])
    var progress = JobProgress()
    for line: JobLine in [
      .begin(0), .output(0, "! temporary: no room"), .begin(1), .output(1, "! secret"), .end(.done),
    ] {
      progress.take(.line(line), of: job, at: Self.record("x").time)
    }
    var record = Self.record("x")
    record.end(at: record.time, progress: progress)
    #expect(record.note == "temporary: no room")
  }

  @Test func `an end without an exit status says why`() throws {
    var record = Self.record("docker restart 0cab65117bf7")
    record.end(at: record.time, progress: Self.progress([.refused(reason: "no room"), .end(.refused)]))
    let line = try Self.read(record)
    #expect(line.exit_status == nil)
    #expect(line.failure == "no room")
  }
}

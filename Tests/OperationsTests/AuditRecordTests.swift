import Fleet
import FoundationEssentials
import Operations
import Testing

struct AuditRecordTests {
  /// A line as a script reads it back.
  private struct Line: Decodable {
    var time, id, phase, user, host, environment, subject, title: String
    var commands: [String]
    var inputs: [String?]?
    var reported: [String]?
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

  private static func scripted(_ input: String) -> Job {
    Job(
      host: HostName("web-1"), title: "Set", subject: "php",
      steps: [Step(["docker", "update"]), Step(["bash", "-s"], input: input)])
  }

  @Test func `what a step reads stands in the record of the start, what it says that it wrote in that of the end`()
    throws
  {
    let job = Self.scripted("service=php\necho \"$service\"")
    var record = AuditRecord(
      time: Moment(milliseconds: 1_795_449_817_250), id: "7", user: "ana", job: job, environment: .prod)
    let start = try Self.read(record)
    #expect(start.inputs == [nil, "service=php\necho \"$service\""] && start.reported == nil)
    #expect(!record.line.utf8.contains { $0 < 0x20 })
    // As a later console has it: read back from the journal.
    record = try #require(AuditRecord.decode(Array(record.line.utf8)))
    var progress = JobProgress()
    progress.start(at: record.time)
    for line in [
      .begin(0), .output(0, "0cab65117bf7"), .ended(0, .exited(0), .zero), .begin(1),
      .output(1, "written: /srv/a/compose.override.yaml"), .output(1, "    php: {cpus: 1.5}"),
      .output(1, "ERROR password=hunter2 is wrong"), .ended(1, .exited(0), .zero), .end(.done),
    ] as [JobLine] { progress.take(.line(line), of: record.job, at: record.time) }
    var found = record
    found.end(foundOutAt: record.time, progress: progress)
    record.end(at: record.time, progress: progress)
    for record in [record, found] {
      let end = try Self.read(record)
      #expect(
        end.reported == [
          "written: /srv/a/compose.override.yaml", "    php: {cpus: 1.5}", "ERROR password=*** is wrong",
        ])
      #expect(end.inputs == nil)
    }
  }

  @Test func `a record stays small, whatever a step reads`() throws {
    let job = Self.scripted(String(repeating: "é", count: 100_000))
    let record = AuditRecord(time: Moment(milliseconds: 1), id: "7", user: "ana", job: job, environment: .dev)
    let input = try #require(try Self.read(record).inputs?[1])
    #expect(input.hasSuffix("é\n… cut here: 200000 bytes in all") && input.utf8.count < 17_000)
  }

  @Test func `the history has both, whichever of the two records it read first`() throws {
    let start = AuditRecord(
      time: Moment(milliseconds: 1), id: "7", user: "ana", job: Self.scripted("a=1\u{1B}[2J\nb"), environment: .dev)
    var end = start
    var progress = JobProgress()
    progress.start(at: start.time)
    for line in [.begin(1), .output(1, "written"), .end(.done)] as [JobLine] {
      progress.take(.line(line), of: start.job, at: start.time)
    }
    end.end(at: Moment(milliseconds: 2), progress: progress)
    for records in [[start, end], [end, start]] {
      var history = AuditHistory()
      history.add(records)
      let record = try #require(history["7"]?.record)
      #expect(record.reported == ["written"] && record.inputs.count == 2 && record.inputs[1]?.hasPrefix("a=1") == true)
      #expect(record.inputs[1]?.contains("\u{1B}") == false && record.inputs[1]?.hasSuffix("\nb") == true)
    }
  }

  @Test func `what a script of vigie's own wants to be read is on record, and nothing that others print`() {
    let step = Step(["bash", "-s"], input: "echo '! temporary: no room'")
    let job = Job(host: HostName("web-1"), title: "Limits", subject: "redis", steps: [step, Step(["docker", "exec"])])
    let start = Self.record("x").time
    var progress = JobProgress()
    for line: JobLine in [
      .begin(0), .output(0, "! temporary: no room"), .begin(1), .output(1, "! secret"), .end(.done),
    ] {
      progress.take(.line(line), of: job, at: start)
    }
    var record = AuditRecord(time: start, id: "7", user: "ana", job: job, environment: .prod)
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

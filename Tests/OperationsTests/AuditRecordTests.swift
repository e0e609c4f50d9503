import Fleet
import FoundationEssentials
import Operations
import Testing

struct AuditRecordTests {
  /// A line as a script reads it back.
  private struct Line: Decodable {
    var time, id, phase, user, host, environment, subject, title, command: String
    var project: String?
    var exit_status: Int?
    var failure: String?
    var duration_seconds: Double?
  }

  private static func read(_ record: AuditRecord) throws -> Line {
    try JSONDecoder().decode(Line.self, from: Data(record.line.utf8))
  }

  private static func record(_ command: String) -> AuditRecord {
    AuditRecord(
      time: Moment(milliseconds: 1_795_449_817_250), id: "7", user: "ana", host: HostName("web-1"),
      environment: .prod, project: "boutique", subject: "boutique-redis-1", title: "Restart", command: command)
  }

  @Test(arguments: [
    "docker restart 0cab65117bf7", "a \"b\" \\ 'c'", "line\nbreak\r\u{2028}\u{85}", "\u{1B}[31m\u{0}\u{7F}", "é 漢 🐳",
    #"{"phase":"ended"}"#,
  ]) func `whatever was run, its record is one line that reads back the same`(_ command: String) throws {
    let record = Self.record(command)
    #expect(!record.line.utf8.contains { $0 < 0x20 })
    let line = try Self.read(record)
    #expect(line.command == command)
    #expect(line.phase == "started")
    #expect(line.time == "2026-11-23T16:03:37.250Z")
    #expect(line.exit_status == nil && line.failure == nil && line.duration_seconds == nil)
  }

  @Test func `the end has the identifier of the start, its exit status and how long it took`() throws {
    var record = Self.record("docker restart 0cab65117bf7")
    record.end(at: Moment(milliseconds: 1_795_449_818_500), exitStatus: 1)
    let line = try Self.read(record)
    #expect((line.id, line.phase, line.exit_status) == ("7", "ended", 1))
    #expect(line.duration_seconds == 1.25)
    #expect(line.time == "2026-11-23T16:03:38.500Z")
    #expect((line.host, line.environment, line.project, line.user) == ("web-1", "prod", "boutique", "ana"))
  }

  @Test func `an end without an exit status says why`() throws {
    var record = Self.record("docker restart 0cab65117bf7")
    record.end(at: record.time, failure: "ended by signal 15")
    let line = try Self.read(record)
    #expect(line.exit_status == nil)
    #expect(line.failure == "ended by signal 15")
  }
}

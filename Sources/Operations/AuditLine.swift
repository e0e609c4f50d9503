import Fleet
import FoundationEssentials
import Telemetry

extension AuditRecord {
  /// One JSON object on one line; what is not known is `null`.
  package var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(AuditLine(record: self)) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Reads a line back; `nil` for one that is torn, or that something else wrote.
  package static func decode(_ line: some Collection<UInt8>) -> AuditRecord? {
    // What comes after a disk was full is often zeros.
    guard line.first == UInt8(ascii: "{") else { return nil }
    return try? JSONDecoder().decode(AuditLine.self, from: Data(line)).record
  }
}

/// The names in the file, which `docs/audit.md` lists; scripts rely on them.
private struct AuditLine: Codable {
  var record: AuditRecord

  init(record: AuditRecord) { self.record = record }

  private enum Key: String, CodingKey {
    case time, id, phase, user, host, environment, project, subject, title, commands, inputs, reported, failure, before,
      after, look, note
    case place = "where"
    case sshUser = "ssh_user"
    case exitStatus = "exit_status"
    case duration = "duration_seconds"
    case isReboot = "reboots"
  }

  private struct LookLine: Codable {
    var command: String
    var wanted: String?
    var seconds: Double
    var words: String
  }

  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(Calendar.preciseStamp(record.time), forKey: .time)
    try line.encode(record.id, forKey: .id)
    try line.encode(record.phase, forKey: .phase)
    try line.encode(record.user, forKey: .user)
    try line.encode(record.sshUser, forKey: .sshUser)
    try line.encode(record.host.text, forKey: .host)
    try line.encode(record.place, forKey: .place)
    try line.encode(record.environment.rawValue, forKey: .environment)
    try line.encode(record.project, forKey: .project)
    try line.encode(record.subject, forKey: .subject)
    try line.encode(record.title, forKey: .title)
    try line.encode(record.commands, forKey: .commands)
    try line.encode(record.phase == .started ? record.inputs : nil, forKey: .inputs)
    try line.encode(record.phase == .ended ? record.reported : nil, forKey: .reported)
    try line.encode(record.exitStatus, forKey: .exitStatus)
    try line.encode(record.failure, forKey: .failure)
    try line.encode(record.duration.map { Double($0.milliseconds) / 1000 }, forKey: .duration)
    try line.encode(record.before, forKey: .before)
    try line.encode(record.after, forKey: .after)
    let look = record.look.map {
      LookLine(
        command: $0.line, wanted: $0.wanted, seconds: Double($0.patience.milliseconds) / 1000, words: $0.words)
    }
    try line.encode(look, forKey: .look)
    try line.encode(record.isReboot, forKey: .isReboot)
    try line.encode(record.note, forKey: .note)
  }

  /// What a record can't do without must be there; the rest may be missing, as it is in those of other versions.
  init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    func text(_ key: Key) throws -> String { try line.decode(String.self, forKey: key) }
    func optional(_ key: Key) -> String? { (try? line.decodeIfPresent(String.self, forKey: key)) ?? nil }
    guard let time = Timestamp.moment(try text(.time)), let environment = Environment(rawValue: try text(.environment))
    else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "no time or environment")) }
    record = AuditRecord(
      time: time, id: try text(.id), user: try text(.user),
      job: Job(
        host: HostName(try text(.host)), title: try text(.title), project: optional(.project),
        subject: optional(.subject) ?? "", steps: []), environment: environment)
    record.phase = try line.decode(AuditRecord.Phase.self, forKey: .phase)
    record.commands = try line.decode([String].self, forKey: .commands)
    record.inputs = (try? line.decode([String?].self, forKey: .inputs)) ?? []
    record.reported = (try? line.decode([String].self, forKey: .reported)) ?? []
    record.place = (try? line.decode(RunPlace.self, forKey: .place)) ?? .host
    record.sshUser = optional(.sshUser)
    record.exitStatus = try? line.decode(Int.self, forKey: .exitStatus)
    record.failure = optional(.failure)
    let seconds = try? line.decode(Double.self, forKey: .duration)
    record.duration = seconds.flatMap { 0...1e9 ~= $0 ? .milliseconds(Int64(($0 * 1000).rounded())) : nil }
    record.before = optional(.before)
    record.after = optional(.after)
    record.look = (try? line.decode(LookLine.self, forKey: .look)).map {
      Look(
        line: $0.command, wanted: $0.wanted, patience: .milliseconds(Int64(min(max(0, $0.seconds), 1e6) * 1000)),
        words: $0.words)
    }
    record.isReboot = (try? line.decode(Bool.self, forKey: .isReboot)) ?? false
    record.note = optional(.note)
  }
}

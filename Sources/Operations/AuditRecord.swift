package import Fleet
import FoundationEssentials

/// One line of the audit journal: a step that is about to start, and again when it ended.
package struct AuditRecord: Hashable, Sendable {
  package enum Phase: String, Codable, Sendable {
    case started, ended
  }

  package var time: Moment
  /// The same in both lines of one step, and in no other.
  package var id: String
  package var phase: Phase = .started
  /// Who asked for it, on this machine.
  package var user: String
  package var host: HostName
  package var environment: Environment
  package var project: String?
  /// What it was done to: a container's name.
  package var subject: String
  /// What the operator read: `Restart boutique-redis-1 on web-1`.
  package var title: String
  /// Exactly what ran.
  package var command: String
  package var exitStatus: Int?
  /// Why there is no exit status.
  package var failure: String?
  package var duration: Duration?

  package init(
    time: Moment, id: String, user: String, host: HostName, environment: Environment, project: String?,
    subject: String, title: String, command: String
  ) {
    self.time = time
    self.id = id
    self.user = user
    self.host = host
    self.environment = environment
    self.project = project
    self.subject = subject
    self.title = title
    self.command = command
  }

  /// Makes it the record of the end.
  package mutating func end(at: Moment, exitStatus: Int? = nil, failure: String? = nil) {
    duration = at - time
    time = at
    phase = .ended
    self.exitStatus = exitStatus
    self.failure = failure
  }

  /// One JSON object on one line; what is not known is `null`.
  package var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(Line(self)) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  /// The names in the file; scripts rely on them.
  private struct Line: Encodable {
    var record: AuditRecord

    init(_ record: AuditRecord) { self.record = record }

    enum Key: String, CodingKey {
      case time, id, phase, user, host, environment, project, subject, title, command, failure
      case exitStatus = "exit_status"
      case duration = "duration_seconds"
    }

    func encode(to encoder: any Encoder) throws {
      var line = encoder.container(keyedBy: Key.self)
      try line.encode(Calendar.preciseStamp(record.time), forKey: .time)
      try line.encode(record.id, forKey: .id)
      try line.encode(record.phase, forKey: .phase)
      try line.encode(record.user, forKey: .user)
      try line.encode(record.host.text, forKey: .host)
      try line.encode(record.environment.rawValue, forKey: .environment)
      try line.encode(record.project, forKey: .project)
      try line.encode(record.subject, forKey: .subject)
      try line.encode(record.title, forKey: .title)
      try line.encode(record.command, forKey: .command)
      try line.encode(record.exitStatus, forKey: .exitStatus)
      try line.encode(record.failure, forKey: .failure)
      try line.encode(record.duration.map { Double($0.milliseconds) / 1000 }, forKey: .duration)
    }
  }
}

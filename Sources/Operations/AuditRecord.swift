package import Fleet
import FoundationEssentials

/// One line of the audit journal: a job that is about to start, and again when it ended.
package struct AuditRecord: Hashable, Sendable {
  package enum Phase: String, Codable, Sendable {
    case started, ended
  }

  package var time: Moment
  /// The job's own, on its host as well; the same in both lines, and in no other.
  package var id: String
  package var phase: Phase = .started
  /// Who asked for it, on this machine.
  package var user: String
  /// Who it ran as on the host; not known before it ran.
  package var sshUser: String?
  package var host: HostName
  package var environment: Environment
  package var project: String?
  /// What it was done to: a container's, service's or host's name.
  package var subject: String
  /// What the operator read: `Restart boutique-redis-1 on web-1`.
  package var title: String
  /// Exactly what runs, in its order; a step begins only where the one before it ended well.
  package var commands: [String]
  /// Of the last step that ended.
  package var exitStatus: Int?
  /// Why it did not end well.
  package var failure: String?
  package var duration: Duration?
  /// What was seen of the subject before and after.
  package var before: String?
  package var after: String?

  package init(time: Moment, id: String, user: String, job: Job, environment: Environment) {
    self.time = time
    self.id = id
    self.user = user
    host = job.host
    self.environment = environment
    project = job.project
    subject = job.subject
    title = job.title
    commands = job.steps.map(\.line)
  }

  /// Makes it the record of the end.
  package mutating func end(at: Moment, progress: JobProgress) {
    duration = at - time
    time = at
    phase = .ended
    sshUser = progress.user
    exitStatus = progress.exitStatus
    failure = progress.problem
    before = progress.before
    after = progress.after
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
      case time, id, phase, user, host, environment, project, subject, title, commands, failure, before, after
      case sshUser = "ssh_user"
      case exitStatus = "exit_status"
      case duration = "duration_seconds"
    }

    func encode(to encoder: any Encoder) throws {
      var line = encoder.container(keyedBy: Key.self)
      try line.encode(Calendar.preciseStamp(record.time), forKey: .time)
      try line.encode(record.id, forKey: .id)
      try line.encode(record.phase, forKey: .phase)
      try line.encode(record.user, forKey: .user)
      try line.encode(record.sshUser, forKey: .sshUser)
      try line.encode(record.host.text, forKey: .host)
      try line.encode(record.environment.rawValue, forKey: .environment)
      try line.encode(record.project, forKey: .project)
      try line.encode(record.subject, forKey: .subject)
      try line.encode(record.title, forKey: .title)
      try line.encode(record.commands, forKey: .commands)
      try line.encode(record.exitStatus, forKey: .exitStatus)
      try line.encode(record.failure, forKey: .failure)
      try line.encode(record.duration.map { Double($0.milliseconds) / 1000 }, forKey: .duration)
      try line.encode(record.before, forKey: .before)
      try line.encode(record.after, forKey: .after)
    }
  }
}

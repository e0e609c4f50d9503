package import Fleet

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
  /// What it is about; it runs there, unless `place` says otherwise.
  package var host: HostName
  package var place: RunPlace
  package var environment: Environment
  package var project: String?
  /// What it was done to: a container's, service's or host's name.
  package var subject: String
  /// What the operator read: `Restart boutique-redis-1 on web-1`.
  package var title: String
  /// Exactly what runs, in its order; a step begins only where the one before it ended well.
  package var commands: [String]
  /// What each of them reads on its standard input, bounded; `nil` for nothing. In the record of the start alone.
  package var inputs: [String?]
  /// What vigie's own scripts among them said that they wrote. In the record of the end alone.
  package var reported: [String] = []
  /// Of the last step that ended.
  package var exitStatus: Int?
  /// Why it did not end well.
  package var failure: String?
  package var duration: Duration?
  /// What was seen of the subject before and after.
  package var before: String?
  package var after: String?
  /// How the subject is looked at, and whether the host goes down meanwhile: for who asks later how it ended.
  package var look: Look?
  package var isReboot = false
  /// What a reader should know besides, such as that the end was found out later.
  package var note: String?

  package init(time: Moment, id: String, user: String, job: Job, environment: Environment) {
    self.time = time
    self.id = id
    self.user = user
    host = job.host
    place = job.place
    self.environment = environment
    project = job.project
    subject = job.subject
    title = job.title
    commands = job.steps.map(\.line)
    inputs = AuditInput.inputs(of: job.steps)
    look = job.look
    isReboot = job.isReboot
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
    reported = AuditInput.reported(progress, inputs)
    inputs = []
    note = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  /// Makes it the record of an end that nobody saw: when exactly that was is not known, only how long the steps took.
  package mutating func end(foundOutAt now: Moment, progress: JobProgress) {
    end(at: now, progress: progress)
    duration = progress.took
    note = (["found out later: no console was there when it ended"] + remarks).joined(separator: "; ")
  }

  /// What vigie's own scripts want to be read: their lines that begin with an exclamation mark, without it.
  private var remarks: [String] { reported.filter { $0.hasPrefix("! ") }.prefix(5).map { String($0.dropFirst(2)) } }
}

package import Fleet

/// One line of the audit journal: a step that starts, and again when it ended.
package struct AuditRecord: Hashable, Sendable {
  package var time: Moment
  package var user: String
  package var host: HostName
  package var environment: Environment
  package var project: String?
  package var subject: String
  package var command: String
  package var isEnded = false
  package var status: Int?
  package var failure: String?
  package var duration: Duration?
  package init(
    time: Moment, user: String, host: HostName, environment: Environment, project: String?, subject: String,
    command: String
  ) {
    self.time = time
    self.user = user
    self.host = host
    self.environment = environment
    self.project = project
    self.subject = subject
    self.command = command
  }
  package mutating func end(at: Moment, started: Moment, status: Int? = nil, failure: String? = nil) {
    time = at
    duration = at - started
    self.status = status
    self.failure = failure
    isEnded = true
  }
  package var line: String { command }
}

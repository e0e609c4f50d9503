package import Fleet

/// How much something matters to a person; ordered.
package enum Severity: String, CaseIterable, Comparable, Sendable {
  /// Worth knowing: a person stopped a container, a host came back.
  case notice
  case warning
  case critical

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .notice: 0
    case .warning: 1
    case .critical: 2
    }
  }
}

/// What kind of thing happened; the raw value is what `--once --json` says.
package enum IncidentKind: String, CaseIterable, Sendable {
  case hostLost = "host-lost"
  case hostRebooted = "host-rebooted"
  case containerCrashed = "container-crashed"
  case containerStopped = "container-stopped"
  case containerRestarting = "container-restarting"
  case containerUnhealthy = "container-unhealthy"
  case outOfMemory = "out-of-memory"
  case journal
  case kernel
  case threshold
  case clock
  /// Docker answered before, or a declared project needs it, and it does not answer.
  case dockerSilent = "docker-silent"
  /// A domain does not answer, or with a status from 500 on.
  case siteDown = "site-down"
  /// One that browsers refuse, or that is near its end.
  case certificate
  /// `http://` is not sent on to `https://`.
  case redirect
}

/// Something that happened, with its repeats folded into one.
package struct Incident: Hashable, Sendable, Identifiable {
  /// What makes two occurrences the same incident.
  package struct Key: Hashable, Sendable {
    package var host: HostName
    package var kind: IncidentKind
    /// The container's name, the unit, the mount point, the domain or the figure.
    package var subject: String
    /// Of a log line: its text without numbers, so that repeats fold.
    package var shape: String

    package init(host: HostName, kind: IncidentKind, subject: String, shape: String = "") {
      self.host = host
      self.kind = kind
      self.subject = subject
      self.shape = shape
    }
  }

  /// The worst that a figure was.
  package struct Peak: Hashable, Sendable {
    /// In its threshold's unit.
    package var value: Double
    /// One sentence: `CPU 100% busy at most, load 9; …`.
    package var text: String
  }

  /// Never used twice in one run of the console.
  package var id: Int
  package var key: Key
  /// As it is now; of what is over, the highest that it had.
  package var severity: Severity
  /// The highest that it had.
  package internal(set) var worst: Severity
  /// The Compose service, else the container, the domain, the unit or the log's source; empty for the host itself.
  package var service: String
  package var project: String?
  /// The container it is about, for drilling down.
  package var container: String?
  /// The number of that container, where the service has several.
  package var replica: Int?
  /// One sentence of the newest occurrence; of a figure that is over, of its worst.
  package var text: String
  /// The worst that its figure was, and how that is told; `nil` where it is not of a figure.
  package internal(set) var peak: Peak?
  package var firstSeen: Moment
  package var lastSeen: Moment
  package var count: Int
  /// When it was over (the figure fell, the host came back); `nil` while it lasts, or where nothing can say that it ended.
  package var clearedAt: Moment?

  package init(
    id: Int, key: Key, severity: Severity, service: String, project: String? = nil, container: String? = nil,
    replica: Int? = nil, text: String, firstSeen: Moment, lastSeen: Moment, count: Int = 1, clearedAt: Moment? = nil
  ) {
    self.id = id
    self.key = key
    self.severity = severity
    worst = severity
    self.service = service
    self.project = project
    self.container = container
    self.replica = replica
    self.text = text
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.count = count
    self.clearedAt = clearedAt
  }
}

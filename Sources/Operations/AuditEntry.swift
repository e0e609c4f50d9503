package import Fleet
import Telemetry

/// One job as its records tell it, made to be shown: all text in it is clean.
package struct AuditEntry: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case well
    case failed(reason: String)
    /// No end is recorded: it runs still, or nobody saw its end.
    case open
  }

  /// That of the end where there is one, else that of the start.
  package private(set) var record: AuditRecord
  package private(set) var startedAt: Moment
  private var hasStart: Bool

  package init(_ record: AuditRecord) {
    self.record = record.cleaned
    hasStart = record.phase == .started
    startedAt = hasStart ? record.time : record.time - (record.duration ?? .zero)
  }

  package var id: String { record.id }
  package var endedAt: Moment? { record.phase == .ended ? record.time : nil }

  package var outcome: Outcome {
    guard record.phase == .ended else { return .open }
    return record.failure.map { .failed(reason: $0) } ?? .well
  }

  /// How it ended, in a table's cell: `well`, the reason, or `no end recorded`.
  package var ending: String {
    switch outcome {
    case .well: "well"
    case .failed(let reason): reason
    case .open: "no end recorded"
    }
  }

  /// Whom it ran for: `ana`, and as whom on the host where that is known: `ana as ops`.
  package var who: String { record.sshUser.map { $0 == record.user ? $0 : "\(record.user) as \($0)" } ?? record.user }

  /// Takes in another record of the same job. Of two ends, the one that was written first counts.
  mutating func take(_ other: AuditRecord) {
    switch other.phase {
    case .started:
      hasStart = true
      startedAt = other.time
      if record.phase == .started { record = other.cleaned } else { record.inputs = other.cleaned.inputs }
    case .ended:
      if record.phase == .ended, record.time <= other.time { return }
      let inputs = record.inputs
      record = other.cleaned
      record.inputs = inputs
      if !hasStart { startedAt = AuditEntry(other).startedAt }
    }
  }
}

extension AuditRecord {
  /// The same, with nothing in it that a terminal would obey: the file may have been written by anybody.
  fileprivate var cleaned: AuditRecord {
    func clean(_ text: String) -> String { Clean.text(text) }
    var record = self
    record.user = clean(user)
    record.sshUser = sshUser.map(clean)
    record.host = HostName(clean(host.text))
    record.project = project.map(clean)
    record.subject = clean(subject)
    record.title = clean(title)
    record.commands = commands.map(clean)
    record.inputs = inputs.map { input in
      input.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map { clean(String($0)) } }
        .map { $0.joined(separator: "\n") }
    }
    record.reported = reported.map(clean)
    record.failure = failure.map(clean)
    record.before = before.map(clean)
    record.after = after.map(clean)
    record.note = note.map(clean)
    return record
  }
}

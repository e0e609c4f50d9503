package import Fleet

/// The jobs that began and of which no end is recorded, from records read the newest first.
package struct UnfinishedJobs: Hashable, Sendable {
  /// Newest first.
  package private(set) var records: [AuditRecord] = []
  private var ended: Set<String> = []

  /// Hosts keep what became of a job for so long.
  package static let age = Duration.seconds(7 * 86_400)

  package init() {}

  package mutating func take(_ record: AuditRecord) {
    switch record.phase {
    case .ended: ended.insert(record.id)
    case .started where !ended.contains(record.id) && Self.process(of: record.id) != nil: records.append(record)
    case .started: break
    }
  }

  /// A job's identifier: when it began, which process began it, and its place among that process's plans.
  package static func identifier(at now: Moment, process: Int32, _ id: JobID) -> String {
    "\(now.milliseconds)-\(process)-\(id.plan)-\(id.job)"
  }

  /// The process that began a job; `nil` for what is no identifier of a job.
  package static func process(of id: String) -> Int32? {
    let parts = id.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, id.utf8.count <= 64,
      parts.allSatisfy({ part in !part.isEmpty && part.utf8.allSatisfy { 0x30...0x39 ~= $0 } })
    else { return nil }
    return Int32(parts[1])
  }
}

extension AuditRecord {
  /// The job again, as far as asking what became of it needs it: its steps are not told.
  package var job: Job {
    var job = Job(host: host, title: title, project: project, subject: subject, steps: [], look: look)
    job.isReboot = isReboot
    job.place = place
    return job
  }

  /// What the operator is told of an earlier job whose end was found out later.
  package func finding(began: Moment) -> String {
    guard let failure else {
      let end = duration.map { " at \(Calendar.clock(began + $0).prefix(5)) UTC" } ?? ""
      return "an earlier \(title) ended well\(end)"
    }
    return "an earlier \(title): \(failure)"
  }
}

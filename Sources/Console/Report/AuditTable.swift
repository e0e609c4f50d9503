import Fleet
package import Operations

/// What `vigie audit-log` prints: the records as a table for a person, a row a job.
package enum AuditTable {
  package static func text(of entries: [AuditEntry]) -> String {
    let rows = entries.map { entry in
      let record = entry.record
      return [
        Calendar.stamp(entry.startedAt), entry.who, record.host.text, record.environment.rawValue,
        record.project ?? "-", record.title, record.exitStatus.map { "\($0)" } ?? "-",
        entry.outcome == .open ? "-" : Words.took(record.duration),
        entry.ending + (record.note.map { " (\($0))" } ?? ""),
      ]
    }
    let heading = ["BEGAN", "WHO", "HOST", "ENV", "PROJECT", "WHAT", "STATUS", "TOOK", "HOW IT ENDED"]
    return PlainTable.aligned([heading] + rows).joined(separator: "\n") + "\n"
  }
}

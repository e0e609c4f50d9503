package import Fleet

/// What was done to the fleet, from the records of it, in whatever order they came.
package struct AuditHistory: Hashable, Sendable {
  /// Newest first, by when they began.
  package private(set) var entries: [AuditEntry] = []
  /// Lines that are no record: torn, or written by something else.
  package var skipped = 0
  private var places: [String: Int] = [:]

  package init() {}

  package subscript(id: String) -> AuditEntry? { places[id].map { entries[$0] } }

  /// Takes records in; the two of one job become one entry.
  package mutating func add(_ records: [AuditRecord]) {
    guard !records.isEmpty else { return }
    for record in records {
      if let index = places[record.id] {
        entries[index].take(record)
      } else {
        places[record.id] = entries.count
        entries.append(AuditEntry(record))
      }
    }
    entries.sort { $0.startedAt == $1.startedAt ? $0.id > $1.id : $0.startedAt > $1.startedAt }
    for (index, entry) in entries.enumerated() { places[entry.id] = index }
  }
}

/// Which jobs are asked for; all of them where nothing is said.
package struct AuditQuery: Hashable, Sendable {
  package var host: String?
  package var project: String?
  /// Those that began then or later.
  package var since: Moment?

  package init(host: String? = nil, project: String? = nil, since: Moment? = nil) {
    self.host = host
    self.project = project
    self.since = since
  }

  package func accepts(_ entry: AuditEntry) -> Bool {
    (host == nil || entry.record.host.text == host) && (project == nil || entry.record.project == project)
      && since.map { entry.startedAt >= $0 } ?? true
  }
}

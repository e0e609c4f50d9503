package import Fleet
package import Operations

/// What comes of the records of what was done.
package enum AuditNews: Hashable, Sendable {
  /// Some that were read, and how many lines were none.
  case read([AuditRecord], skipped: Int)
  /// All that was asked for has been read.
  case over
  case failed(reason: String)
  /// One that this console has written just now.
  case wrote(AuditRecord)
  /// The end of a job that an earlier console began, and that no console had seen.
  case foundOut(AuditRecord, began: Moment)
}

/// What the console knows of what was done, and where its page was opened from.
package struct AuditState: Sendable {
  package var history = AuditHistory()
  package var isRead = false
  /// Why it can't be read.
  package var failure: String?
  /// The jobs that this console began.
  var own: Set<String> = []
  /// How many ends of earlier jobs were found out.
  var found = 0
  var origin = Origin()

  /// What the page of the history goes back to.
  struct Origin: Sendable {
    var focus = PaneID.hosts
    var detail: Detail?
    var detailsBefore: [Detail] = []
  }

  var rows: [RowID] { history.entries.map { .record($0.id) } }

  func host(of id: String) -> HostName? { history[id]?.record.host }

  /// How a job ended; one of this console that has not ended runs.
  func ending(of entry: AuditEntry) -> String {
    entry.outcome == .open && own.contains(entry.id) ? "runs" : entry.ending
  }

  var emptyText: String {
    if let failure { return failure }
    return isRead ? "nothing was done yet, as far as the records here go" : "reading the records …"
  }
}

extension Model {
  mutating func showHistory() -> [Effect] {
    if focus != .history {
      audit.origin = AuditState.Origin(focus: focus, detail: detail, detailsBefore: detailsBefore)
    }
    focus(.history)
    lists.isStale = true
    audit.history.skipped = 0
    audit.failure = nil
    return [.readAudit]
  }

  mutating func leaveHistory() {
    (focus, detail, detailsBefore) = (audit.origin.focus, audit.origin.detail, audit.origin.detailsBefore)
    lists.isStale = true
  }

  mutating func take(_ news: AuditNews) {
    lists.isStale = true
    switch news {
    case .read(let records, let skipped):
      audit.history.add(records)
      audit.history.skipped += skipped
    case .over: audit.isRead = true
    case .failed(let reason): audit.failure = reason
    case .wrote(let record):
      audit.own.insert(record.id)
      audit.history.add([record])
    case .foundOut(let record, let began):
      audit.history.add([record])
      audit.found += 1
      let key = keymap.hint(for: .auditShow) ?? ":audit.show"
      let all = audit.found == 1 ? "" : "; \(audit.found) were found out, \(key) lists them"
      say(record.finding(began: began) + all, isProblem: record.failure != nil)
    }
  }

  /// What the filter looks at.
  func words(ofRecord id: String) -> String {
    guard let entry = audit.history[id] else { return "" }
    let record = entry.record
    return
      ([
        entry.who, record.project ?? "", record.subject, record.title, audit.ending(of: entry),
        words(ofHost: record.host),
      ]
      + record.commands).joined(separator: " ")
  }

  func rank(ofRecord id: String, by key: SortKey) -> Rank {
    guard let entry = audit.history[id] else { return Rank(number: 0, name: "") }
    switch key {
    case .name: return Rank(number: 0, name: "\(entry.record.host) \(entry.record.title)")
    case .state:
      let number: Double =
        switch entry.outcome {
        case .open: 0
        case .failed: 1
        case .well: 2
        }
      return Rank(number: number, name: "")
    default: return Rank(number: 0, name: "")
    }
  }
}

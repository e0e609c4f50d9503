import Console
import Fleet
import Journal
import Operations
import Remote

/// Reads the records of what was done, the newest first, a little in each turn: no key waits for it.
final class AuditReader {
  private let path: String
  private var lines: BackwardLines?
  private var count = 0
  /// Only at the start, and only where ends may be looked for.
  private var unfinished: UnfinishedJobs?
  /// The jobs whose end nobody saw, once they are all known.
  private var found: [AuditRecord] = []

  /// What the page of the history shows.
  private static let most = 2000
  /// Where jobs without an end are looked for, as long as they are young enough.
  private static let mostSearched = 20_000
  private static let slice = Duration.milliseconds(3)

  init(path: String = Files.auditPath) { self.path = path }

  /// Reads from the newest record on, anew.
  /// - Parameter findsUnfinished: whether to look for jobs whose end nobody saw: `takeUnfinished` has them later.
  func begin(findsUnfinished: Bool = false) {
    lines = BackwardLines(path: path)
    count = 0
    if findsUnfinished || unfinished != nil { unfinished = UnfinishedJobs() }
  }

  /// Whether it wants another turn at once.
  var isReading: Bool { lines != nil }

  /// Reads on for a few milliseconds.
  func turn(clock: Clock) -> [Message] {
    guard let lines else { return [] }
    let start = clock.now()
    var records: [AuditRecord] = []
    var skipped = 0
    var isOver = false
    var messages: [Message] = []
    do {
      while clock.now() - start < Self.slice {
        guard let line = try lines.next() else {
          isOver = true
          break
        }
        count += 1
        guard let record = AuditRecord.decode(line) else {
          if count <= Self.most { skipped += 1 }
          continue
        }
        if count <= Self.most { records.append(record) }
        isOver = !(wants(record, at: start))
        if isOver { break }
      }
    } catch {
      messages.append(.audit(.failed(reason: "\(error)")))
      isOver = true
    }
    if !records.isEmpty || skipped > 0 { messages.insert(.audit(.read(records, skipped: skipped)), at: 0) }
    if isOver {
      self.lines = nil
      messages.append(.audit(.over))
      found = unfinished?.records ?? []
      unfinished = nil
    }
    return messages
  }

  /// Takes a record in, and says whether older ones are wanted.
  private func wants(_ record: AuditRecord, at now: Moment) -> Bool {
    let isYoung = now - record.time < UnfinishedJobs.age
    if isYoung { unfinished?.take(record) }
    return count < (unfinished != nil && isYoung ? Self.mostSearched : Self.most)
  }

  /// The jobs whose end nobody saw, once.
  func takeUnfinished() -> [AuditRecord] {
    defer { found = [] }
    return found
  }
}

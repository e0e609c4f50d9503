import Console
import Fleet
import Glibc
import Journal
import Operations
import Remote

/// `vigie audit-log`: the records of what was done to the fleet from this machine, the last at the end.
struct AuditLog {
  private let query: AuditQuery
  private let since: Duration?
  private let count: Int?
  private let isJSON: Bool

  init(_ arguments: Arguments) {
    query = AuditQuery(
      host: arguments.host, project: arguments.project, since: arguments.since.map { Clock().now() - $0 })
    since = arguments.since
    count = arguments.count
    isJSON = arguments.isJSON
  }

  /// - Returns: the exit status: 0 also where there is nothing.
  func run() throws -> Int32 {
    let (history, lines, hasAny) = try read()
    let chosen = history.entries.filter(query.accepts).prefix(count ?? .max)
    if isJSON {
      let wanted = Set(chosen.map(\.id))
      for line in lines.reversed() where wanted.contains(line.id) {
        guard Files.write(line.bytes[...] + [0x0A], to: STDOUT_FILENO) else { break }
      }
    } else if !chosen.isEmpty {
      Files.write(AuditTable.text(of: chosen.reversed()), to: STDOUT_FILENO)
    }
    if chosen.isEmpty { say(hasAny ? "there is no record\(wanted)" : "nothing is recorded") }
    if history.skipped > 0 {
      say("\(history.skipped) \(history.skipped == 1 ? "line is" : "lines are") no record, torn or foreign: left out")
    }
    return 0
  }

  /// What was asked for, as in ` of the host web-1 in the last 24h`.
  private var wanted: String {
    [
      query.host.map { " of the host \($0)" }, query.project.map { " of the project \($0)" },
      since.map { " of the last \($0.short)" },
    ].compactMap { $0 }.joined()
  }

  private func say(_ words: String) { Files.write("vigie: \(Files.auditPath): \(words)\n", to: STDERR_FILENO) }

  /// The records as far back as they are wanted, and their lines, the newest first; and whether there are any at all.
  private func read() throws -> (AuditHistory, [(id: String, bytes: [UInt8])], hasAny: Bool) {
    let reader = BackwardLines(path: Files.auditPath)
    var history = AuditHistory()
    var records: [AuditRecord] = []
    var lines: [(id: String, bytes: [UInt8])] = []
    // Ends whose beginning is still to come, and jobs that are known from their beginning on.
    var ended: Set<String> = []
    var known = 0
    var hasAny = false
    while let bytes = try reader.next() {
      guard let record = AuditRecord.decode(bytes) else {
        history.skipped += 1
        continue
      }
      hasAny = true
      // Consoles that share the file don't write in one order to the moment.
      if let since = query.since, record.time < since - .seconds(3600) { break }
      records.append(record)
      lines.append((record.id, bytes))
      if record.phase == .ended {
        ended.insert(record.id)
        continue
      }
      ended.remove(record.id)
      if query.accepts(AuditEntry(record)) { known += 1 }
      if let count, known >= count, ended.isEmpty { break }
    }
    history.add(records)
    return (history, lines, hasAny)
  }
}

import Fleet
import Operations
import Surface

/// The page of what was done to the fleet, newest first.
enum HistoryView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let rows = model.rows(.history)
    var pane = ListPane.pane(.history, model)
    if pane.note.isEmpty { pane.note = note(model) }
    let inside = pane.draw(on: &frame, in: area)
    let state = model[.history]
    func order(_ key: SortKey) -> Table.Order? {
      state.sort == key ? (state.isReversed ? .descending : .ascending) : nil
    }
    let table = Table(
      [
        .init("When", .fixed(14)),
        .init("Who", .flexible(min: 4, weight: 1, max: 12), priority: 2),
        .init("Host", .flexible(min: 7, weight: 1, max: 16), order: order(.name)),
        .init("Project", .flexible(min: 7, weight: 1, max: 16), priority: 3),
        .init("What", .flexible(min: 18, weight: 4)),
        .init("How it ended", .flexible(min: 15, weight: 4), order: order(.state)),
        .init("Took", .fixed(6), .right, priority: 1),
      ], count: rows.count, selected: model.selectedRow(.history), offset: state.offset,
      emptyText: ListPane.emptyText(.history, model)
    ) { index in
      guard case .record(let id) = rows[index], let entry = model.audit.history[id] else { return [] }
      return cells(of: entry, in: model)
    }
    table.draw(on: &frame, in: inside)
  }

  private static func note(_ model: Model) -> [Span] {
    if let failure = model.audit.failure { return [Span(failure, .critical)] }
    if !model.audit.isRead { return [Span("reading …", .muted)] }
    let skipped = model.audit.history.skipped
    return skipped == 0 ? [] : [Span("\(skipped) \(skipped == 1 ? "line is" : "lines are") no record", .warning)]
  }

  private static func cells(of entry: AuditEntry, in model: Model) -> [Table.Content] {
    let record = entry.record
    return [
      .text(time(entry.startedAt, model.now), .muted),
      .text(record.user),
      .text(record.host.text, Tone.of(record.environment)),
      .text(record.project ?? "–", record.project == nil ? .muted : .text),
      .text(title(record)),
      .text(model.audit.ending(of: entry), tone(entry)),
      .text(entry.outcome == .open ? "" : Words.took(record.duration), .muted),
    ]
  }

  /// Without the host, which has a column of its own.
  private static func title(_ record: AuditRecord) -> String {
    let end = " on \(record.host)"
    return record.title.hasSuffix(end) ? String(record.title.dropLast(end.count)) : record.title
  }

  static func tone(_ entry: AuditEntry) -> Role {
    switch entry.outcome {
    case .well: .good
    case .failed: .critical
    case .open: .unknown
    }
  }

  /// `16:03:37` of this day, `11-23 16:03:37` of another.
  private static func time(_ moment: Moment, _ now: Moment) -> String {
    let day = Calendar.day(moment)
    return (day == Calendar.day(now) ? "" : day.dropFirst(5) + " ") + Calendar.clock(moment)
  }
}

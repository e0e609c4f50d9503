import Fleet
import Incidents
import Surface

/// The Incidents pane: what is open first, the worst of it at the top, the newest of equals; repeats folded with a count.
enum IncidentsView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let rows = model.rows(.incidents)
    let inside = ListPane.pane(.incidents, model).draw(on: &frame, in: area)
    let columns: [Table.Column] = [
      .init("", .fixed(1)),
      .init("Ago", .fixed(4), .right),
      .init("Host", .flexible(min: 7, weight: 1, max: 16), priority: 1),
      .init("Service", .flexible(min: 7, weight: 1, max: 16), priority: 3),
      .init("×", .fixed(4), .right, priority: 2),
      .init("What", .flexible(min: 24, weight: 12)),
    ]
    let shown = Table.shown(columns, width: inside.width)
    let table = Table(
      columns, count: rows.count, selected: model.selectedRow(.incidents), offset: model[.incidents].offset,
      isFocused: model.focus == .incidents, emptyText: ListPane.emptyText(.incidents, model)
    ) { index in
      guard case .incident(let id) = rows[index], let incident = model.incident(id) else { return [] }
      return cells(
        of: incident, besides: shown.contains(3) ? .hostAndService : .host, count: shown.contains(4), in: model)
    }
    table.draw(on: &frame, in: inside)
  }

  /// - Parameter count: whether the row has a column for it; else it begins the text.
  private static func cells(
    of incident: Incident, besides named: IncidentRow, count: Bool, in model: Model
  ) -> [Table.Content] {
    let times = incident.count > 1 ? "×\(min(incident.count, 999))" : ""
    let what = incident.brief(besides: named)
    let isOver = incident.clearedAt != nil
    let role = isOver ? Role.muted : Tone.of(incident.severity)
    return [
      .text(mark(incident), role),
      .text(max(.zero, model.now - incident.lastSeen).short, .muted),
      .text(incident.key.host.text, isOver ? .muted : Tone.of(model.environment(of: incident.key.host))),
      .text(incident.part, isOver ? .muted : .text),
      .text(times, .muted),
      .text(
        count || times.isEmpty ? what : "\(times) \(what)",
        isOver ? .muted : (incident.severity == .notice ? .text : role)),
    ]
  }

  /// A letter besides the colour: colour alone says nothing to one in twelve men.
  static func mark(_ incident: Incident) -> String {
    if incident.clearedAt != nil { return "-" }
    return switch incident.severity {
    case .critical: "!"
    case .warning: "w"
    case .notice: "i"
    }
  }
}

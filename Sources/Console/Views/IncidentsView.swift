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
      .init("What", .flexible(min: 16, weight: 12)),
    ]
    let namesService = Table.shown(columns, width: inside.width).contains(3)
    let table = Table(
      columns, count: rows.count, selected: model.selectedRow(.incidents), offset: model[.incidents].offset,
      isFocused: model.focus == .incidents, emptyText: ListPane.emptyText(.incidents, model)
    ) { index in
      guard case .incident(let id) = rows[index], let incident = model.incident(id) else { return [] }
      return cells(of: incident, besides: namesService ? .hostAndService : .host, in: model)
    }
    table.draw(on: &frame, in: inside)
  }

  private static func cells(
    of incident: Incident, besides named: IncidentRow, in model: Model
  ) -> [Table.Content] {
    let isOver = incident.clearedAt != nil
    let role = isOver ? Role.muted : Tone.of(incident.severity)
    return [
      .text(mark(incident), role),
      .text(max(.zero, model.now - incident.lastSeen).short, .muted),
      .text(incident.key.host.text, isOver ? .muted : Tone.of(model.environment(of: incident.key.host))),
      .text(incident.part, isOver ? .muted : .text),
      .text(incident.count > 1 ? "×\(min(incident.count, 999))" : "", .muted),
      .text(incident.brief(besides: named), isOver ? .muted : (incident.severity == .notice ? .text : role)),
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

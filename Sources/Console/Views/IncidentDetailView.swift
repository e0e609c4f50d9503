import Fleet
import Incidents
import Surface

/// One incident on the whole screen: all its words, and its times.
enum IncidentDetailView {
  static func draw(_ model: Model, _ id: Int, on frame: inout Frame, in area: Rect) {
    guard let incident = model.incident(id) else {
      let inside = Pane("Incident", isFocused: true).draw(on: &frame, in: area)
      frame.put("this incident is no longer kept", x: inside.x + 1, y: inside.y, Style(.muted))
      return
    }
    let pane = Pane(
      "Incident", count: severity(of: incident),
      note: [Span(incident.clearedAt == nil ? "open" : "over", Tone.of(incident.severity))], isFocused: true)
    let inside = pane.draw(on: &frame, in: area).inset(x: 1)
    DetailText.draw(lines(of: incident, in: model), offset: model.detailOffset, on: &frame, in: inside)
  }

  static func lines(of incident: Incident, in model: Model) -> [DetailText.Line] {
    var lines: [DetailText.Line] = [
      .fact("what", incident.text, Tone.of(incident.severity))
    ]
    if let peak = incident.peak?.text, peak != incident.text {
      lines.append(.fact("worst", peak, Tone.of(incident.worst)))
    }
    lines += [
      .fact("kind", incident.key.kind.rawValue),
      .fact("host", incident.key.host.text, Tone.of(model.environment(of: incident.key.host))),
      .fact("service", incident.part),
      .fact("project", incident.project ?? "–"),
      .fact("container", incident.container ?? "–"),
      .space,
      .fact("first", time(incident.firstSeen, model.now)),
      // A figure lasts: it opened again, or got worse, then.
      .fact(incident.peak == nil ? "last" : "changed", time(incident.lastSeen, model.now)),
      .fact("count", "\(incident.count)"),
    ]
    if let cleared = incident.clearedAt { lines.append(.fact("over", time(cleared, model.now))) }
    let others = model.incidents.incidents.filter {
      $0.id != incident.id && $0.key.host == incident.key.host
        && abs(($0.lastSeen - incident.lastSeen).inSeconds) < 300
    }
    if !others.isEmpty {
      lines += [.space, .heading("On the same host within five minutes")]
      lines += others.prefix(20).map { .fact(time($0.lastSeen), $0.text, Tone.of($0.severity)) }
    }
    return lines
  }

  /// `critical`; `warning, was critical`; of what is over `was critical`.
  private static func severity(of incident: Incident) -> String {
    if incident.clearedAt != nil { return "was \(incident.worst.rawValue)" }
    let now = incident.severity.rawValue
    return incident.worst == incident.severity ? now : "\(now), was \(incident.worst.rawValue)"
  }

  private static func time(_ moment: Moment) -> String { Calendar.clock(moment) }

  private static func time(_ moment: Moment, _ now: Moment) -> String {
    "\(Calendar.stamp(moment)), \(max(.zero, now - moment).short) ago"
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

extension DetailText {
  /// The newest incidents of what a page is about, under a heading; nothing where there is none.
  static func lines(of incidents: [Incident], at now: Moment) -> [Line] {
    guard !incidents.isEmpty else { return [] }
    return [.space, .heading("Incidents")]
      + incidents.prefix(12).map {
        .fact(
          "\(max(.zero, now - $0.lastSeen).short) ago", $0.text, $0.clearedAt == nil ? Tone.of($0.severity) : .muted)
      }
  }
}

import Fleet
import Incidents

/// What a row has said of an incident before it comes to what happened.
enum IncidentRow {
  case host, hostAndService
}

extension Incident {
  /// What it is about: its service, with the number of the container where there are several.
  var part: String { service + (replica.map { " \($0)" } ?? "") }

  /// Its text without what the row says anyway, so that a narrow column still has what happened: without the subject, or
  /// where the row names the host only, with the service but not its project.
  func brief(besides row: IncidentRow) -> String {
    let own = without([key.host.text + " "])
    if own != text { return own }
    switch row {
    case .host:
      // A domain alone fills a narrow column.
      if key.kind == .siteDown { return "down: \(text)" }
      guard let project, text.hasPrefix("\(part) of \(project) ") else { return text }
      return part + " " + text.dropFirst("\(part) of \(project) ".count)
    case .hostAndService:
      return without(
        [project.map { "\(part) of \($0) " }, container.map { $0 + " " }, "\(service) ", "\(service): "]
          .compactMap { $0 })
    }
  }

  private func without(_ subjects: [String]) -> String {
    guard let subject = subjects.first(where: { $0.count > 1 && text.hasPrefix($0) }) else { return text }
    return String(text.dropFirst(subject.count))
  }
}

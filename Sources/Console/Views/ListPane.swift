import Fleet
import Surface
import Telemetry

/// What the five lists have in common: border, title, count, filter, and what they say when empty.
enum ListPane {
  static func pane(_ id: PaneID, _ model: Model) -> Pane {
    let state = model[id]
    let isFocused = model.focus == id
    var note: [Span] = []
    if case .filter(id, _, _)? = model.overlay {
      note = [Span("/\(state.filter)▏", .match)]
    } else if !state.filter.isEmpty {
      note = [Span("/\(state.filter)", .match)]
    } else if id == .containers || id == .caches, !model.showsAllHosts, let host = model.selectedHost {
      // What is listed below is as old as this says.
      let condition = model.condition(of: host)
      // A stale host's reason says it.
      let age = id == .containers && condition.word == "stale" ? nil : model.ageing(of: host)
      let words = ([age] + (id == .containers ? [condition.reason, condition.cure] : [])).compactMap { $0 }
      if condition.reason != nil, !words.isEmpty {
        note = [Span(words.joined(separator: "; "), Tone.of(condition))]
      } else if id == .containers, let docker = model.telemetry[host]?.capabilities[.docker], !docker.isAvailable {
        note = [Span("unknown: \(docker.reason)", .stale)]
      }
    }
    let marked = id == .containers ? marked(model) : ""
    return Pane(
      id.title, count: subject(id, model) + count(id, model), note: note,
      bottom: marked.isEmpty ? [] : [Span(marked, Style(.warning, bold: true))], isFocused: isFocused)
  }

  /// What the next action is about instead of the cursor, also where it is not among the rows.
  private static func marked(_ model: Model) -> String {
    guard !model.marks.isEmpty else { return "" }
    let hosts = model.fleet.hosts.map(\.name).filter { host in model.marks.contains { $0.host == host } }
    let key = model.keymap.hint(for: .markClear).map { "; \($0) takes them away" } ?? ""
    return "\(model.marks.count) marked on \(hosts.map(\.text).joined(separator: ", ")): actions are about these\(key)"
  }

  /// How many rows; `?` where nobody could say yet.
  private static func count(_ id: PaneID, _ model: Model) -> String {
    let count = model.rows(id).count
    let hidden = id == .containers ? model.hiddenContainers : 0
    if hidden > 0 {
      return model[id].filter.isEmpty ? "\(count) of \(count + hidden), stopped hidden" : "\(count), stopped hidden"
    }
    guard count == 0, id == .containers || id == .caches, model[id].filter.isEmpty else { return "\(count)" }
    let hosts = model.showsAllHosts ? model.fleet.hosts.map(\.name) : model.selectedHost.map { [$0] } ?? []
    let isKnown = hosts.allSatisfy { model.telemetry[$0]?.capabilities[.docker]?.isAvailable == true }
    return isKnown ? "0" : "?"
  }

  /// Whose containers these are.
  private static func subject(_ id: PaneID, _ model: Model) -> String {
    guard id == .containers || id == .caches else { return "" }
    if model.showsAllHosts { return "of all hosts " }
    return model.selectedHost.map { "of \($0) " } ?? ""
  }

  /// Why there is nothing to list: an empty list must not look like good news.
  static func emptyText(_ id: PaneID, _ model: Model) -> String {
    if !model[id].filter.isEmpty { return "nothing matches /\(model[id].filter); Esc clears the filter" }
    switch id {
    case .hosts: return "no hosts"
    case .sites:
      return "no projects: the fleet file declares none, and no host has told of a Compose project"
    case .incidents: return "no incidents since vigie was started"
    case .history: return model.audit.emptyText
    case .containers, .caches: break
    }
    if model.showsAllHosts { return id == .containers ? "no containers seen" : "no Redis seen" }
    guard let host = model.selectedHost, let telemetry = model.telemetry[host] else { return "" }
    if telemetry.lastFrame == nil {
      let condition = model.condition(of: host)
      guard let reason = condition.reason else { return "waiting for \(host)" }
      return "\(host): \(reason)" + (condition.cure.map { "; \($0)" } ?? "")
    }
    if let docker = telemetry.capabilities[.docker], !docker.isAvailable { return "unknown: \(docker.reason)" }
    if model.waitsForDocker(on: host) { return "not known yet: Docker on \(host) has not answered so far" }
    if id == .containers, model.hiddenContainers > 0 { return "all \(model.hiddenContainers) are stopped, and hidden" }
    if id == .containers { return "\(host) has no containers" }
    let isThere = telemetry.containers.values.contains { container in
      container.facts.state == .running && model.fleet.role(of: container.facts, on: host) == .cache
    }
    return isThere ? "not known yet: the cache on \(host) has not answered so far" : "no Redis found on \(host)"
  }
}

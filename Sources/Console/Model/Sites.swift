import Fleet
import Incidents
import Surface
import Telemetry

extension Model {
  var stackSources: StackBook.Sources {
    StackBook.Sources(fleet: fleet, telemetry: telemetry, domains: domains, now: now)
  }

  /// Works out the projects that something was told of, and those whose hosts fell silent.
  mutating func settleStacks() {
    for host in fleet.hosts { stacks.note(host.name, problem: blindness(of: host.name)) }
    if stacks.settle(stackSources) { lists.isStale = true }
  }

  /// Whether something on the screen needs the projects; elsewhere a key does not pay for them.
  var showsSites: Bool { layout.hasSites || focus == .sites || isOnProject || !detailsBefore.isEmpty }

  /// Why the parts on a host are not known to be as they are shown; `nil` where they are.
  func blindness(of host: HostName) -> String? {
    // The words of a wait change each second, and that alone is no reason to judge anew: the page adds them.
    if isDockerSilent(on: host) { return "Docker on \(host) does not answer; see the host's page" }
    switch links[host] ?? .queued {
    case .live:
      guard let age = age(of: host) else { return "\(host) has not told anything yet; wait for its first sample" }
      return age > staleAfter ? "\(host) is silent; it is tried again by itself" : nil
    case .ended: return nil
    case .queued, .connecting: return "\(host) is not connected yet; wait for its first sample"
    case .stale: return "\(host) is silent; it is tried again by itself"
    case .backingOff(_, _, let reason), .needsPerson(let reason), .refused(let reason, _, _):
      return "\(host): \(reason); see the host's page"
    }
  }

  var isOnProject: Bool { if case .project? = detail { true } else { false } }

  /// Whether the sites fill the screen because they have no pane of their own on it.
  var isOnSitesPage: Bool { focus == .sites && !layout.hasSites }

  /// The part under the cursor of the project's page.
  var projectPart: StackPart? {
    guard case .project(let id)? = detail, let parts = stacks[id]?.parts, !parts.isEmpty else { return nil }
    return parts[min(projectRow, parts.count - 1)]
  }

  /// Where the cursor of a project's page begins: on the part that is narrowest.
  func narrowestRow(of id: ProjectID) -> Int {
    guard let stack = stacks[id], let role = stack.narrowest?.role else { return 0 }
    let worst = stack.parts.firstIndex { part in
      guard part.role == role else { return false }
      switch part.state {
      case .stopped, .busy: return true
      case .fine, .unknown: return false
      }
    }
    return worst ?? 0
  }

  /// Moves over the parts; at the last one the rest of the page scrolls.
  mutating func moveOnProject(by step: Int) {
    guard case .project(let id)? = detail, let stack = stacks[id] else { return }
    let last = max(0, stack.parts.count - 1)
    let top = ProjectView.firstPartLine(id, in: self)
    let height = max(1, layout.body.height - 2)
    let overflow = detailHeight
    let needed = scrolled(offset: 0, selected: top + last, visible: height, count: top + last + 1)
    projectRow = min(projectRow, last)
    if projectRow == last, step > 0 || detailOffset > needed {
      detailOffset = max(step > 0 ? 0 : needed, min(overflow, detailOffset + step))
      return
    }
    projectRow = max(0, min(last, projectRow + step))
    detailOffset =
      projectRow == 0
      ? 0
      : scrolled(
        offset: detailOffset, selected: top + projectRow, visible: height, count: overflow + height)
  }
}

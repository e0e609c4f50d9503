import Fleet
package import Incidents
import Surface
import Telemetry

/// The rows of each pane in order, kept from one change to the next: a key must not pay for sorting a thousand rows.
struct Lists: Sendable {
  var rows: [PaneID: [RowID]] = [:]
  var isStale = true
}

extension Model {
  /// The rows of a pane, as filtered and ordered.
  package func rows(_ pane: PaneID) -> [RowID] { lists.rows[pane] ?? [] }

  /// The row under a pane's cursor.
  package func selectedRow(_ pane: PaneID) -> Int? {
    let rows = rows(pane)
    guard !rows.isEmpty else { return nil }
    if let selection = self[pane].selection, let row = rows.firstIndex(of: selection) { return row }
    return min(self[pane].lastRow, rows.count - 1)
  }

  /// Makes the lists anew where something changed that they depend on, and puts each cursor back on its object.
  /// - Parameter withSites: also the projects, where no view needs them.
  package mutating func settle(withSites: Bool = false) {
    if withSites || showsSites { settleStacks() }
    guard lists.isStale else { return }
    lists.isStale = false
    for pane in PaneID.allCases {
      var rows = unorderedRows(pane)
      let filter = Filter(self[pane].filter)
      if !filter.isEmpty { rows = rows.filter { filter.accepts(words(of: $0)) } }
      order(&rows, of: pane)
      lists.rows[pane] = rows
      place(pane)
    }
  }

  /// Puts a pane's cursor on its object's row; where the object is gone, on what took its place.
  private mutating func place(_ pane: PaneID) {
    let rows = rows(pane)
    var state = self[pane]
    if let selection = state.selection, let row = rows.firstIndex(of: selection) {
      state.lastRow = row
    } else if rows.isEmpty {
      // The object may come back (a host reconnects, a filter is cleared): keep what was chosen.
    } else if state.selection == nil {
      // Nobody has moved it yet: it stays where it is while rows arrive, at the top.
    } else if state.filter.isEmpty || pane == .hosts {
      state.lastRow = min(state.lastRow, rows.count - 1)
      state.selection = rows[state.lastRow]
    }
    self[pane] = state
    // What is listed below, and acted on, is of the host that is seen under the cursor, whatever a filter left.
    if pane == .hosts, let row = selectedRow(.hosts), case .host(let name) = rows[row] { selectedHost = name }
  }

  private func unorderedRows(_ pane: PaneID) -> [RowID] {
    switch pane {
    case .hosts:
      return fleet.hosts.map { .host($0.name) }
    case .containers:
      return shownHosts.flatMap { host in
        (telemetry[host]?.containers.values.map { $0 } ?? [])
          .filter { showsStopped || $0.facts.state != .exited }
          .map { RowID.container(ContainerID(host: host, id: $0.facts.id)) }
      }
    case .caches:
      return shownHosts.flatMap { host in
        (telemetry[host]?.caches.keys.map { $0 } ?? []).map { RowID.cache(ContainerID(host: host, id: $0)) }
      }
    case .sites:
      return stacks.order.map { .site($0) }
    case .incidents:
      return incidents.incidents.map { .incident($0.id) }
    case .history:
      // It may be long, and nothing else needs it.
      return focus == .history ? audit.rows : []
    }
  }

  /// How many containers of the hosts shown are left out because they do not run.
  var hiddenContainers: Int {
    guard !showsStopped else { return 0 }
    return shownHosts.reduce(0) { sum, host in
      sum + (telemetry[host]?.containers.values.count { $0.facts.state == .exited } ?? 0)
    }
  }

  private var shownHosts: [HostName] {
    if showsAllHosts { return fleet.hosts.map(\.name) }
    return selectedHost.map { [$0] } ?? []
  }

  /// What the filter looks at.
  private func words(of row: RowID) -> String {
    switch row {
    case .host(let name):
      return words(ofHost: name) + " " + condition(of: name).word
    case .container(let id), .cache(let id):
      guard let facts = facts(id) else { return id.host.text }
      return [
        facts.name, facts.project ?? "", facts.service ?? "", facts.image, facts.state.rawValue,
        facts.health?.rawValue ?? "",
      ].joined(separator: " ") + " " + words(ofHost: id.host)
    case .site(let id):
      let stack = stacks[id]
      return
        ([id.name, id.environment.rawValue, stack?.narrowest?.sentence ?? ""] + (stack?.hosts.map(\.text) ?? [])
        + (stack?.domains.map(\.name) ?? [])).joined(separator: " ")
    case .record(let id): return words(ofRecord: id)
    case .incident(let id):
      guard let incident = incident(id) else { return "" }
      return [
        incident.severity.rawValue, words(ofHost: incident.key.host), incident.service, incident.key.kind.rawValue,
        incident.text,
      ].joined(separator: " ")
    }
  }

  func words(ofHost name: HostName) -> String {
    let host = fleet.host(name)
    return ([name.text, host?.environment.rawValue ?? ""] + (host?.tags ?? [])).joined(separator: " ")
  }

  package func incident(_ id: Int) -> Incident? { incidents[id] }
}

/// What was typed after `/`: words that must all be there, `!word` must not; letters match without case.
struct Filter {
  /// In lower case.
  private(set) var wanted: [String] = []
  private var unwanted: [String] = []

  init(_ text: String) {
    for word in text.lowercased().split(separator: " ") {
      if word.hasPrefix("!") {
        if word.count > 1 { unwanted.append(String(word.dropFirst())) }
      } else {
        wanted.append(String(word))
      }
    }
  }

  var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

  func accepts(_ text: String) -> Bool {
    let text = text.lowercased()
    return wanted.allSatisfy { text.contains($0) } && !unwanted.contains { text.contains($0) }
  }
}

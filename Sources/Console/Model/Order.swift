import Fleet
import Incidents
import Telemetry

/// One row's value for ordering: numbers before names, the unknown last.
struct Rank: Comparable {
  var number: Double
  /// The name in its natural order.
  var name: String

  init(number: Double, name: String) {
    self.number = number
    self.name = Self.natural(name)
  }

  /// A text that sorts as a person would: numbers in it by their value, `bench-5` before `bench-10`.
  static func natural(_ name: String) -> String {
    guard name.utf8.contains(where: { 0x30...0x39 ~= $0 }) else { return name }
    var key: [UInt8] = []
    var digits: [UInt8] = []
    func flush() {
      guard !digits.isEmpty else { return }
      let value = digits.drop { $0 == 0x30 }
      // How many digits it has comes first: of more digits is more.
      key.append(0x30 + UInt8(min(value.count, 9)))
      key += value
      digits = []
    }
    for byte in name.utf8 {
      if 0x30...0x39 ~= byte {
        digits.append(byte)
      } else {
        flush()
        key.append(byte)
      }
    }
    flush()
    // What differs in leading zeros alone still differs.
    return String(decoding: key + [0] + Array(name.utf8), as: UTF8.self)
  }

  static func < (left: Rank, right: Rank) -> Bool {
    left.number != right.number ? left.number < right.number : left.name < right.name
  }
}

extension Model {
  /// The orders that a pane offers.
  package func sortKeys(_ pane: PaneID) -> [SortKey] {
    switch pane {
    case .sites: [.standard, .name]
    case .hosts: [.standard, .name, .cpu, .memory, .severity]
    case .containers: [.standard, .name, .cpu, .memory, .state, .restarts, .age]
    case .caches: [.standard, .name, .hitRate, .memory]
    case .incidents: [.standard, .age, .severity, .name]
    case .history: [.standard, .name, .state]
    }
  }

  func order(_ rows: inout [RowID], of pane: PaneID) {
    let state = self[pane]
    if pane == .hosts, state.sort == .standard {
      if state.isReversed { rows.reverse() }
      return
    }
    // They come newest first.
    if pane == .incidents && state.sort == .age || pane == .history && state.sort == .standard {
      if state.isReversed { rows.reverse() }
      return
    }
    var ranked = rows.enumerated().map { (row: $1, rank: rank(of: $1, by: state.sort), place: $0) }
    // Equals keep the order that they came in.
    ranked.sort { left, right in
      if left.rank == right.rank { return left.place < right.place }
      return state.isReversed ? right.rank < left.rank : left.rank < right.rank
    }
    rows = ranked.map(\.row)
  }

  /// Small is first: figures are negated, because who sorts by CPU wants the busiest at the top.
  private func rank(of row: RowID, by key: SortKey) -> Rank {
    switch row {
    case .host(let name):
      let figures = telemetry[name]?.figures
      let number: Double =
        switch key {
        case .cpu: -(figures?.cpu?.value ?? -1)
        case .memory: -(figures?.memory?.usedRatio?.value ?? -1)
        case .severity: -Double(incidents.worst(for: name).map { $0.severity == .critical ? 2 : 1 } ?? 0)
        default: 0
        }
      return Rank(number: number, name: name.text)
    case .site(let id):
      let worst = key == .standard ? stacks[id]?.narrowest?.severity : nil
      return Rank(
        number: worst.map { $0 == .critical ? 0 : $0 == .warning ? 1 : 2 } ?? 3,
        name: id.name + (id.environment == .prod ? " 0" : " 1"))
    case .container(let id):
      return containerRank(id, by: key)
    case .cache(let id):
      let figures = telemetry[id.host]?.caches[id.id]?.figures
      let number: Double =
        switch key {
        case .hitRate: figures?.hitRatio?.value ?? 2
        case .memory: -(figures?.usedMemory.map { Double($0.bytes) } ?? -1)
        default: 0
        }
      return Rank(number: number, name: id.host.text + " " + (facts(id)?.name ?? id.id))
    case .record(let id): return rank(ofRecord: id, by: key)
    case .incident(let id):
      guard let incident = incident(id) else { return Rank(number: 0, name: "") }
      let severity: Double = incident.severity == .critical ? 0 : incident.severity == .warning ? 1 : 2
      let number: Double =
        switch key {
        // What is open first: a list of a few rows must not hide it behind what is over. Then what a visitor misses most,
        // and of that, production; what is over is a timeline.
        case .standard where incident.clearedAt != nil: 100
        case .standard:
          severity * 10 + Double(2 - incident.weight) * 2 + (production.contains(incident.key.host) ? 0 : 1)
        case .severity: severity
        default: 0
        }
      return Rank(number: number, name: key == .name ? incident.key.host.text + incident.service : "")
    }
  }

  private func containerRank(_ id: ContainerID, by key: SortKey) -> Rank {
    guard let container = telemetry[id.host]?.containers[id.id] else { return Rank(number: 0, name: id.id) }
    let facts = container.facts
    let number: Double =
      switch key {
      case .cpu: -(container.figures.cpuCores ?? -1)
      case .memory: -(container.figures.memory.map { Double($0.bytes) } ?? -1)
      case .restarts: -Double(facts.restartCount)
      case .age: -(facts.startedAt.map { Double($0.milliseconds) } ?? -1)
      case .state: facts.state == .running ? (facts.health == .unhealthy ? 0 : 2) : 1
      default: 0
      }
    let host = showsAllHosts ? id.host.text + " " : ""
    // Containers outside any Compose project come after all projects.
    let project = key == .name ? "" : (facts.project ?? "\u{10FFFD}")
    return Rank(number: number, name: host + project + " " + (facts.service ?? "") + " " + facts.name)
  }
}

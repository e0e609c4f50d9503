package import Fleet

/// What one host's sampler is to be told, from what it says: which of its containers to ask, and how.
///
/// A new sampler knows nothing, and names every container when it begins, so each is asked for again.
package struct PartOrders: Sendable {
  private struct Asked: Hashable {
    /// Another run may have another address.
    var startedAt: Moment?
    var kinds: [PartKind]
    var orders: [String]
  }

  private let fleet: FleetDefinition
  private let host: HostName
  private let interval: Duration
  private var asked: [String: Asked] = [:]

  /// - Parameter interval: between two questions to a part; the fleet file's where it is left out.
  package init(fleet: FleetDefinition, host: HostName, interval: Duration? = nil) {
    self.fleet = fleet
    self.host = host
    self.interval = interval ?? fleet.defaults.partsInterval
  }

  /// What it was told to ask, and not to forget.
  package var parts: [PartID] {
    asked.flatMap { id, asked in asked.kinds.map { PartID(containerID: id, kind: $0) } }
  }

  /// Takes one event in, and gives the orders that follow from it, each without its newline.
  package mutating func take(_ event: StreamEvent) -> [String] {
    switch event {
    case .hello:
      asked = [:]
      return ["parts \(interval.milliseconds)"]
    case .container(let facts): return take(facts)
    case .containerGone(let id): return forget(id)
    default: return []
    }
  }

  private mutating func take(_ facts: ContainerFacts) -> [String] {
    // An identifier that is none would be an order of the host's own making.
    guard !facts.id.isEmpty, facts.id.utf8.allSatisfy({ Self.isSafe($0) }) else { return [] }
    let questions = fleet.questions(of: facts, on: host)
    let new = Asked(
      startedAt: facts.startedAt, kinds: questions.map(\.kind), orders: questions.map { $0.order(for: facts.id) })
    if new.orders.isEmpty { return forget(facts.id) }
    let old = asked[facts.id]
    guard old != new, old != nil || asked.count < Bound.parts else { return [] }
    asked[facts.id] = new
    // What is no longer asked as it was is forgotten first: an order replaces only one of the same kind.
    let isReplaced = old.map { $0.kinds == new.kinds } ?? true
    return (isReplaced ? [] : ["forget \(facts.id)"]) + new.orders
  }

  private mutating func forget(_ id: String) -> [String] {
    asked.removeValue(forKey: id) == nil ? [] : ["forget \(id)"]
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte == 0x5F || byte == 0x2D || byte == 0x2E
  }
}

package import Fleet
package import Telemetry

/// All incidents of the fleet, newest first: host events and figures go in, a list that a person can work through comes out.
package struct IncidentBook: Sendable {
  /// Newest `lastSeen` first; at most `Rules.kept`.
  package private(set) var incidents: [Incident] = []
  private var numbers: [Incident.Key: Int] = [:]
  private var next = 1
  let thresholds: Thresholds
  var containers = ContainerMemory()
  var watches: [HostName: [Watch: Pending]] = [:]
  var kinds: [LogSource: Set<String>] = [:]

  package init(thresholds: Thresholds) { self.thresholds = thresholds }

  /// Takes in one event of a host's stream.
  /// - Parameters:
  ///   - telemetry: the host's, after it took the same event in.
  ///   - at: when it arrived, on our clock.
  package mutating func apply(_ event: StreamEvent, of host: HostName, telemetry: HostTelemetry, at: Moment) {
    switch event {
    case .frame: evaluate(telemetry, at: at)
    case .containerEvent(let event): take(event, of: host, telemetry: telemetry, at: at)
    case .log(let entry): take(entry, of: host, at: at)
    case .dropped(let count):
      let amount = count > 0 ? "\(count) journal entries" : "journal entries"
      open(
        Incident.Key(host: host, kind: .journal, subject: "journal", shape: "dropped"), .notice, service: "journal",
        text: "\(amount) were left out: more came than a sampler may send", at: at)
    case .containerGone(let id): forget(id, on: host, at: at)
    default: break
    }
  }

  /// The host stopped answering, with the reason that the screen shows.
  package mutating func lost(_ host: HostName, reason: String, at: Moment) {
    let key = Incident.Key(host: host, kind: .hostLost, subject: "")
    if let open = incident(key), open.clearedAt == nil {
      if open.text != "\(host) is lost: \(reason)" { amend(key) { $0.text = "\(host) is lost: \(reason)" } }
      return
    }
    open(key, .critical, service: "", text: "\(host) is lost: \(reason)", at: at)
  }

  /// The host answers again: what was open because it was lost is over.
  package mutating func returned(_ host: HostName, at: Moment) {
    clear(Incident.Key(host: host, kind: .hostLost, subject: ""), at: at)
  }

  // MARK: Asking

  /// The incident of that number.
  package subscript(id: Int) -> Incident? { incidents.first { $0.id == id } }

  /// The worst that is open on a host, the newest of equals; notices do not count.
  package func worst(for host: HostName) -> Incident? {
    var worst: Incident?
    for incident in incidents
    where incident.key.host == host && incident.clearedAt == nil && incident.severity > .notice {
      if incident.severity > worst?.severity ?? .notice { worst = incident }
    }
    return worst
  }

  /// How many are open, of those that matter.
  package var openCounts: (critical: Int, warning: Int) {
    var counts = (critical: 0, warning: 0)
    for incident in incidents where incident.clearedAt == nil {
      if incident.severity == .critical { counts.critical += 1 }
      if incident.severity == .warning { counts.warning += 1 }
    }
    return counts
  }

  func incident(_ key: Incident.Key) -> Incident? { numbers[key].flatMap { self[$0] } }

  // MARK: Opening and clearing

  /// One occurrence: a new incident, or one more of an incident that is there.
  mutating func open(
    _ key: Incident.Key, _ severity: Severity, service: String, project: String? = nil, container: String? = nil,
    text: String, at: Moment
  ) {
    if let number = numbers[key], let index = incidents.firstIndex(where: { $0.id == number }),
      incidents[index].clearedAt.map({ at - $0 <= Rules.reopening }) ?? true
    {
      var incident = incidents.remove(at: index)
      incident.count += 1
      incident.severity = incident.clearedAt == nil ? max(incident.severity, severity) : severity
      incident.lastSeen = at
      incident.clearedAt = nil
      incident.text = text
      incidents.insert(incident, at: 0)
      return
    }
    incidents.insert(
      Incident(
        id: next, key: key, severity: severity, service: service, project: project, container: container, text: text,
        firstSeen: at, lastSeen: at), at: 0)
    numbers[key] = next
    next += 1
    if incidents.count > Rules.kept { forget() }
  }

  /// Changes an incident where it stands.
  mutating func amend(_ key: Incident.Key, _ change: (inout Incident) -> Void) {
    guard let number = numbers[key], let index = incidents.firstIndex(where: { $0.id == number }) else { return }
    change(&incidents[index])
  }

  /// It is over.
  mutating func clear(_ key: Incident.Key, at: Moment) {
    amend(key) { if $0.clearedAt == nil { $0.clearedAt = at } }
  }

  private mutating func forget() {
    // What is over goes first, then what matters least, then what is oldest: a lost host outlasts any flood of lines.
    let index =
      incidents.lastIndex { $0.clearedAt != nil } ?? incidents.lastIndex { $0.severity == .notice }
      ?? incidents.lastIndex { $0.severity == .warning } ?? incidents.count - 1
    let gone = incidents.remove(at: index)
    if numbers[gone.key] == gone.id { numbers[gone.key] = nil }
  }
}

package import Fleet
package import Telemetry

/// All incidents of the fleet, newest first: host events and figures go in, a list that a person can work through comes
/// out.
package struct IncidentBook: Sendable {
  /// Newest `lastSeen` first; at most `Rules.kept`.
  package private(set) var incidents: [Incident] = []
  private var byID: [Int: Incident] = [:]
  private var numbers: [Incident.Key: Int] = [:]
  /// What is not over, by host.
  private var unfinished: [HostName: Set<Int>] = [:]
  private var next = 1
  let levels: FleetThresholds
  var containers = ContainerMemory()
  var watches: [HostName: [Watch: Pending]] = [:]
  var logs = LogMemory()
  /// Domains whose last look failed, by the host that their incidents are told of.
  var failing: [HostName: [String: FailingSite]] = [:]
  /// The kernel's, as each host's last stream said it.
  private var bootIDs: [HostName: String] = [:]

  package init(_ fleet: FleetDefinition) { levels = fleet.levels }

  /// Takes in one event of a host's stream.
  /// - Parameters:
  ///   - telemetry: the host's, after it took the same event in.
  ///   - at: when it arrived, on our clock.
  package mutating func apply(_ event: StreamEvent, of host: HostName, telemetry: HostTelemetry, at: Moment) {
    switch event {
    case .hello(let hello):
      beginAnew(host)
      if let before = bootIDs.updateValue(hello.bootID, forKey: host), before != hello.bootID { rebooted(host, at: at) }
    case .frame:
      evaluate(telemetry, at: at)
      checkContainers(telemetry, at: at)
      checkSites(host, at: at)
      clearQuiet(host, at: at)
    case .container(let facts): take(facts, of: host, at: at)
    case .containerEvent(let event): take(event, of: host, telemetry: telemetry, at: at)
    case .containerGone(let id): forget(id, on: host, at: at)
    case .log(let entry): take(entry, of: host, telemetry: telemetry, at: at)
    case .dropped(let count): tookTooMany(count, of: host, at: at)
    case .capability, .filesystems, .cache, .part, .answer, .farewell, .garbage: break
    }
  }

  /// The host stopped answering, with the reason that the screen shows.
  /// - Parameter isExpected: somebody here wanted it so.
  package mutating func lost(_ host: HostName, reason: String, isExpected: Bool = false, at: Moment) {
    let key = Incident.Key(host: host, kind: .hostLost, subject: "")
    let text = "\(host) is lost: \(reason)"
    if let open = incident(key), open.clearedAt == nil {
      if open.text != text { amend(key) { $0.text = text } }
      return
    }
    open(Occurrence(key: key, severity: isExpected ? .warning : .critical, text: text), at: at)
  }

  /// The host answers again: what was open because it was lost is over.
  package mutating func returned(_ host: HostName, at: Moment) {
    clear(Incident.Key(host: host, kind: .hostLost, subject: ""), at: at)
  }

  private mutating func rebooted(_ host: HostName, at: Moment) {
    let words = "\(host) has booted anew; journalctl -b -1 -e on the host says how it went down"
    open(
      Occurrence(key: Incident.Key(host: host, kind: .hostRebooted, subject: ""), severity: .notice, text: words),
      at: at)
  }

  // MARK: Asking

  /// The incident of that number.
  package subscript(id: Int) -> Incident? { byID[id] }

  /// The worst that is open on a host, the newest of equals; notices do not count.
  package func worst(for host: HostName) -> Incident? {
    var worst: Incident?
    for case let incident? in (unfinished[host] ?? []).map({ byID[$0] }) where incident.severity > .notice {
      if worst.map({ incident.outranks($0) }) ?? true { worst = incident }
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

  func incident(_ key: Incident.Key) -> Incident? { numbers[key].flatMap { byID[$0] } }

  func isOpen(_ key: Incident.Key) -> Bool { incident(key).map { $0.clearedAt == nil } ?? false }

  // MARK: Opening and clearing

  /// A new incident, or one more of an incident that is there.
  mutating func open(_ occurrence: Occurrence, at: Moment) {
    if var incident = incident(occurrence.key), incident.clearedAt.map({ at - $0 <= Rules.reopening }) ?? true {
      incident.severity =
        incident.clearedAt == nil ? max(incident.severity, occurrence.severity) : occurrence.severity
      incident.count += 1
      incident.lastSeen = at
      incident.clearedAt = nil
      incident.text = occurrence.text
      put(incident, first: true)
      return
    }
    numbers[occurrence.key] = next
    put(
      Incident(
        id: next, key: occurrence.key, severity: occurrence.severity, service: occurrence.service,
        project: occurrence.project, container: occurrence.container, text: occurrence.text, firstSeen: at,
        lastSeen: at), first: true)
    next += 1
    if incidents.count > Rules.kept { makeRoom() }
  }

  /// Changes an incident where it stands.
  mutating func amend(_ key: Incident.Key, _ change: (inout Incident) -> Void) {
    guard var incident = incident(key) else { return }
    change(&incident)
    put(incident, first: false)
  }

  /// What an incident says changed, and is news.
  mutating func renew(_ key: Incident.Key, _ severity: Severity, _ text: String, at: Moment) {
    guard var incident = incident(key) else { return }
    incident.severity = severity
    incident.text = text
    incident.lastSeen = at
    put(incident, first: true)
  }

  /// It is over.
  mutating func clear(_ key: Incident.Key, at: Moment) {
    guard let incident = incident(key), incident.clearedAt == nil else { return }
    amend(key) { $0.clearedAt = at }
    logs.release(key)
  }

  /// It turned out to be something else, which is told in its own words: its newest occurrence never was.
  mutating func withdraw(_ key: Incident.Key) {
    guard let incident = incident(key) else { return }
    if incident.count > 1 { amend(key) { $0.count -= 1 } } else { remove(incident) }
  }

  private mutating func clearQuiet(_ host: HostName, at: Moment) {
    for id in unfinished[host] ?? [] {
      guard let incident = byID[id], at - incident.lastSeen >= Rules.quiet else { continue }
      switch incident.key.kind {
      case .journal, .kernel: clear(incident.key, at: at)
      // A container's own is over when it runs well; the host's own has nothing to tell so.
      case .outOfMemory where incident.container == nil: clear(incident.key, at: at)
      default: break
      }
    }
  }

  /// The one place that writes an incident, to all that hold it.
  private mutating func put(_ incident: Incident, first: Bool) {
    let isNew = byID.updateValue(incident, forKey: incident.id) == nil
    if incident.clearedAt == nil {
      unfinished[incident.key.host, default: []].insert(incident.id)
    } else {
      unfinished[incident.key.host]?.remove(incident.id)
    }
    let place = isNew ? nil : incidents.firstIndex { $0.id == incident.id }
    if let place, !first || place == 0 {
      incidents[place] = incident
    } else {
      if let place { incidents.remove(at: place) }
      incidents.insert(incident, at: 0)
    }
  }

  private mutating func remove(_ incident: Incident) {
    incidents.removeAll { $0.id == incident.id }
    byID[incident.id] = nil
    unfinished[incident.key.host]?.remove(incident.id)
    if numbers[incident.key] == incident.id {
      numbers[incident.key] = nil
      logs.release(incident.key)
    }
  }

  private mutating func makeRoom() {
    // What is over goes first, then what matters least: a lost host outlasts any flood of lines.
    let last =
      incidents.last { $0.clearedAt != nil } ?? incidents.last { $0.severity == .notice }
      ?? incidents.last { $0.severity == .warning } ?? incidents.last
    if let last { remove(last) }
  }
}

/// One thing that happened, before it is folded into the incident that it belongs to.
struct Occurrence {
  var key: Incident.Key
  var severity: Severity
  var service = ""
  var project: String?
  var container: String?
  var text: String
}

extension Incident {
  fileprivate func outranks(_ other: Incident) -> Bool {
    if severity != other.severity { return severity > other.severity }
    return (lastSeen, id) > (other.lastSeen, other.id)
  }
}

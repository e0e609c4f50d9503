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
  /// The names of the declared projects on each host, and of those in production.
  let declared: [HostName: Set<String>]
  let production: [HostName: Set<String>]
  var containers = ContainerMemory()
  var watches: [HostName: [Watch: Pending]] = [:]
  var logs = LogMemory()
  /// Domains whose last look failed, by the host that their incidents are told of.
  var failing: [HostName: [String: FailingSite]] = [:]
  /// Hosts whose Docker has answered once.
  private var answering: Set<HostName> = []
  /// The kernel's, as each host's last stream said it.
  private var bootIDs: [HostName: String] = [:]

  package init(_ fleet: FleetDefinition) {
    levels = fleet.levels
    func names(_ projects: [Project]) -> [HostName: Set<String>] {
      let pairs = projects.flatMap { project in project.hosts.map { ($0, Set([project.name])) } }
      return Dictionary(pairs, uniquingKeysWith: { $0.union($1) })
    }
    declared = names(fleet.projects)
    production = names(fleet.projects.filter { $0.environment == .prod })
  }

  /// Takes in one event of a host's stream.
  /// - Parameters:
  ///   - telemetry: the host's, after it took the same event in.
  ///   - actor: who does what the event tells of, where that is known: `by anna with vigie`.
  ///   - at: when it arrived, on our clock.
  package mutating func apply(
    _ event: StreamEvent, of host: HostName, telemetry: HostTelemetry, actor: String? = nil, at: Moment
  ) {
    switch event {
    case .hello(let hello):
      beginAnew(host)
      logs.beginAnew(host)
      if let before = bootIDs.updateValue(hello.bootID, forKey: host), before != hello.bootID { rebooted(host, at: at) }
    case .frame:
      evaluate(telemetry, at: at)
      checkContainers(telemetry, at: at)
      checkSites(host, at: at)
      clearQuiet(host, at: at)
    case .container(let facts): take(facts, of: host, at: at)
    case .containerEvent(let event): take(event, of: host, telemetry: telemetry, actor: actor, at: at)
    case .containerGone(let id): forget(id, on: host, at: at)
    case .log(let entry): take(entry, of: host, telemetry: telemetry, at: at)
    case .dropped(let count): tookTooMany(count, of: host, at: at)
    case .capability(let capability): take(capability, of: host, at: at)
    case .filesystems, .cache, .part, .answer, .farewell, .garbage: break
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

  /// Docker tells nothing of a host's containers any more, or tells it again. A host that never had any misses nothing.
  private mutating func take(_ capability: Capability, of host: HostName, at: Moment) {
    guard capability.name == .docker else { return }
    let key = Incident.Key(host: host, kind: .dockerSilent, subject: "docker")
    if capability.isAvailable {
      answering.insert(host)
      return clear(key, at: at)
    }
    guard answering.contains(host) || declared[host] != nil else { return }
    if isOpen(key) { return amend(key) { $0.text = capability.reason } }
    open(Occurrence(key: key, severity: .critical, service: "docker", text: capability.reason), at: at)
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

  /// The worst that is open on a host; notices do not count. Of one severity, what is down comes before what ails, that
  /// before figures and log lines, and of equals the newest.
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
      // One from before the stream may come after what happened since.
      if at >= incident.lastSeen { incident.text = occurrence.text }
      incident.firstSeen = min(incident.firstSeen, at)
      incident.lastSeen = max(incident.lastSeen, at)
      incident.clearedAt = nil
      incident.replica = occurrence.replica
      put(incident, first: true)
      return
    }
    numbers[occurrence.key] = next
    put(
      Incident(
        id: next, key: occurrence.key, severity: occurrence.severity, service: occurrence.service,
        project: occurrence.project, container: occurrence.container, replica: occurrence.replica,
        text: occurrence.text, firstSeen: at, lastSeen: at), first: true)
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

  /// It is over: what is kept is the worst of it.
  mutating func clear(_ key: Incident.Key, at: Moment) {
    guard let incident = incident(key), incident.clearedAt == nil else { return }
    amend(key) { incident in
      incident.clearedAt = at
      incident.severity = incident.worst
      if let peak = incident.peak { incident.text = peak.text }
    }
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
      case .journal, .kernel: clear(incident.key, at: incident.lastSeen + Rules.quiet)
      // A container's own is over when it runs well; the host's own has nothing to tell so.
      case .outOfMemory where incident.container == nil: clear(incident.key, at: incident.lastSeen + Rules.quiet)
      default: break
      }
    }
  }

  /// The one place that writes an incident, to all that hold it.
  private mutating func put(_ changed: Incident, first: Bool) {
    var incident = changed
    incident.worst = max(incident.worst, incident.severity)
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
      let older = incidents.firstIndex { $0.lastSeen <= incident.lastSeen }
      incidents.insert(incident, at: older ?? incidents.endIndex)
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
  var replica: Int?
  var text: String
}

extension Incident {
  fileprivate func outranks(_ other: Incident) -> Bool {
    if severity != other.severity { return severity > other.severity }
    return (weight, lastSeen, id) > (other.weight, other.lastSeen, other.id)
  }

  /// How much somebody misses it, among incidents of one severity; from 0 to 2.
  package var weight: Int {
    switch key.kind {
    case .hostLost, .dockerSilent, .siteDown, .containerCrashed, .containerStopped, .containerRestarting, .outOfMemory:
      2
    // Browsers let nobody through.
    case .certificate where severity == .critical: 2
    case .containerUnhealthy, .certificate, .redirect, .hostRebooted: 1
    case .journal, .kernel, .threshold, .clock: 0
    }
  }
}

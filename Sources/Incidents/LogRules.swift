import Fleet
import Telemetry

/// Which kinds of lines each source has incidents for, so that a flood of ever new ones stays a few.
struct LogMemory: Sendable {
  struct Source: Hashable {
    var host: HostName
    var name: String
  }

  private struct Kinds {
    /// By shape; each has an incident that is not over.
    var told: [String: Severity] = [:]
    /// Those folded into one, by severity.
    var folded: [Severity: Set<Int>] = [:]
  }

  private var sources: [Source: Kinds] = [:]
  /// When the newest entry was written, on the host's clock.
  private var newest: [HostName: Moment] = [:]
  /// How many of the entries that come next may have come before.
  private var repeats: [HostName: Int] = [:]

  /// A stream begins with the last entries before it, whoever has heard them.
  mutating func beginAnew(_ host: HostName) { repeats[host] = Rules.pastEntries }

  /// Whether an entry has not come before.
  mutating func isNew(_ entry: LogEntry, of host: HostName) -> Bool {
    if let left = repeats[host], left > 0, let newest = newest[host] {
      repeats[host] = entry.at > newest ? 0 : left - 1
      if entry.at <= newest { return false }
    }
    newest[host] = entry.at
    return true
  }

  /// The shape under which a line is told, and how many kinds are folded into it; 0 where it is its own.
  mutating func place(_ shape: String, _ severity: Severity, of source: Source) -> (shape: String, folded: Int) {
    var kinds = sources[source] ?? Kinds()
    defer { sources[source] = kinds }
    if kinds.told[shape] != nil { return (shape, 0) }
    if kinds.told.values.count(where: { $0 == severity }) < Rules.kindsPerSource {
      kinds.told[shape] = severity
      return (shape, 0)
    }
    if kinds.folded[severity, default: []].count < Rules.countedKinds {
      kinds.folded[severity, default: []].insert(shape.hashValue)
    }
    return (Self.fold(severity), kinds.folded[severity]?.count ?? 1)
  }

  /// An incident is over or gone: its kind makes room for another.
  mutating func release(_ key: Incident.Key) {
    guard key.kind == .journal || key.kind == .kernel else { return }
    let source = Source(host: key.host, name: key.subject)
    guard var kinds = sources[source] else { return }
    kinds.told[key.shape] = nil
    for severity in Severity.allCases where key.shape == Self.fold(severity) { kinds.folded[severity] = nil }
    sources[source] = kinds.told.isEmpty && kinds.folded.isEmpty ? nil : kinds
  }

  /// No line has such a shape: lower-case words after a control character, which cleaning removed from every line.
  private static func fold(_ severity: Severity) -> String { "\u{0}\(severity.rawValue)" }
}

extension IncidentBook {
  mutating func take(_ entry: LogEntry, of host: HostName, telemetry: HostTelemetry, at: Moment) {
    guard logs.isNew(entry, of: host) else { return }
    let age = at - (entry.at - (telemetry.figures.clockSkew ?? .zero))
    guard age < Rules.pastEntriesTime else { return }
    // Of the past only what matters: a list of old notices would hide it.
    let isPast = age > Rules.delivery
    // What comes as it is written is as old as its arrival, which no clock can spoil.
    let at = isPast ? at - age : at
    let text = entry.text ?? "a message of over 4096 bytes, which the host did not send"
    if entry.isKernel {
      if let kill = KernelKill(text) { return take(kill, text, of: host, telemetry: telemetry, at: at) }
      if KernelKill.isDetail(text) { return }
    }
    let severity = Self.severity(ofPriority: entry.priority)
    if isPast, severity == .notice { return }
    let place = logs.place(LogShape.of(text), severity, of: LogMemory.Source(host: host, name: entry.source))
    let more = place.folded == 1 ? "and 1 more kind of message" : "and \(place.folded) more kinds of messages"
    open(
      Occurrence(
        key: Incident.Key(
          host: host, kind: entry.isKernel ? .kernel : .journal, subject: entry.source, shape: place.shape),
        severity: severity, service: Self.service(entry), container: entry.container,
        text: place.folded == 0 ? "\(entry.source): \(text)" : "\(entry.source): \(more), the newest: \(text)"),
      at: at)
  }

  /// Emergency, alert and critical are critical; error is a warning; warning is a notice.
  static func severity(ofPriority priority: Int) -> Severity {
    switch priority {
    case ...2: .critical
    case 3: .warning
    default: .notice
    }
  }

  mutating func tookTooMany(_ count: Int, of host: HostName, at: Moment) {
    let amount = count > 0 ? "\(count) journal entries" : "journal entries"
    open(
      Occurrence(
        key: Incident.Key(host: host, kind: .journal, subject: "journal", shape: "dropped"), severity: .notice,
        service: "journal",
        text: "\(amount) were left out: more came than a sampler may send; journalctl on the host has them"), at: at)
  }

  /// The unit that it comes from, where that is a service; a login's session says less than the program's own name.
  private static func service(_ entry: LogEntry) -> String {
    guard let unit = entry.unit, unit.hasSuffix(".service") else { return entry.source }
    return String(unit.dropLast(8))
  }

  /// What the kernel says of an OOM kill that the engine tells of too is the same kill, whoever speaks first.
  private mutating func take(
    _ kill: KernelKill, _ text: String, of host: HostName, telemetry: HostTelemetry, at: Moment
  ) {
    if let id = kill.container, let facts = telemetry.containers[id]?.facts {
      return killed(containers.words(facts, on: host), at: at)
    }
    if let last = containers.containerKills[host], at - last <= Rules.sameEnd { return }
    let key = Self.kernelKill(host)
    let words = "\(kill.process ?? "a process") was killed by the kernel for want of memory; sort Containers by memory"
    if let last = containers.kernelKills[host], at - last <= Rules.sameEnd {
      if kill.process != nil { amend(key) { $0.text = words } }
      return
    }
    containers.kernelKills[host] = at
    open(Occurrence(key: key, severity: .critical, service: "kernel", text: words), at: at)
  }

  static func kernelKill(_ host: HostName) -> Incident.Key {
    Incident.Key(host: host, kind: .outOfMemory, subject: "kernel")
  }
}

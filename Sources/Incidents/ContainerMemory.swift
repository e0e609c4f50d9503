import Fleet
import Telemetry

/// What the rules for containers remember between events, by host and container name: a recreated container has another
/// identifier, and is the same thing to a person.
struct ContainerMemory: Sendable {
  private var pasts: [HostName: [String: ContainerPast]] = [:]
  /// When the kernel last spoke of an OOM kill without saying where, on our clock.
  var kernelKills: [HostName: Moment] = [:]
  /// When a container's OOM kill was last told on a host, on our clock.
  var containerKills: [HostName: Moment] = [:]

  /// More names than any host has: whatever invents them must not fill our memory.
  private static let mostNames = 4096

  subscript(name: ContainerName) -> ContainerPast {
    get { pasts[name.host]?[name.name] ?? ContainerPast() }
    set {
      if pasts[name.host]?.count ?? 0 > Self.mostNames { pasts[name.host] = nil }
      pasts[name.host, default: [:]][name.name] = newValue
    }
  }

  mutating func forget(_ name: ContainerName) { pasts[name.host]?[name.name] = nil }

  /// Containers of a host with something open that running well would end.
  func ailing(on host: HostName) -> [ContainerName] {
    (pasts[host] ?? [:]).compactMap { $1.isAiling ? ContainerName(host: host, name: $0) : nil }
  }

  /// OOM kills as a container's control group counts them; `true` where there are more than the last time.
  mutating func count(_ kills: UInt64, of name: ContainerName) -> Bool {
    let before = pasts[name.host]?[name.name]?.counted
    if before != kills { self[name].counted = kills }
    return before.map { kills > $0 } ?? false
  }
}

struct ContainerName: Hashable {
  var host: HostName
  var name: String
}

struct ContainerPast: Sendable {
  /// When someone asked it to end, on the host's clock.
  var asked: Moment?
  /// When it ended without being asked, newest last, on the host's clock.
  var deaths: [Moment] = []
  /// The newest of these on our clock, in which samples are.
  var lastDeath: Moment?
  /// When it last started, on our clock.
  var started: Moment?
  /// When it was last known to be killed for want of memory, on our clock.
  var killed: Moment?
  /// Of its control group.
  var counted: UInt64?
  /// As the inspection counts restarts by the engine itself.
  var restarts: Int?
  /// As the last inspection found it.
  var wasUp = false
  /// It ended since the last inspection.
  var hasEnded = false
  var isAiling = false
}

/// A container as a person speaks of it, whoever told of it.
struct ContainerWords {
  var name: ContainerName
  var project: String?
  var service: String?
  var memoryLimit: ByteCount?
  /// Its number, where the service has several.
  var replica: Int?

  /// `redis of boutique`, `redis 2 of boutique`, or the container's name.
  var who: String {
    guard let service, let project else { return name.name }
    return service + (replica.map { " \($0)" } ?? "") + " of \(project)"
  }

  /// Made by `docker compose run`, and no part of what visitors meet.
  var isOneOff: Bool { Replica.isOneOff(name.name, project: project, service: service) }

  func key(_ kind: IncidentKind) -> Incident.Key { Incident.Key(host: name.host, kind: kind, subject: name.name) }

  func occurrence(_ kind: IncidentKind, _ severity: Severity, _ text: String) -> Occurrence {
    Occurrence(
      key: key(kind), severity: severity, service: service ?? name.name, project: project, container: name.name,
      replica: replica, text: "\(who) \(text)")
  }
}

extension ContainerMemory {
  func words(_ facts: ContainerFacts, on host: HostName) -> ContainerWords {
    words(ContainerName(host: host, name: facts.name), facts.project, facts.service, facts.memoryLimit)
  }

  func words(_ event: ContainerEvent, on host: HostName, _ facts: ContainerFacts?) -> ContainerWords {
    words(ContainerName(host: host, name: event.name), event.project, event.service, facts?.memoryLimit)
  }

  private func words(
    _ name: ContainerName, _ project: String?, _ service: String?, _ memoryLimit: ByteCount?
  ) -> ContainerWords {
    ContainerWords(
      name: name, project: project, service: service, memoryLimit: memoryLimit, replica: replica(name, project, service)
    )
  }

  /// The first of several is told by the second; where there is one only, its number says nothing.
  private func replica(_ name: ContainerName, _ project: String?, _ service: String?) -> Int? {
    guard let replica = Replica(ofContainer: name.name, project: project, service: service) else { return nil }
    let second = ContainerName(host: name.host, name: replica.stem + "2")
    return replica.number > 1 || pasts[second.host]?[second.name] != nil ? replica.number : nil
  }
}

extension IncidentBook {
  /// How much it matters that a container was stopped on purpose: a part of production that is down is more than a note.
  func severityOfStop(_ it: ContainerWords) -> Severity {
    guard let project = it.project, !it.isOneOff else { return .notice }
    return production[it.name.host]?.contains(project) == true ? .warning : .notice
  }
}

/// Exit codes of containers in words.
enum ExitCode {
  /// ` (137: killed)`, or nothing where it is not known.
  static func words(_ code: Int?) -> String {
    guard let code else { return "" }
    let words: String? =
      switch code {
      case 125: "Docker could not run it"
      case 126: "its command can't be executed"
      case 127: "its command was not found"
      case 129: "hung up"
      case 130: "interrupted"
      case 131: "quit"
      case 132: "illegal instruction"
      case 134: "aborted"
      case 135: "bus error"
      case 136: "arithmetic error"
      case 137: "killed"
      case 139: "segmentation fault"
      case 141: "broken pipe"
      case 143: "terminated"
      case 129...192: "signal \(code - 128)"
      default: nil
      }
    return words.map { " (\(code): \($0))" } ?? " (exit status \(code))"
  }
}

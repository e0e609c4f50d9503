/// One part of a simulated host's stack that is asked, as a sampler would pass its answers on.
struct SimulatedPart: Sendable {
  /// The index of its container.
  let container: Int
  private let id: String
  private let kind: PartKind
  private let name: String
  /// Of each host another, so that charts are not all alike.
  private let size: Double
  private var uptime: Double
  private var requests: Double
  /// Requests since the last answer.
  private var recent = 0.0
  private var seconds = 0.0
  private var activity = 1.0
  private var limitReached = 0

  private static let workers = 12.0

  /// What is asked of a container; nothing where it is no such part.
  static func parts(of container: SimulatedContainer, at index: Int, random: inout SplitMix64) -> [SimulatedPart] {
    let kinds: [String: [PartKind]] = [
      "proxy": [.traefik], "nginx": [.nginx, .accesslog], "php": [.fpm], "db": [.mysql],
    ]
    return (kinds[container.role.service] ?? []).map { kind in
      SimulatedPart(container: index, of: container, kind: kind, random: &random)
    }
  }

  private init(container index: Int, of container: SimulatedContainer, kind: PartKind, random: inout SplitMix64) {
    self.container = index
    id = container.id
    name = container.project
    self.kind = kind
    size = 0.5 + random.unit()
    uptime = 86_400 * random.unit()
    requests = uptime * 20
  }

  mutating func pass(_ time: Double, activity: Double) {
    self.activity = activity
    uptime += time
    seconds += time
    recent += time * rate
    requests += time * rate
    if kind == .fpm, busy >= Self.workers { limitReached += 1 }
  }

  mutating func restart() { (uptime, requests, recent, seconds, limitReached) = (0, 0, 0, 0, 0) }

  /// Requests or queries a second.
  private var rate: Double { (kind == .mysql ? 180 : 22) * size * activity }

  private var busy: Double { min(Self.workers, (1 + 5 * size * activity).rounded()) }

  /// The line of one answer.
  mutating func line() -> String {
    defer { (recent, seconds) = (0, 0) }
    return "part \(id) \(kind.rawValue) " + fields.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
  }

  private var fields: [(String, String)] {
    func whole(_ value: Double) -> String { "\(UInt64(max(0, value)))" }
    switch kind {
    case .fpm:
      let queue = busy < Self.workers ? 0 : 4 * size * activity
      return [
        ("pool", "www"), ("process-manager", "dynamic"), ("uptime", whole(uptime)), ("accepted", whole(requests)),
        ("queue", whole(queue)), ("idle", whole(Self.workers - busy)), ("active", whole(busy)),
        ("total", whole(Self.workers)), ("max-children-reached", "\(limitReached)"), ("slow", whole(uptime / 900)),
        ("limit", whole(Self.workers)), ("source", "status"),
      ]
    case .nginx:
      let active = 2 + 14 * size * activity
      return [
        ("active", whole(active)), ("accepts", whole(requests / 3)), ("handled", whole(requests / 3)),
        ("requests", whole(requests)), ("reading", "0"), ("writing", whole(active / 4)), ("waiting", whole(active / 2)),
      ]
    case .accesslog:
      let errors = (recent * 0.002).rounded()
      return [
        ("seconds", "\(UInt64(seconds * 1000) / 1000)"), ("requests", whole(recent)), ("s2", whole(recent * 0.9)),
        ("s3", whole(recent * 0.06)), ("s4", whole(recent * 0.04)), ("s5", whole(errors)), ("unread", "0"),
      ]
    case .traefik:
      let errors = requests * 0.001
      return [
        ("requests", whole(requests)), ("s5", whole(errors)), ("routers", "4"), ("routers-in-error", "0"),
        ("service:\(name)@docker", "\(whole(requests * 0.8))/\(whole(errors))"),
        ("service:\(name)-next@docker", "\(whole(requests * 0.2))/0"),
      ]
    case .mysql:
      return [
        ("version", "11.4.3-MariaDB"), ("uptime", whole(uptime)), ("connections", whole(6 + 20 * size * activity)),
        ("max-connections", "151"), ("running", whole(1 + 2 * activity)), ("queries", whole(requests)),
        ("slow", whole(uptime / 600)), ("buffer-reads", whole(requests * 0.04)),
        ("buffer-requests", whole(requests * 12)),
        ("lock-waits", whole(uptime / 1200)), ("waiting", "0"), ("longest", "0"), ("replica", "no"),
        ("size", whole(4e9 * size)),
      ]
    case .redis, .memcached, .apache, .postgres: return []
    }
  }
}

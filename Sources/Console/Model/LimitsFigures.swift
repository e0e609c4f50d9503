import Fleet
import Operations
import Telemetry

extension Model {
  /// Samples of the last minute.
  private var minute: Int { max(1, Int(60_000 / max(1, fleet.defaults.interval.milliseconds))) }

  /// What is known of the containers of a form; of several, the one that uses most.
  func evidence(_ form: LimitsForm) -> LimitsEvidence {
    let containers = form.ids.compactMap { telemetry[$0.host]?.containers[$0.id] }
    func most(_ values: [Double?]) -> Double? { values.compactMap { $0 }.max() }
    func bytes(_ values: [Double?]) -> ByteCount? { most(values).map { ByteCount(clamping: $0) } }
    let samples = containers.map(\.memoryHistory.count).max() ?? 0
    let limits = containers.map { Limits(of: $0.facts) }
    var lowest = limits.first ?? Limits()
    lowest.cores = limits.compactMap(\.cores).min()
    lowest.memory = limits.compactMap(\.memory).min()
    var evidence = LimitsEvidence(
      limits: lowest,
      cores: .init(
        now: most(containers.map(\.figures.cpuCores)), high: most(containers.map { $0.cpuHistory.percentile(0.95) }),
        peak: most(containers.map(\.cpuHistory.peak))),
      memory: .init(
        now: containers.compactMap(\.figures.memory).max(),
        high: bytes(containers.map { $0.memoryHistory.percentile(0.95) }),
        peak: bytes(containers.map(\.memoryHistory.peak))),
      throttled: most(containers.map { $0.throttledHistory.mean(ofLast: $0.throttledHistory.capacity) })
        .map { Ratio($0) },
      oomKills: containers.compactMap(\.figures.oomKills).max(), span: fleet.defaults.interval * samples,
      rooms: rooms(form))
    evidence.coresDiffer = Set(limits.map(\.cores)).count > 1
    evidence.memoryDiffers = Set(limits.map(\.memory)).count > 1
    evidence.throttledSpan = fleet.defaults.interval * (containers.map(\.throttledHistory.count).max() ?? 0)
    return evidence
  }

  /// The hosts of a form's containers, with what is promised to all others there.
  private func rooms(_ form: LimitsForm) -> [HostRoom] {
    var hosts: [HostName] = []
    for id in form.ids where !hosts.contains(id.host) { hosts.append(id.host) }
    return hosts.map { host in
      let acted = Set(form.ids.filter { $0.host == host }.map(\.id))
      return telemetry[host].map { HostRoom(host, $0, acted: acted) } ?? HostRoom(host)
    }
  }

  /// What a container used over the last minute.
  func use(of id: ContainerID) -> LimitsChange.Use {
    guard let container = telemetry[id.host]?.containers[id.id] else { return LimitsChange.Use() }
    return LimitsChange.Use(
      cores: container.cpuHistory.mean(ofLast: minute), memory: container.figures.memory,
      throttled: container.throttledHistory.mean(ofLast: minute).map { Ratio($0) },
      oomKills: container.figures.oomKills)
  }

  /// What it used since then, at most the last minute; unknown until the slowest figures have come anew.
  func use(of id: ContainerID, since then: Moment) -> LimitsChange.Use {
    guard let container = telemetry[id.host]?.containers[id.id] else { return LimitsChange.Use() }
    let samples = Int((now - then).milliseconds / max(1, fleet.defaults.interval.milliseconds)) - Self.slowest
    var use = LimitsChange.Use(memory: container.figures.memory, oomKills: container.figures.oomKills)
    guard samples > 0 else { return use }
    use.cores = container.cpuHistory.mean(ofLast: min(samples, minute))
    use.throttled = container.throttledHistory.mean(ofLast: min(samples, minute)).map { Ratio($0) }
    return use
  }

  /// Frames between two readings of the figures that are not read each time.
  private static let slowest = 5

  /// What would scale within a container but is not known, each with the reason.
  func withheld(_ id: ContainerID) -> [String] {
    let telemetry = telemetry[id.host]
    let pool = telemetry?.parts[PartID(containerID: id.id, kind: .fpm)]?.problem
    let cache = telemetry?.caches[id.id]?.figures.problem
    return (pool.map { ["pm.max_children is not known: \($0)"] } ?? [])
      + (cache.map { ["maxmemory is not known: \($0)"] } ?? [])
  }

  func children(of id: ContainerID) -> Int? {
    guard case .php(let figures)? = telemetry[id.host]?.parts[PartID(containerID: id.id, kind: .fpm)]?.figures
    else { return nil }
    return figures.limit
  }

  /// `nil` where it is not known, not set, or no Redis.
  func maxMemory(of id: ContainerID) -> ByteCount? {
    guard let figures = telemetry[id.host]?.caches[id.id]?.figures, figures.engine != .memcached,
      let maximum = figures.maxMemory, maximum.bytes > 0
    else { return nil }
    return maximum
  }
}

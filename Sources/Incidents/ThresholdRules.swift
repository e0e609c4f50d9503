import Fleet
import Telemetry

/// One figure that is watched: of a host, a file system, a container or a cache.
struct Watch: Hashable, Sendable {
  /// The raw value is the shape of its incident's key.
  enum Figure: String {
    case cpu, memory, swap, disk, throttling, clock
    case containerMemory = "container-memory"
    case cacheMisses = "cache-misses"
  }

  var figure: Figure
  /// The mount point or the container's identifier; empty for the host itself.
  var object = ""

  func key(_ host: HostName) -> Incident.Key {
    Incident.Key(host: host, kind: figure == .clock ? .clock : .threshold, subject: object, shape: figure.rawValue)
  }
}

/// A figure that is at a level: since when, and whether it has opened an incident.
struct Pending: Sendable {
  var warningSince: Moment?
  var criticalSince: Moment?
  var open: Severity?
  /// The ratio that the incident's text says.
  var said = 0.0
  var unknownSince: Moment?
}

/// How an incident of a figure is told.
struct FigureWords {
  var container: ContainerFacts?
  var service = ""
  var text: String
}

extension IncidentBook {
  /// What one sample says.
  mutating func evaluate(_ telemetry: HostTelemetry, at: Moment) {
    let host = telemetry.host
    let figures = telemetry.figures
    sweep(telemetry, at: at)
    watch(Watch(figure: .cpu), figures.cpu, thresholds.cpu, Rules.cpuHold, host, at) { ratio in
      let load = figures.load.map { ", load \(Int($0.one.rounded()))" } ?? ""
      let hold = Rules.cpuHold.short
      return FigureWords(
        text: "CPU \(ratio.percent) busy for \(hold)\(load); sort Containers by CPU, or see top on the host")
    }
    watch(Watch(figure: .memory), figures.memory?.usedRatio, thresholds.memory, Rules.memoryHold, host, at) { ratio in
      let left = figures.memory.map { ", \($0.available.short) left" } ?? ""
      return FigureWords(text: "memory \(ratio.percent) used\(left); sort Containers by memory to see what uses it")
    }
    watch(Watch(figure: .swap), figures.memory?.swapRatio, thresholds.swap, Rules.swapHold, host, at) { ratio in
      FigureWords(text: "swap \(ratio.percent) used: memory has been short; sort Containers by memory")
    }
    for disk in figures.filesystems {
      watch(Watch(figure: .disk, object: disk.mount), disk.usedRatio, thresholds.disk, Rules.diskHold, host, at) {
        FigureWords(
          text: "\(disk.mount) \($0.percent) full, \(disk.available.short) left; docker system df shows Docker's part")
      }
    }
    watchClock(figures, host, at)
    for container in telemetry.containers.values { watch(container, host, at) }
    for cache in telemetry.caches.values { watch(cache.figures, telemetry, at) }
  }

  private mutating func watchClock(_ figures: HostFigures, _ host: HostName, _ at: Moment) {
    let seconds = figures.clockSkew?.inSeconds
    let skew = seconds.map { Ratio(abs($0) / Rules.clockSkew.inSeconds) }
    watch(Watch(figure: .clock), skew, Threshold(warning: 1, critical: .infinity), Rules.clockHold, host, at) { _ in
      let direction = seconds ?? 0 > 0 ? "ahead" : "behind"
      let amount = Duration.seconds(abs(seconds ?? 0).rounded()).short
      return FigureWords(
        text: "its clock is \(amount) \(direction): times in its logs are off by that; see timedatectl on the host")
    }
  }

  private mutating func watch(_ container: ContainerTelemetry, _ host: HostName, _ at: Moment) {
    let facts = container.facts
    if let limit = facts.memoryLimit {
      let ratio = container.figures.memory.flatMap { Ratio(Double($0.bytes), of: Double(limit.bytes)) }
      watch(
        Watch(figure: .containerMemory, object: facts.id), ratio, thresholds.containerMemory, Rules.containerMemoryHold,
        host, at
      ) { ratio in
        let who = ContainerWords(facts, on: host).who
        return FigureWords(
          container: facts,
          text: "\(who) uses \(ratio.percent) of its memory limit of \(limit.short); beyond it the kernel kills it")
      }
    }
    watch(
      Watch(figure: .throttling, object: facts.id), container.figures.throttled, thresholds.throttling,
      Rules.throttlingHold, host, at
    ) { ratio in
      let limit = facts.cpuLimit.map { " of \(($0 * 100).rounded() / 100)" } ?? ""
      let who = ContainerWords(facts, on: host).who
      return FigureWords(
        container: facts,
        text: "\(who) is held back by its CPU limit\(limit) in \(ratio.percent) of periods; see its CPU chart")
    }
  }

  private mutating func watch(_ cache: CacheFigures, _ telemetry: HostTelemetry, _ at: Moment) {
    let lookups = (cache.hitsPerSecond ?? 0) + (cache.missesPerSecond ?? 0)
    let misses = lookups >= Rules.fewestLookups ? cache.hitRatio.map { Ratio(1 - $0.value) } : nil
    let facts = telemetry.containers[cache.containerID]?.facts
    watch(
      Watch(figure: .cacheMisses, object: cache.containerID), misses, thresholds.cacheMisses, Rules.cacheMissesHold,
      telemetry.host, at
    ) { ratio in
      let who = facts.map { ContainerWords($0, on: telemetry.host).who } ?? "a Redis"
      let hits = Ratio(1 - ratio.value).percent
      return FigureWords(
        container: facts, service: "redis",
        text: "\(who) has an answer to only \(hits) of look-ups; see its evictions and its memory in Cache")
    }
  }
}

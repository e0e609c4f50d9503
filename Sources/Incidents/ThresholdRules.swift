import Fleet
import Telemetry

/// One figure that is watched: of a host, a file system, a container or a cache.
struct Watch: Hashable, Sendable {
  enum Figure: Hashable {
    case cpu, memory, swap, disk, containerMemory, throttling, cacheMisses, clock
  }

  var figure: Figure
  /// The mount point or the container's identifier; empty for the host itself.
  var object = ""
}

/// A figure that is at a level: since when, and whether it has opened an incident.
struct Pending: Hashable, Sendable {
  var since: Moment
  var severity: Severity
  var isOpen: Bool
}

extension IncidentBook {
  /// What one sample says.
  mutating func evaluate(_ telemetry: HostTelemetry, at: Moment) {
    let host = telemetry.host
    let figures = telemetry.figures
    watch(Watch(figure: .cpu), figures.cpu, thresholds.cpu, Rules.cpuHold, host, at) { ratio in
      let load = figures.load.map { ", load \(Int($0.one.rounded()))" } ?? ""
      return ("", nil, nil, "CPU \(ratio.percent) busy for \(Rules.cpuHold.short)\(load)")
    }
    watch(Watch(figure: .memory), figures.memory?.usedRatio, thresholds.memory, Rules.memoryHold, host, at) { ratio in
      ("", nil, nil, "memory \(ratio.percent) used, \(figures.memory?.available.short ?? "?") left")
    }
    watch(Watch(figure: .swap), figures.memory?.swapRatio, thresholds.swap, Rules.swapHold, host, at) { ratio in
      ("", nil, nil, "swap \(ratio.percent) used: memory has been short")
    }
    for disk in figures.filesystems {
      watch(
        Watch(figure: .disk, object: disk.mount), disk.usedRatio, thresholds.disk, Rules.diskHold, host, at
      ) { ratio in ("", nil, nil, "\(disk.mount) \(ratio.percent) full, \(disk.available.short) left") }
    }
    let skew = figures.clockSkew.map { Ratio(abs($0.inSeconds) / Rules.clockSkew.inSeconds) }
    watch(Watch(figure: .clock), skew, Threshold(warning: 1, critical: .infinity), Rules.clockHold, host, at) { _ in
      let seconds = Int((figures.clockSkew?.inSeconds ?? 0).rounded())
      return (
        "", nil, nil,
        "its clock is \(abs(seconds)) s \(seconds > 0 ? "ahead" : "behind"): times in its logs are off by that"
      )
    }
    for container in telemetry.containers.values { watch(container, host, at) }
    for cache in telemetry.caches.values { watch(cache.figures, telemetry, at) }
  }

  private mutating func watch(_ container: ContainerTelemetry, _ host: HostName, _ at: Moment) {
    evaluate(container, on: host, at: at)
    let facts = container.facts
    if let limit = facts.memoryLimit, let used = container.figures.memory {
      watch(
        Watch(figure: .containerMemory, object: facts.id), Ratio(Double(used.bytes), of: Double(limit.bytes)),
        thresholds.containerMemory, Rules.containerMemoryHold, host, at
      ) { ratio in
        (
          facts.service ?? facts.name, facts.project, facts.name,
          "\(Self.who(facts)) uses \(ratio.percent) of its memory limit of \(limit.short)"
        )
      }
    }
    if let throttled = container.figures.throttled {
      watch(
        Watch(figure: .throttling, object: facts.id), throttled, thresholds.throttling, Rules.throttlingHold, host, at
      ) { ratio in
        (
          facts.service ?? facts.name, facts.project, facts.name,
          "\(Self.who(facts)) is held back by its CPU limit in \(ratio.percent) of periods"
        )
      }
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
      (
        facts?.service ?? facts?.name ?? "redis", facts?.project, facts?.name,
        "\(facts.map(Self.who) ?? "a Redis") answers only \(Ratio(1 - ratio.value).percent) of look-ups from its memory"
      )
    }
  }

  /// A container that is no more crosses no threshold.
  mutating func forget(_ id: String, on host: HostName, at: Moment) {
    for (watch, pending) in watches[host] ?? [:] where watch.object == id {
      watches[host]?[watch] = nil
      if pending.isOpen { clear(key(watch, host), at: at) }
    }
  }

  /// Opens, raises or clears the incident of one figure. What is unknown changes nothing.
  private mutating func watch(
    _ watch: Watch, _ ratio: Ratio?, _ threshold: Threshold, _ hold: Duration, _ host: HostName, _ at: Moment,
    _ words: (Ratio) -> (service: String, project: String?, container: String?, text: String)
  ) {
    guard let ratio else { return }
    let severity: Severity? =
      ratio.value >= threshold.critical ? .critical : ratio.value >= threshold.warning ? .warning : nil
    // The common case costs nothing but this look.
    guard severity != nil || watches[host]?.isEmpty == false else { return }
    var pending = watches[host]?[watch]
    if let severity {
      if pending == nil { pending = Pending(since: at, severity: severity, isOpen: false) }
      guard var now = pending else { return }
      if !now.isOpen, at - now.since >= hold {
        let said = words(ratio)
        open(
          key(watch, host), severity, service: said.service, project: said.project, container: said.container,
          text: said.text, at: at)
        now.isOpen = true
        now.severity = severity
      } else if now.isOpen, severity > now.severity {
        let text = words(ratio).text
        amend(key(watch, host)) {
          $0.severity = severity
          $0.text = text
        }
        now.severity = severity
      }
      watches[host, default: [:]][watch] = now
    } else if let before = pending, !before.isOpen || ratio.value < threshold.warning - Rules.clearing {
      watches[host]?[watch] = nil
      if before.isOpen { clear(key(watch, host), at: at) }
    }
  }

  private func key(_ watch: Watch, _ host: HostName) -> Incident.Key {
    let figure =
      switch watch.figure {
      case .cpu: "cpu"
      case .memory: "memory"
      case .swap: "swap"
      case .disk: "disk"
      case .containerMemory: "container-memory"
      case .throttling: "throttling"
      case .cacheMisses: "cache-misses"
      case .clock: "clock"
      }
    return Incident.Key(
      host: host, kind: watch.figure == .clock ? .clock : .threshold, subject: watch.object, shape: figure)
  }
}

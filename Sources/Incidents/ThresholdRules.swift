import Fleet
import Telemetry

// Figures of hosts and containers.
extension IncidentBook {
  /// What one sample says.
  mutating func evaluate(_ telemetry: HostTelemetry, at: Moment) {
    let host = telemetry.host
    let figures = telemetry.figures
    let levels = self.levels[host]
    sweep(telemetry, at: at)
    watch(Watch(figure: .cpu), figures.cpu?.value, levels.cpu, host, at) { cpu in
      let load = figures.load.map { ", load \(Int($0.one.rounded()))" } ?? ""
      let rest = "\(load); sort Containers by CPU, or see top on the host"
      return FigureWords(
        text: "CPU \(Ratio(cpu).percent) busy for \(levels.cpu.hold.short)\(rest)",
        peak: "CPU \(Ratio(cpu).percent) busy at most\(rest)")
    }
    watch(Watch(figure: .steal), figures.steal?.value, levels.steal, host, at) { stolen in
      FigureWords(
        text: "\(Ratio(stolen).percent) of its CPU time goes to other machines on the same hardware; "
          + "where it stays so, ask the hoster, or take another model")
    }
    watch(Watch(figure: .memory), figures.memory?.usedRatio?.value, levels.memory, host, at) { used in
      let left = figures.memory.map { ", \($0.available.short) left" } ?? ""
      return FigureWords(
        text: "memory \(Ratio(used).percent) used\(left); sort Containers by memory to see what uses it")
    }
    watch(Watch(figure: .swap), figures.memory?.swapRatio?.value, levels.swap, host, at) { used in
      FigureWords(text: "swap \(Ratio(used).percent) used: memory has been short; sort Containers by memory")
    }
    for disk in figures.filesystems {
      watch(Watch(figure: .disk, object: disk.mount), disk.usedRatio?.value, levels.disk, host, at) { used in
        let left = disk.available.short
        return FigureWords(
          text: "\(disk.mount) \(Ratio(used).percent) full, \(left) left; docker system df shows Docker's part")
      }
    }
    for disk in figures.filesystems {
      watch(Watch(figure: .diskFull, object: disk.mount), disk.fullIn?.inSeconds, levels.diskFull, host, at) { time in
        let time = Duration.seconds(time).short
        let left = disk.available.short
        return FigureWords(
          text: "\(disk.mount) will be full in \(time) if it fills on, \(left) left; du -xh \(disk.mount) shows by what"
        )
      }
    }
    watchClock(figures, host, at)
    for container in telemetry.containers.values { watch(container, host, at) }
    for cache in telemetry.caches.values { watch(cache.figures, telemetry, at) }
    for part in telemetry.parts.values { watch(part, telemetry, at) }
  }

  private mutating func watchClock(_ figures: HostFigures, _ host: HostName, _ at: Moment) {
    let seconds = figures.clockSkew?.inSeconds
    watch(Watch(figure: .clock), seconds.map { abs($0) }, levels[host].clock, host, at) { _ in
      let direction = seconds ?? 0 > 0 ? "ahead" : "behind"
      let amount = Duration.seconds(abs(seconds ?? 0).rounded()).short
      return FigureWords(
        text: "its clock is \(amount) \(direction): times in its logs are off by that; see timedatectl on the host")
    }
  }

  private mutating func watch(_ container: ContainerTelemetry, _ host: HostName, _ at: Moment) {
    let facts = container.facts
    let memory = containers
    let levels = self.levels[facts.project, host]
    if let limit = facts.memoryLimit {
      let ratio = container.figures.memory.flatMap { Ratio(Double($0.bytes), of: Double(limit.bytes)) }
      watch(
        Watch(figure: .containerMemory, object: facts.id), ratio?.value, levels.containerMemory, host, at
      ) { used in
        let who = memory.words(facts, on: host).who
        let part = Ratio(used).percent
        return FigureWords(
          container: facts,
          text: "\(who) uses \(part) of its memory limit of \(limit.short); beyond it the kernel kills it")
      }
    }
    watch(
      Watch(figure: .throttling, object: facts.id), container.figures.throttled?.value, levels.throttling, host, at
    ) { held in
      let limit = facts.cpuLimit.map { " of \(($0 * 100).rounded() / 100)" } ?? ""
      let who = memory.words(facts, on: host).who
      let part = Ratio(held).percent
      return FigureWords(
        container: facts, text: "\(who) is held back by its CPU limit\(limit) in \(part) of periods; see its CPU chart")
    }
  }

  private mutating func watch(_ cache: CacheFigures, _ telemetry: HostTelemetry, _ at: Moment) {
    let lookups = (cache.hitsPerSecond ?? 0) + (cache.missesPerSecond ?? 0)
    let misses = lookups >= Rules.fewestLookups ? cache.hitRatio.map { 1 - $0.value } : nil
    let host = telemetry.host
    let facts = telemetry.containers[cache.containerID]?.facts
    let levels = self.levels[facts?.project, host]
    let memory = containers
    let who = { facts.map { memory.words($0, on: host).who } ?? "a cache" }
    watch(Watch(figure: .cacheMisses, object: cache.containerID), misses, levels.cacheMisses, host, at) { misses in
      let hits = Ratio(1 - misses).percent
      return FigureWords(
        container: facts, service: "redis",
        text: "\(who()) has an answer to only \(hits) of look-ups; see its evictions and its memory in Cache")
    }
    watch(
      Watch(figure: .cacheEvictions, object: cache.containerID), cache.evictedPerSecond, levels.cacheEvictions, host, at
    ) { evictions in
      let memory = cache.maxMemory.map { $0.bytes > 0 ? " of \($0.short)" : "" } ?? ""
      return FigureWords(
        container: facts, service: "redis",
        text: "\(who()) throws out \(Int(evictions.rounded())) entries a second, because its memory\(memory) is full; "
          + "raise its maxmemory, or see what fills it")
    }
    let share = (cache.usedMemory ?? ByteCount(0)) > Rules.leastFragmented ? cache.fragmentation?.value : nil
    watch(
      Watch(figure: .cacheFragmentation, object: cache.containerID), share, levels.cacheFragmentation, host, at
    ) { share in
      let times = "\(SettingsValue.shown((share * 10).rounded() / 10)) times what its entries need"
      return FigureWords(
        container: facts, service: "redis",
        text: "\(who()) takes \(times); MEMORY PURGE or activedefrag gives memory back")
    }
  }
}

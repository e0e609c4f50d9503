package import Fleet

/// All that one host told, as figures with ages and history: the decoder's events go in, views read it.
package struct HostTelemetry: Sendable {
  package let host: HostName
  package private(set) var hello: Hello?
  package private(set) var capabilities: [Capability.Name: Capability] = [:]
  package private(set) var figures = HostFigures()
  /// By the engine's full identifier.
  package private(set) var containers: [String: ContainerTelemetry] = [:]
  /// By the container's identifier.
  package private(set) var caches: [String: CacheTelemetry] = [:]
  /// What else is asked, but for caches.
  package private(set) var parts: [PartID: PartTelemetry] = [:]
  /// When the last whole frame arrived, on our clock; `nil` before the first.
  package private(set) var lastFrame: Moment?
  package private(set) var frameCount = 0
  /// Of each figure one value per frame, and unknown for each frame that should have come and did not. In ratios.
  package private(set) var cpuHistory: Series
  /// In ratios of what is used.
  package private(set) var memoryHistory: Series
  /// In ratios: what other machines took of the processor, and what is used of swap.
  package private(set) var stealHistory: Series
  package private(set) var swapHistory: Series
  /// Over one minute.
  package private(set) var loadHistory: Series
  /// In bytes a second, both directions together.
  package private(set) var networkHistory: Series
  /// In bytes a second, both directions together.
  package private(set) var diskHistory: Series
  private let capacity: Int
  private var readings = HostReadings()
  private var windows: [String: CacheWindow] = [:]
  /// By mount point.
  private var trends: [String: DiskTrend] = [:]
  private var cadence = Cadence()
  private var roll = Roll()
  private var lastUptime: Duration?

  /// - Parameter capacity: samples kept per figure.
  package init(host: HostName, capacity: Int) {
    self.host = host
    self.capacity = capacity
    cpuHistory = Series(capacity: capacity)
    memoryHistory = Series(capacity: capacity)
    stealHistory = Series(capacity: capacity)
    swapHistory = Series(capacity: capacity)
    loadHistory = Series(capacity: capacity)
    networkHistory = Series(capacity: capacity)
    diskHistory = Series(capacity: capacity)
  }

  /// Takes one event in.
  /// - Parameter at: when it arrived, on our clock.
  package mutating func apply(_ event: StreamEvent, at: Moment) {
    switch event {
    case .hello(let hello): begin(hello)
    case .capability(let capability): take(capability)
    case .frame(let frame): take(frame, at: at)
    case .filesystems(let filesystems): figures.filesystems = trends.foretell(filesystems, at: at)
    case .container(let facts): take(facts)
    case .containerGone(let id): drop(id)
    case .cache(let reading): take(reading, at: at)
    case .part(let reading): take(reading, at: at)
    case .answer, .containerEvent, .log, .dropped, .farewell, .garbage: break
    }
  }

  /// How old the figures are; `nil` before the first frame.
  package func age(at now: Moment) -> Duration? { lastFrame.map { now - $0 } }

  private mutating func begin(_ hello: Hello) {
    if hello.bootID != self.hello?.bootID { lastUptime = nil }
    self.hello = hello
    capabilities = [:]
    cadence.begin(hello.interval)
    forgetBaselines()
    roll.begin(containers.keys)
  }

  private mutating func forgetBaselines() {
    readings.forgetBaselines()
    for index in containers.values.indices { containers.values[index].readings.forgetBaselines() }
  }

  private mutating func take(_ capability: Capability) {
    if capability.name == .filesystems, !capability.isAvailable { figures.filesystems = [] }
    let could = capabilities.updateValue(capability, forKey: capability.name)?.isAvailable
    // Once the engine is back, its containers are named before it is said to be.
    if capability.name == .docker, !capability.isAvailable, could != false { roll.begin(containers.keys) }
  }

  private mutating func take(_ facts: ContainerFacts) {
    roll.confirm(facts.id)
    if containers[facts.id] == nil {
      guard containers.count < Bound.containers else { return }
      containers[facts.id] = ContainerTelemetry(facts: facts, capacity: capacity)
    } else {
      if facts.state != .running || facts.startedAt != containers[facts.id]?.facts.startedAt { parts.forget(facts.id) }
      containers[facts.id]?.update(facts)
    }
  }

  private mutating func drop(_ id: String) {
    containers[id] = nil
    caches[id] = nil
    windows[id] = nil
    parts.drop(id)
  }

  /// An answer that was under way when its container stopped is of nothing that is there.
  private mutating func take(_ reading: PartReading, at: Moment) {
    guard containers[reading.id.containerID]?.facts.state == .running else { return }
    switch reading.id.kind {
    case .redis where reading.problem == nil: break
    case .redis, .memcached: take(CacheReading(reading), at: at)
    default: parts.take(reading, capacity: capacity, at: at)
    }
  }

  private mutating func take(_ reading: CacheReading, at: Moment) {
    let id = reading.containerID
    if caches[id] == nil {
      guard caches.count < Bound.caches else { return }
      caches[id] = CacheTelemetry(containerID: id, capacity: capacity)
    }
    caches[id]?.figures = windows[id, default: CacheWindow()].read(reading, at: at)
    caches[id]?.lastReading = at
  }

  private mutating func take(_ frame: RawFrame, at: Moment) {
    if let lastUptime, frame.uptime < lastUptime {
      // It rebooted, and nobody said so.
      forgetBaselines()
      self.lastUptime = nil
    }
    let gap = lastUptime.map { frame.uptime - $0 } ?? lastFrame.map { at - $0 }
    let missed = gap.map { cadence.missed(in: $0) } ?? 0
    lastUptime = frame.uptime
    lastFrame = at
    frameCount += 1
    readings.read(frame, into: &figures)
    figures.clockSkew = frame.clock - at
    for totals in frame.containers {
      containers[totals.id]?.readings.read(totals, at: frame.uptime, frame: frameCount)
    }
    appendHistory(missed: missed, at: at)
    let isListed = capabilities[.docker]?.isAvailable == true
    for id in roll.endFrame(isListed: isListed) { drop(id) }
  }

  private mutating func appendHistory(missed: Int, at: Moment) {
    cpuHistory.append(figures.cpu?.value, afterMissing: missed)
    memoryHistory.append(figures.memory?.usedRatio?.value, afterMissing: missed)
    stealHistory.append(figures.steal?.value, afterMissing: missed)
    swapHistory.append(figures.memory?.swapRatio?.value, afterMissing: missed)
    loadHistory.append(figures.load?.one, afterMissing: missed)
    networkHistory.append(figures.network?.total, afterMissing: missed)
    diskHistory.append(figures.diskIO?.total, afterMissing: missed)
    for index in containers.values.indices {
      containers.values[index].endFrame(number: frameCount, missed: missed)
    }
    for index in caches.values.indices { caches.values[index].endFrame(at: at, missed: missed) }
    parts.endFrame(at: at, missed: missed)
  }
}

extension Rates {
  fileprivate var total: Double { incoming + outgoing }
}

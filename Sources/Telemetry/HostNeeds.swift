package import Fleet

/// What a host was short of, as far as its past is known, and how much would have been enough.
package struct HostNeeds: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case cpu, steal, memory, swap
  }

  /// The past of one figure.
  package struct Past: Hashable, Sendable {
    package var kind: Kind
    /// Of the last sample; `nil` is unknown.
    package var now: Ratio?
    /// What was not exceeded for 95 % of the time.
    package var high: Ratio
    package var peak: Ratio
    /// Where it is worth a person's attention.
    package var level: Ratio
    /// How long it was there in all, and how long until now without a break.
    package var above: Duration
    package var standing: Duration

    /// Whether it was there for more than a twentieth of the time.
    package var isShort: Bool { high >= level }
  }

  /// How much would be enough: what is short gets so much that it would be used as `use` says, all else stays.
  package struct Enough: Hashable, Sendable {
    package var cores: Int
    package var memory: ByteCount
    package var disk: ByteCount

    package init(cores: Int, memory: ByteCount, disk: ByteCount) {
      (self.cores, self.memory, self.disk) = (cores, memory, disk)
    }
  }

  /// How long the figures are known for.
  package var span: Duration
  /// Of those that are known.
  package var pasts: [Past]
  /// What the host has; `nil` is unknown.
  package var cores: Int?
  package var memory: MemoryFigures?
  /// The file system of the system itself, else the largest.
  package var disk: FilesystemFigures?
  package var isShortOfDisk = false

  /// With less of the past nothing is said of what would be enough.
  package static let least = Duration.seconds(1800)
  /// How far what is bought is to be used, at the height of what was seen.
  package static let use = (cpu: 0.6, memory: 0.7, disk: 0.7)

  package init(_ telemetry: HostTelemetry, levels: Thresholds) {
    let interval = telemetry.hello?.interval ?? .zero
    let histories: [(Kind, Series, Double, Ratio?)] = [
      (.cpu, telemetry.cpuHistory, levels.cpu.warning, telemetry.figures.cpu),
      (.steal, telemetry.stealHistory, levels.steal.warning, telemetry.figures.steal),
      (.memory, telemetry.memoryHistory, levels.memory.warning, telemetry.figures.memory?.usedRatio),
      (.swap, telemetry.swapHistory, levels.swap.warning, telemetry.figures.memory?.swapRatio),
    ]
    pasts = histories.compactMap { kind, series, level, now in
      Spread(series, level: level).map { spread in
        Past(
          kind: kind, now: now, high: Ratio(spread.high), peak: Ratio(spread.peak), level: Ratio(level),
          above: interval * spread.above, standing: interval * spread.standing)
      }
    }
    span = interval * (Spread(telemetry.cpuHistory, level: 1)?.known ?? 0)
    cores = telemetry.figures.cores.isEmpty ? nil : telemetry.figures.cores.count
    memory = telemetry.figures.memory
    let disks = telemetry.figures.filesystems
    disk = disks.first { $0.mount == "/" } ?? disks.max { $0.total < $1.total }
    isShortOfDisk = disk.map { ($0.usedRatio?.value ?? 0) >= levels.disk.warning || $0.fullIn != nil } ?? false
  }

  package subscript(kind: Kind) -> Past? { pasts.first { $0.kind == kind } }

  /// Whether anything is short that a larger machine has more of: processor time that others take is none.
  package var isShort: Bool {
    isShortOfDisk || [Kind.cpu, .memory, .swap].contains { self[$0]?.isShort == true }
  }

  /// `nil` where too little is known.
  package var enough: Enough? {
    guard span >= Self.least, let cores, let memory, let disk else { return nil }
    var enough = Enough(cores: cores, memory: memory.total, disk: disk.total)
    if let cpu = self[.cpu], cpu.isShort {
      enough.cores = max(cores, Int((cpu.high.value * Double(cores) / Self.use.cpu).rounded(.up)))
    }
    if let used = self[.memory], used.isShort || self[.swap]?.isShort == true {
      let swapped = (self[.swap]?.high.value ?? 0) * Double(memory.swapTotal.bytes)
      let wanted = used.high.value * Double(memory.total.bytes) + swapped
      enough.memory = max(memory.total, ByteCount(clamping: wanted / Self.use.memory))
    }
    if isShortOfDisk { enough.disk = max(disk.total, ByteCount(clamping: Double(disk.used.bytes) / Self.use.disk)) }
    return enough
  }
}

/// How the values of one series are spread, in one pass; a ratio's, to a thousandth.
private struct Spread {
  var known = 0
  var high = 0.0
  var peak = 0.0
  /// How many are at the level or beyond, and how many of the newest are so without a break.
  var above = 0
  var standing = 0

  /// `nil` where no value is known.
  init?(_ series: Series, level: Double) {
    var counts = [Int](repeating: 0, count: 1001)
    for index in 0..<series.count {
      guard let value = series[index] else {
        // Nobody knows what was then.
        standing = 0
        continue
      }
      known += 1
      peak = max(peak, value)
      counts[Int((min(max(value, 0), 1) * 1000).rounded())] += 1
      let isAbove = value >= level
      above += isAbove ? 1 : 0
      standing = isAbove ? standing + 1 : 0
    }
    guard known > 0 else { return nil }
    var left = Int((Double(known) * 0.95).rounded(.up))
    for (thousandths, count) in counts.enumerated() {
      left -= count
      high = min(Double(thousandths) / 1000, peak)
      if left <= 0 { break }
    }
  }
}

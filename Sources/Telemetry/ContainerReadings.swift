import Fleet

/// The last totals of one container, and the figures that their differences give.
///
/// Each group of counters comes at its own pace, so each keeps the time of its own last reading.
struct ContainerReadings: Sendable {
  private var cpu = CounterPair()
  private var throttling = CounterPair()
  private var network = CounterPair()
  private var blockIO = CounterPair()
  private var memory = Held<UInt64>()
  private var processes = Held<Int>()
  private var oomKills = Held<UInt64>()
  /// The number of the last frame that had a line of this container.
  private var lastFrame = 0

  mutating func read(_ totals: RawFrame.ContainerTotals, at uptime: Duration, frame: Int) {
    lastFrame = frame
    cpu.read(totals.cpuNanoseconds, 0, at: uptime)
    throttling.read(totals.throttledPeriods, totals.periods, at: uptime)
    network.read(totals.received, totals.sent, at: uptime)
    blockIO.read(totals.blockRead, totals.blockWritten, at: uptime)
    memory.read(totals.memory.flatMap { $0 <= Bound.memory ? $0 : nil })
    processes.read(totals.processes)
    oomKills.read(totals.oomKills)
  }

  /// After a frame without a line of this container.
  mutating func miss(frame: Int) {
    guard lastFrame != frame else { return }
    read(RawFrame.ContainerTotals(id: ""), at: .zero, frame: frame)
  }

  mutating func forgetBaselines() {
    cpu.forgetBaseline()
    throttling.forgetBaseline()
    network.forgetBaseline()
    blockIO.forgetBaseline()
  }

  var figures: ContainerFigures {
    var figures = ContainerFigures()
    figures.cpuCores = cpu.growth.flatMap { rate($0.first / 1e9, over: $0.seconds) }
      .flatMap { $0 <= Double(Bound.cores) ? $0 : nil }
    figures.memory = memory.value.map(ByteCount.init)
    figures.throttled = throttling.growth?.share
    figures.processes = processes.value
    figures.oomKills = oomKills.value
    figures.network = network.growth?.rates
    figures.blockIO = blockIO.growth?.rates
    return figures
  }
}

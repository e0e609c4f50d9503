import Fleet

/// The last totals of a host, and the figures that their differences give.
struct HostReadings: Sendable {
  private var cpu: RawFrame.CPUTimes?
  private var cores: [RawFrame.CPUTimes] = []
  private var networks: (totals: [RawFrame.NetworkTotals], uptime: Duration)?
  private var disks: (totals: [RawFrame.DiskTotals], uptime: Duration)?
  private var load = Held<Load>()
  private var memory = Held<MemoryFigures>()
  private var pressure = Held<PressureFigures>()
  private var network = Held<Rates>()
  private var diskIO = Held<(rates: Rates?, busy: Ratio?)>()

  /// After a reboot or a reconnection: the next totals are the first.
  mutating func forgetBaselines() {
    cpu = nil
    cores = []
    networks = nil
    disks = nil
  }

  mutating func read(_ frame: RawFrame, into figures: inout HostFigures) {
    readCPU(frame, into: &figures)
    load.read(frame.load)
    memory.read(frame.memory)
    pressure.read(frame.pressure)
    readNetworks(frame)
    readDisks(frame)
    figures.uptime = frame.uptime
    figures.load = load.value
    figures.memory = memory.value
    figures.pressure = pressure.value
    figures.network = network.value
    figures.diskIO = diskIO.value?.rates
    figures.diskBusy = diskIO.value?.busy
  }

  private mutating func readCPU(_ frame: RawFrame, into figures: inout HostFigures) {
    let shares = cpu.flatMap { Shares(from: $0, to: frame.cpu) }
    figures.cpu = shares?.busy
    figures.steal = shares?.steal
    figures.ioWait = shares?.ioWait
    figures.cores = frame.cores.indices.map { index in
      index < cores.count ? Shares(from: cores[index], to: frame.cores[index])?.busy : nil
    }
    cpu = frame.cpu
    cores = frame.cores
  }

  private mutating func readNetworks(_ frame: RawFrame) {
    guard !frame.networks.isEmpty else { return network.miss() }
    defer { networks = (frame.networks, frame.uptime) }
    guard let networks else { return network.set(nil) }
    let seconds = (frame.uptime - networks.uptime).inSeconds
    guard seconds > 0 else { return network.miss() }
    var growth: Growth?
    for new in frame.networks {
      guard let old = networks.totals.first(where: { $0.name == new.name }) else { continue }
      guard new.received >= old.received, new.sent >= old.sent else { return network.set(nil) }
      growth = growth ?? Growth(first: 0, second: 0, seconds: seconds)
      growth?.first += Double(new.received - old.received)
      growth?.second += Double(new.sent - old.sent)
    }
    network.set(growth?.rates)
  }

  private mutating func readDisks(_ frame: RawFrame) {
    guard !frame.disks.isEmpty else { return diskIO.miss() }
    defer { disks = (frame.disks, frame.uptime) }
    guard let disks else { return diskIO.set(nil) }
    let seconds = (frame.uptime - disks.uptime).inSeconds
    guard seconds > 0 else { return diskIO.miss() }
    var growth: Growth?
    var busiest: Double?
    for new in frame.disks {
      guard let old = disks.totals.first(where: { $0.name == new.name }) else { continue }
      guard new.read >= old.read, new.written >= old.written else { return diskIO.set(nil) }
      growth = growth ?? Growth(first: 0, second: 0, seconds: seconds)
      growth?.first += Double(new.read - old.read)
      growth?.second += Double(new.written - old.written)
      // The kernel counts these milliseconds in 32 bits, so that they begin again every 49 days.
      guard new.busyMilliseconds >= old.busyMilliseconds else { continue }
      busiest = max(busiest ?? 0, min(1, Double(new.busyMilliseconds - old.busyMilliseconds) / 1000 / seconds))
    }
    diskIO.set(growth.map { ($0.rates, busiest.map { Ratio($0) }) })
  }
}

/// What a core did between two readings.
private struct Shares {
  var busy: Ratio?
  var steal: Ratio?
  var ioWait: Ratio?

  /// `nil` where one of them is unknown, no time passed, or the counters went back.
  init?(from old: RawFrame.CPUTimes, to new: RawFrame.CPUTimes) {
    guard old.total > 0, new.total > old.total else { return nil }
    // Idle and I/O wait may go back a little on a running host (proc_stat(5)): that is no time, not a reboot.
    func growth(_ field: KeyPath<RawFrame.CPUTimes, UInt64>) -> Double {
      Double(new[keyPath: field] - min(new[keyPath: field], old[keyPath: field]))
    }
    let working = growth(\.user) + growth(\.nice) + growth(\.system) + growth(\.irq) + growth(\.softIRQ)
    let stolen = growth(\.steal)
    let waiting = growth(\.ioWait)
    let total = working + stolen + waiting + growth(\.idle)
    busy = Ratio(working + stolen, of: total)
    steal = Ratio(stolen, of: total)
    ioWait = Ratio(waiting, of: total)
  }
}

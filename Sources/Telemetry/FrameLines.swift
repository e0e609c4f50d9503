import Fleet

/// The frame being read, line by line.
struct FrameLines: Sendable {
  /// Besides those that begin with `cpu`.
  static let kinds: Set<String> = ["=", ".", "load", "mem", "psi", "net", "disk", "c"]

  private(set) var frame: RawFrame

  /// - Parameter words: what follows `=`. `nil` where its clock or uptime can't be read: no figure of it has a time.
  init?(_ words: Words) {
    var words = words
    guard let sequence = words.next().flatMap(Figure.integer),
      let clock = words.next().flatMap(Figure.millionths).flatMap({ Timestamp.moment(milliseconds: $0 / 1000) }),
      let uptime = words.next().flatMap(Figure.millionths)
    else { return nil }
    frame = RawFrame(sequence: sequence, clock: clock, uptime: .microseconds(uptime))
  }

  /// Takes one line in; `false` where nothing in it could be read.
  mutating func take(_ kind: String, _ words: Words) -> Bool {
    switch kind {
    case "c": container(words)
    case "net": network(words)
    case "disk": disk(words)
    case "load": load(words)
    case "mem": memory(words)
    case "psi": pressure(words)
    default: cpu(kind, words)
    }
  }

  private mutating func cpu(_ kind: String, _ words: Words) -> Bool {
    var words = words
    var values: [UInt64] = []
    while values.count < 8, let word = words.next() {
      guard let value = Figure.unsigned(word, atMost: Bound.counter >> 4) else { return false }
      values.append(value)
    }
    guard values.count == 8 else { return false }
    var times = RawFrame.CPUTimes()
    (times.user, times.nice, times.system, times.idle) = (values[0], values[1], values[2], values[3])
    (times.ioWait, times.irq, times.softIRQ, times.steal) = (values[4], values[5], values[6], values[7])
    if kind == "cpu" {
      frame.cpu = times
      return true
    }
    guard let index = Figure.unsigned(Array(kind.utf8.dropFirst(3))[...], atMost: UInt64(Bound.cores - 1)) else {
      return false
    }
    let core = Int(index)
    // A core that is switched off has no line: its place stays, all zero, which is unknown.
    while frame.cores.count <= core { frame.cores.append(RawFrame.CPUTimes()) }
    frame.cores[core] = times
    return true
  }

  private mutating func load(_ words: Words) -> Bool {
    var words = words
    func next() -> Double? { words.next().flatMap { Figure.decimal($0, atMost: Bound.load) } }
    guard let one = next(), let five = next(), let fifteen = next() else { return false }
    frame.load = Load(one: one, five: five, fifteen: fifteen)
    return true
  }

  private mutating func memory(_ words: Words) -> Bool {
    var words = words
    var values: [String: ByteCount] = [:]
    while values.count < 16, let (key, value) = words.field() {
      values[key] = Figure.unsigned(value, atMost: Bound.counter >> 10).map(ByteCount.kibibytes)
    }
    guard let total = values["total"], let available = values["available"], let swapTotal = values["swaptotal"],
      let swapFree = values["swapfree"]
    else { return false }
    frame.memory = MemoryFigures(total: total, available: available, swapTotal: swapTotal, swapFree: swapFree)
    return true
  }

  private mutating func pressure(_ words: Words) -> Bool {
    var words = words
    guard let resource = words.name(), let share = words.name() else { return false }
    let place: WritableKeyPath<PressureFigures, Ratio?>
    switch (resource, share) {
    case ("cpu", "some"): place = \.cpuSome
    case ("memory", "some"): place = \.memorySome
    case ("memory", "full"): place = \.memoryFull
    case ("io", "some"): place = \.ioSome
    case ("io", "full"): place = \.ioFull
    default: return true
    }
    while let (key, value) = words.field() {
      guard key == "avg10" else { continue }
      guard let percent = Figure.decimal(value, atMost: 100) else { return false }
      frame.pressure = frame.pressure ?? PressureFigures()
      frame.pressure?[keyPath: place] = Ratio(percent / 100)
      return true
    }
    return false
  }

  /// `NAME: received … sent …` as in `/proc/net/dev`; old kernels write no space after the colon.
  private mutating func network(_ words: Words) -> Bool {
    let line = words.rest
    guard let colon = line.lastIndex(of: UInt8(ascii: ":")) else { return false }
    var counters = Words(line[colon...].dropFirst())
    let received = counters.unsigned()
    for _ in 1..<8 { _ = counters.next() }
    guard let received, let sent = counters.unsigned() else { return false }
    guard frame.networks.count < Bound.devices else { return true }
    let name = Clean.text(line[..<colon], limit: Bound.identifier)
    frame.networks.append(.init(name: name, received: received, sent: sent))
    return true
  }

  /// `MAJOR MINOR NAME …` as in the kernel's `Documentation/admin-guide/iostats.rst`; a sector is always 512 bytes.
  private mutating func disk(_ words: Words) -> Bool {
    var words = words
    var columns: [Words.Word] = []
    while columns.count < 13, let word = words.next() { columns.append(word) }
    guard columns.count == 13, let read = Figure.unsigned(columns[5], atMost: Bound.counter >> 9),
      let written = Figure.unsigned(columns[9], atMost: Bound.counter >> 9), let busy = Figure.unsigned(columns[12])
    else { return false }
    guard frame.disks.count < Bound.devices else { return true }
    let name = Clean.text(columns[2], limit: Bound.identifier)
    frame.disks.append(.init(name: name, read: read * 512, written: written * 512, busyMilliseconds: busy))
    return true
  }

  private mutating func container(_ words: Words) -> Bool {
    var words = words
    guard let id = words.next() else { return false }
    var totals = RawFrame.ContainerTotals(id: Clean.text(id, limit: Bound.identifier))
    while let (key, value) = words.field() {
      let figure = Figure.unsigned(value)
      switch key {
      case "cpu": totals.cpuNanoseconds = figure
      case "mem": totals.memory = figure
      case "periods": totals.periods = figure
      case "throttled": totals.throttledPeriods = figure
      case "throttledns": totals.throttledNanoseconds = figure
      case "pids": totals.processes = figure.flatMap { Int(exactly: $0) }
      case "oom": totals.oomKills = figure
      case "rx": totals.received = figure
      case "tx": totals.sent = figure
      case "read": totals.blockRead = figure
      case "written": totals.blockWritten = figure
      default: break
      }
    }
    if frame.containers.count < Bound.containers { frame.containers.append(totals) }
    return true
  }
}

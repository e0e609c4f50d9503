import Fleet
import Telemetry

@testable import Incidents

/// A host's events told one after the other, and the incidents that come of them.
struct Story {
  let host = HostName("web-1")
  var book: IncidentBook
  var telemetry: HostTelemetry
  var now = Moment(milliseconds: 1_790_000_000_000)
  /// Who does what the engine tells of.
  var actor: String?

  init(thresholds: Thresholds = Thresholds()) {
    self.init(FleetDefinition(hosts: [], thresholds: thresholds))
  }

  init(_ fleet: FleetDefinition) {
    book = IncidentBook(fleet)
    telemetry = HostTelemetry(host: host, capacity: 10)
  }

  mutating func wait(_ seconds: Int) { now = now + .seconds(seconds) }

  mutating func tell(_ event: StreamEvent) {
    telemetry.apply(event, at: now)
    book.apply(event, of: host, telemetry: telemetry, actor: actor, at: now)
  }

  /// One event of a container of `redis` of `boutique`.
  mutating func container(
    _ action: ContainerEvent.Action, id: String = "a1", name: String = "boutique-redis-1", exitCode: Int? = nil,
    signal: Int? = nil
  ) {
    tell(
      .containerEvent(
        ContainerEvent(
          action: action, id: id, name: name, project: "boutique", service: "redis", image: "redis:7.0",
          exitCode: exitCode, signal: signal, at: now)))
  }

  mutating func inspected(policy: String = "unless-stopped", _ change: (inout ContainerFacts) -> Void = { _ in }) {
    var facts = ContainerFacts(id: "a1", name: "boutique-redis-1", image: "redis:7.0", state: .running)
    (facts.project, facts.service, facts.restartPolicy) = ("boutique", "redis", policy)
    facts.memoryLimit = ByteCount(1000)
    change(&facts)
    tell(.container(facts))
  }

  /// - Parameter ago: for so many seconds it had been in the journal when it came.
  mutating func log(
    _ text: String?, priority: Int = 3, source: String = "sshd", isKernel: Bool = false, ago: Int = 0
  ) {
    let at = now - .seconds(ago)
    tell(.log(LogEntry(priority: priority, source: source, isKernel: isKernel, text: text, at: at)))
  }

  /// A stream begins.
  mutating func begin() {
    tell(
      .hello(
        Hello(
          version: 1, hostname: "web-1", bootID: "a", kernel: "6.1", processID: 1, cgroupVersion: 2,
          interval: .seconds(2))))
  }

  /// A sample two seconds after the one before, with so much of the CPU busy or stolen (in hundredths of a second), so
  /// many of 20 periods throttled, these totals of the container, and a clock so many seconds off.
  mutating func sample(
    busy: UInt64 = 0, stolen: UInt64 = 0, available: UInt64? = nil, swapFree: Double? = nil, memory: UInt64 = 100,
    throttled: UInt64 = 0, oom: UInt64? = nil, clockOff: Int = 0
  ) {
    wait(2)
    frames += 1
    var frame = RawFrame(sequence: frames, clock: now + .seconds(clockOff), uptime: .seconds(1000 + 2 * frames))
    (work, theft) = (work + busy, theft + stolen)
    (frame.cpu.user, frame.cpu.steal) = (work, theft)
    frame.cpu.idle = UInt64(frames) * 200 - work - theft
    if available != nil || swapFree != nil {
      frame.memory = MemoryFigures(
        total: ByteCount(10 << 30), available: ByteCount(available ?? 10 << 30), swapTotal: ByteCount(1000),
        swapFree: ByteCount(UInt64(1000 * (swapFree ?? 1))))
    }
    held += throttled
    var totals = RawFrame.ContainerTotals(id: "a1")
    totals.memory = memory
    totals.cpuNanoseconds = 1
    totals.oomKills = oom
    totals.periods = UInt64(frames) * 20
    totals.throttledPeriods = held
    frame.containers = [totals]
    tell(.frame(frame))
  }

  /// The Redis in the container answered so many more look-ups, and threw out so many more entries; of the memory that it
  /// needs it takes a multiple.
  mutating func lookUp(
    hits: UInt64, misses: UInt64, evicted: UInt64 = 0, used: ByteCount? = nil, fragmentation: Double? = nil
  ) {
    (self.hits, self.misses, self.evicted) = (self.hits + hits, self.misses + misses, self.evicted + evicted)
    var reading = CacheReading(containerID: "a1")
    (reading.runID, reading.hits, reading.misses) = ("r1", self.hits, self.misses)
    (reading.evicted, reading.maxMemory) = (self.evicted, ByteCount(64 << 20))
    (reading.usedMemory, reading.fragmentation) = (used, fragmentation.map { Ratio($0) })
    tell(.cache(reading))
  }

  private var hits: UInt64 = 0
  private var misses: UInt64 = 0
  private var evicted: UInt64 = 0
  private var held: UInt64 = 0
  private var frames = 0
  private var work: UInt64 = 0
  private var theft: UInt64 = 0

  /// What is open, newest first: `critical container-crashed ×2`.
  var open: [String] { book.incidents.filter { $0.clearedAt == nil }.map(line) }
  var all: [String] { book.incidents.map(line) }

  private func line(_ incident: Incident) -> String {
    "\(incident.severity.rawValue) \(incident.key.kind.rawValue)" + (incident.count > 1 ? " ×\(incident.count)" : "")
  }
}

package import Fleet

/// One sample as the host's kernel counts it: running totals, from which `HostTelemetry` takes differences.
package struct RawFrame: Hashable, Sendable {
  /// Jiffies of one core, or of all, since boot; source: proc_stat(5).
  package struct CPUTimes: Hashable, Sendable {
    package var user: UInt64 = 0
    package var nice: UInt64 = 0
    package var system: UInt64 = 0
    package var idle: UInt64 = 0
    package var ioWait: UInt64 = 0
    package var irq: UInt64 = 0
    package var softIRQ: UInt64 = 0
    package var steal: UInt64 = 0

    package init() {}

    package var total: UInt64 { user &+ nice &+ system &+ idle &+ ioWait &+ irq &+ softIRQ &+ steal }
  }

  /// Of one network interface since boot.
  package struct NetworkTotals: Hashable, Sendable {
    package var name: String
    package var received: UInt64
    package var sent: UInt64

    package init(name: String, received: UInt64, sent: UInt64) {
      self.name = name
      self.received = received
      self.sent = sent
    }
  }

  /// Of one whole disk since boot, in bytes, and the milliseconds it was busy.
  package struct DiskTotals: Hashable, Sendable {
    package var name: String
    package var read: UInt64
    package var written: UInt64
    package var busyMilliseconds: UInt64

    package init(name: String, read: UInt64, written: UInt64, busyMilliseconds: UInt64) {
      self.name = name
      self.read = read
      self.written = written
      self.busyMilliseconds = busyMilliseconds
    }
  }

  /// What the cgroup files said of one container; `nil` is what was not read this time.
  package struct ContainerTotals: Hashable, Sendable {
    package var id: String
    package var cpuNanoseconds: UInt64?
    package var memory: UInt64?
    package var periods: UInt64?
    package var throttledPeriods: UInt64?
    package var throttledNanoseconds: UInt64?
    package var processes: Int?
    package var oomKills: UInt64?
    package var received: UInt64?
    package var sent: UInt64?
    package var blockRead: UInt64?
    package var blockWritten: UInt64?

    package init(id: String) { self.id = id }
  }

  package var sequence: Int
  /// The host's own wall clock.
  package var clock: Moment
  package var uptime: Duration
  package var cpu = CPUTimes()
  package var cores: [CPUTimes] = []
  package var load: Load?
  package var memory: MemoryFigures?
  package var pressure: PressureFigures?
  package var networks: [NetworkTotals] = []
  package var disks: [DiskTotals] = []
  package var containers: [ContainerTotals] = []

  package init(sequence: Int, clock: Moment, uptime: Duration) {
    self.sequence = sequence
    self.clock = clock
    self.uptime = uptime
  }
}

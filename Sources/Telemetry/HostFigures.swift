package import Fleet

/// Load averages; source: proc_loadavg(5).
package struct Load: Hashable, Sendable {
  package var one: Double
  package var five: Double
  package var fifteen: Double

  package init(one: Double, five: Double, fifteen: Double) {
    self.one = one
    self.five = five
    self.fifteen = fifteen
  }
}

/// Memory of a host; `used` is `MemTotal - MemAvailable`.
package struct MemoryFigures: Hashable, Sendable {
  package var total: ByteCount
  package var available: ByteCount
  package var swapTotal: ByteCount
  package var swapFree: ByteCount

  package init(total: ByteCount, available: ByteCount, swapTotal: ByteCount, swapFree: ByteCount) {
    self.total = total
    self.available = available
    self.swapTotal = swapTotal
    self.swapFree = swapFree
  }

  package var used: ByteCount { ByteCount(total.bytes - min(total.bytes, available.bytes)) }
  package var usedRatio: Ratio? { Ratio(Double(used.bytes), of: Double(total.bytes)) }
  package var swapUsed: ByteCount { ByteCount(swapTotal.bytes - min(swapTotal.bytes, swapFree.bytes)) }
  /// `nil` where the host has no swap.
  package var swapRatio: Ratio? { Ratio(Double(swapUsed.bytes), of: Double(swapTotal.bytes)) }
}

/// Pressure stall information: the share of the last 10 seconds in which some (or all) tasks waited; source: the
/// kernel's `Documentation/accounting/psi.rst`.
package struct PressureFigures: Hashable, Sendable {
  package var cpuSome: Ratio?
  package var memorySome: Ratio?
  package var memoryFull: Ratio?
  package var ioSome: Ratio?
  package var ioFull: Ratio?

  package init() {}
}

/// One mounted file system as `df` sees it.
package struct FilesystemFigures: Hashable, Sendable {
  package var mount: String
  package var device: String
  package var used: ByteCount
  package var total: ByteCount
  package var available: ByteCount
  /// Time until it is full, if it fills as it did; `nil` where it does not, or that is not known yet.
  package var fullIn: Duration?

  package init(mount: String, device: String, used: ByteCount, total: ByteCount, available: ByteCount) {
    self.mount = mount
    self.device = device
    self.used = used
    self.total = total
    self.available = available
  }

  /// As `df` prints it: blocks reserved for root count as used.
  package var usedRatio: Ratio? { Ratio(Double(used.bytes), of: Double(used.bytes) + Double(available.bytes)) }
}

/// Bytes a second in each direction.
package struct Rates: Hashable, Sendable {
  /// Received, or read.
  package var incoming: Double
  /// Sent, or written.
  package var outgoing: Double

  package init(incoming: Double, outgoing: Double) {
    self.incoming = incoming
    self.outgoing = outgoing
  }
}

/// What is known of a host right now; `nil` is unknown (not yet two samples, no permission, not there).
package struct HostFigures: Hashable, Sendable {
  package var uptime: Duration?
  /// The host's clock minus ours when the sample arrived.
  package var clockSkew: Duration?
  package var cpu: Ratio?
  package var cores: [Ratio?] = []
  package var steal: Ratio?
  package var ioWait: Ratio?
  package var load: Load?
  package var memory: MemoryFigures?
  package var pressure: PressureFigures?
  package var network: Rates?
  package var diskIO: Rates?
  /// The busiest disk's share of time with a request under way.
  package var diskBusy: Ratio?
  package var filesystems: [FilesystemFigures] = []

  package init() {}

  /// The file system that is nearest to full.
  package var fullest: FilesystemFigures? {
    filesystems.max { ($0.usedRatio?.value ?? 0) < ($1.usedRatio?.value ?? 0) }
  }
}

package import Fleet

/// What is known of the use that containers of one service make of their limits; of several, the one that uses most.
/// `nil` is unknown.
package struct LimitsEvidence: Hashable, Sendable {
  /// Where they have not all the same, the lowest of each.
  package var limits: Limits
  /// Whether they have not all the same.
  package var coresDiffer = false
  package var memoryDiffers = false
  /// In cores: now, at most, and 95th percentile of the past that is kept.
  package var cores: Use<Double>
  package var memory: Use<ByteCount>
  /// Share of scheduler periods of the last minutes in which the CPU limit held it back.
  package var throttled: Ratio?
  /// How much past that is.
  package var throttledSpan = Duration.zero
  /// Since its start.
  package var oomKills: UInt64?
  /// How much past there is of it.
  package var span: Duration
  package var rooms: [HostRoom]

  package init(
    limits: Limits, cores: Use<Double>, memory: Use<ByteCount>, throttled: Ratio?, oomKills: UInt64?, span: Duration,
    rooms: [HostRoom]
  ) {
    self.limits = limits
    self.cores = cores
    self.memory = memory
    self.throttled = throttled
    self.oomKills = oomKills
    self.span = span
    self.rooms = rooms
  }

  package struct Use<Value: Hashable & Sendable>: Hashable, Sendable {
    package var now: Value?
    package var high: Value?
    package var peak: Value?

    package init(now: Value?, high: Value?, peak: Value?) {
      self.now = now
      self.high = high
      self.peak = peak
    }
  }

  /// Of the smallest host.
  package var mostCores: Cores? { rooms.compactMap(\.cores).min() }
  package var mostMemory: ByteCount? { rooms.compactMap(\.memory).min() }
}

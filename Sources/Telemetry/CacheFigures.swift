package import Fleet

/// One answer of a Redis to `INFO`: counters since its start or the last `CONFIG RESETSTAT`, and gauges.
package struct CacheReading: Hashable, Sendable {
  package var containerID: String
  /// Why there are no figures (needs a password, refuses, does not answer); `nil` where there are.
  package var problem: String?
  package var runID: String?
  package var version: String?
  package var uptimeSeconds: UInt64?
  package var hits: UInt64?
  package var misses: UInt64?
  package var commands: UInt64?
  package var evicted: UInt64?
  package var expired: UInt64?
  package var usedMemory: ByteCount?
  /// `nil` is unknown, zero is `maxmemory 0`: no maximum.
  package var maxMemory: ByteCount?
  package var policy: String?
  package var keys: UInt64?
  package var clients: Int?
  package var blockedClients: Int?

  package init(containerID: String) { self.containerID = containerID }
}

/// What is known of a cache right now; `nil` is unknown.
package struct CacheFigures: Hashable, Sendable {
  package var containerID: String
  package var problem: String?
  /// Over the last minute; `nil` with no look-up in it, or while less than two answers came since a restart.
  package var hitRatio: Ratio?
  /// Since its start or the last reset of its counters.
  package var lifetimeHitRatio: Ratio?
  package var hitsPerSecond: Double?
  package var missesPerSecond: Double?
  package var commandsPerSecond: Double?
  package var evictedPerSecond: Double?
  package var expiredPerSecond: Double?
  package var usedMemory: ByteCount?
  package var maxMemory: ByteCount?
  package var policy: String?
  package var keys: UInt64?
  package var clients: Int?
  package var blockedClients: Int?
  package var version: String?

  package init(containerID: String) { self.containerID = containerID }
}

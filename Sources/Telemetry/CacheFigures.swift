package import Fleet

/// What answers as a cache; the raw value is its name as people write it.
package enum CacheEngine: String, CaseIterable, Sendable {
  case redis = "Redis"
  case valkey = "Valkey"
  case memcached = "Memcached"
}

/// How a Redis stands to others that hold the same data.
package struct CacheReplication: Hashable, Sendable {
  package var isReplica: Bool
  /// Of a replica: whether it is connected to its primary.
  package var isLinkUp: Bool?
  /// Of a replica: since it last heard of its primary. Of a primary: how far its first replica is behind.
  package var lag: Duration?

  package init(isReplica: Bool, isLinkUp: Bool? = nil, lag: Duration? = nil) {
    self.isReplica = isReplica
    self.isLinkUp = isLinkUp
    self.lag = lag
  }
}

/// One answer of a Redis to `INFO`, or of a Memcached to `stats`: counters since its start or their last reset, and gauges.
package struct CacheReading: Hashable, Sendable {
  package var containerID: String
  package var engine = CacheEngine.redis
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
  /// Memory that the kernel gave it, to what it uses; says little while it uses little.
  package var fragmentation: Ratio?
  package var lastSaveFailed: Bool?
  /// On the host's clock; of a Redis that never saved, its start.
  package var lastSave: Moment?
  /// The last write to its append-only file.
  package var appendFailed: Bool?
  package var replication: CacheReplication?

  package init(containerID: String) { self.containerID = containerID }
}

/// What is known of a cache right now; `nil` is unknown.
package struct CacheFigures: Hashable, Sendable {
  package var containerID: String
  package var engine = CacheEngine.redis
  package var problem: String?
  /// Over the last minute; `nil` with no look-up in it, or while less than two answers came since a restart.
  package var hitRatio: Ratio?
  /// Over the last hour, or as much of it as is known since a restart; `nil` with no look-up in it.
  package var hitRatioHour: Ratio?
  /// Of how much of the last hour `hitRatioHour` is.
  package var hourSpan = Duration.zero
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
  /// Memory that the kernel gave it, to what it uses; says little while it uses little.
  package var fragmentation: Ratio?
  package var lastSaveFailed: Bool?
  /// On the host's clock; of a Redis that never saved, its start.
  package var lastSave: Moment?
  /// The last write to its append-only file.
  package var appendFailed: Bool?
  package var replication: CacheReplication?

  package init(containerID: String) { self.containerID = containerID }
}

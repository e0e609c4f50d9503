import Fleet

/// `redis ID key:value …`: one answer of a Redis to `INFO`.
enum CacheLine {
  static func decode(_ words: Words) -> CacheReading? {
    var words = words
    guard let id = words.next() else { return nil }
    var reading = CacheReading(containerID: Clean.text(id, limit: Bound.identifier))
    var rest = words
    if rest.name() == "error" {
      reading.problem = Clean.text(rest.rest, limit: Bound.name)
      return reading
    }
    var hasKeyspace = false
    while let (key, value) = words.field(separator: UInt8(ascii: ":")) {
      hasKeyspace = take(key, value, into: &reading) || hasKeyspace
    }
    // A database without keys has no line, so a whole answer without one is an empty Redis.
    if reading.keys == nil, !hasKeyspace, reading.hits != nil, reading.runID != nil { reading.keys = 0 }
    return reading
  }

  /// `true` for a database's line (`db0:keys=12,expires=3,…`).
  private static func take(_ key: String, _ value: Words.Word, into reading: inout CacheReading) -> Bool {
    let figure = Figure.unsigned(value, atMost: Bound.counter)
    switch key {
    case "run_id": reading.runID = Clean.text(value, limit: Bound.identifier)
    case "redis_version", "valkey_version": reading.version = Clean.text(value, limit: Bound.identifier)
    case "uptime_in_seconds": reading.uptimeSeconds = figure
    case "keyspace_hits": reading.hits = figure
    case "keyspace_misses": reading.misses = figure
    case "total_commands_processed": reading.commands = figure
    case "evicted_keys": reading.evicted = figure
    case "expired_keys": reading.expired = figure
    case "used_memory": reading.usedMemory = Figure.unsigned(value, atMost: Bound.memory).map(ByteCount.init)
    case "maxmemory": reading.maxMemory = Figure.unsigned(value, atMost: Bound.memory).map(ByteCount.init)
    case "maxmemory_policy": reading.policy = Clean.text(value, limit: Bound.identifier)
    case "connected_clients": reading.clients = figure.flatMap { Int(exactly: $0) }
    case "blocked_clients": reading.blockedClients = figure.flatMap { Int(exactly: $0) }
    case _ where key.hasPrefix("db") && Figure.unsigned(Array(key.utf8.dropFirst(2))[...]) != nil:
      guard let keys = keys(value) else { return true }
      reading.keys = min(Bound.counter, (reading.keys ?? 0) + keys)
      return true
    default: break
    }
    return false
  }

  private static func keys(_ value: Words.Word) -> UInt64? {
    for part in value.split(separator: UInt8(ascii: ",")) where part.starts(with: "keys=".utf8) {
      return Figure.unsigned(part.dropFirst(5), atMost: Bound.counter)
    }
    return nil
  }
}

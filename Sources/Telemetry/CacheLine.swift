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
    var link = Link()
    while let (key, value) = words.field(separator: UInt8(ascii: ":")) {
      if link.take(key, value) || takeHealth(key, value, into: &reading) { continue }
      hasKeyspace = take(key, value, into: &reading) || hasKeyspace
    }
    reading.replication = link.replication
    // A database without keys has no line, so a whole answer without one is an empty Redis.
    if reading.keys == nil, !hasKeyspace, reading.hits != nil, reading.runID != nil { reading.keys = 0 }
    return reading
  }

  /// `true` for a database's line (`db0:keys=12,expires=3,…`).
  private static func take(_ key: String, _ value: Words.Word, into reading: inout CacheReading) -> Bool {
    let figure = Figure.unsigned(value, atMost: Bound.counter)
    switch key {
    case "run_id": reading.runID = Clean.text(value, limit: Bound.identifier)
    // A Valkey names the Redis that it is compatible with, too.
    case "redis_version" where reading.engine != .valkey: reading.version = Clean.text(value, limit: Bound.identifier)
    case "valkey_version":
      reading.engine = .valkey
      reading.version = Clean.text(value, limit: Bound.identifier)
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
      guard let keys = number("keys", in: value) else { return true }
      reading.keys = min(Bound.counter, (reading.keys ?? 0) + keys)
      return true
    default: break
    }
    return false
  }

  /// What it says of its memory and its files; `true` where that is what the field is about.
  private static func takeHealth(_ key: String, _ value: Words.Word, into reading: inout CacheReading) -> Bool {
    switch key {
    case "mem_fragmentation_ratio": reading.fragmentation = Figure.decimal(value, atMost: 1e6).map { Ratio($0) }
    case "rdb_last_bgsave_status": reading.lastSaveFailed = failure(value)
    case "rdb_last_save_time":
      reading.lastSave = Figure.unsigned(value, atMost: UInt64(Timestamp.latest / 1000))
        .flatMap { Timestamp.moment(milliseconds: Int64($0) * 1000) }
    case "aof_last_write_status": reading.appendFailed = failure(value)
    default: return false
    }
    return true
  }

  private static func failure(_ value: Words.Word) -> Bool? {
    switch String(decoding: value, as: UTF8.self) {
    case "ok": false
    case "err": true
    default: nil
    }
  }

  /// One figure of a list such as `keys=12,expires=3`.
  private static func number(_ name: String, in list: Words.Word) -> UInt64? {
    for part in list.split(separator: UInt8(ascii: ",")) where part.starts(with: "\(name)=".utf8) {
      return Figure.unsigned(part.dropFirst(name.utf8.count + 1), atMost: Bound.counter)
    }
    return nil
  }

  /// The fields about replication, which mean different things on its two sides.
  private struct Link {
    var isReplica: Bool?
    var isUp: Bool?
    var sinceHeard: UInt64?
    var firstReplicaLag: UInt64?

    mutating func take(_ key: String, _ value: Words.Word) -> Bool {
      switch key {
      case "role": isReplica = ["master": false, "slave": true][String(decoding: value, as: UTF8.self)]
      case "master_link_status": isUp = ["up": true, "down": false][String(decoding: value, as: UTF8.self)]
      case "master_last_io_seconds_ago": sinceHeard = Figure.unsigned(value, atMost: Bound.gauge)
      case "slave0": firstReplicaLag = number("lag", in: value).flatMap { $0 <= Bound.gauge ? $0 : nil }
      default: return false
      }
      return true
    }

    var replication: CacheReplication? {
      guard let isReplica else { return nil }
      let lag = isReplica ? sinceHeard : firstReplicaLag
      return CacheReplication(
        isReplica: isReplica, isLinkUp: isReplica ? isUp : nil, lag: lag.map { .seconds(Int64($0)) })
    }
  }
}

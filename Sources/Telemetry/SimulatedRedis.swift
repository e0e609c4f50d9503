/// One Redis of a simulated host.
struct SimulatedRedis: Sendable {
  let id: String
  private var runID: String
  private var uptime: Double
  private var hits: Double
  private var misses: Double
  private var commands: Double
  private var evicted = 0.0
  private var expired: Double
  private var keys: Double
  private var aptness: Double

  init(id: String, random: inout SplitMix64) {
    self.id = id
    runID = random.hexadecimal(40)
    uptime = 86_400 * random.unit()
    aptness = 0.75 + 0.23 * random.unit()
    hits = 900 * uptime * aptness
    misses = 900 * uptime * (1 - aptness)
    commands = 1100 * uptime
    expired = 2 * uptime
    keys = 20_000 + 40_000 * random.unit()
  }

  /// It starts empty, with counters of its own.
  mutating func restart(random: inout SplitMix64) {
    runID = random.hexadecimal(40)
    (uptime, hits, misses, commands, evicted, expired, keys) = (0, 0, 0, 0, 0, 0, 1000)
  }

  mutating func pass(_ seconds: Double, load: Double, random: inout SplitMix64) {
    uptime += seconds
    aptness = min(0.995, max(0.35, aptness + (random.unit() - 0.5) * 0.02))
    let lookups = 900 * load * (0.8 + 0.4 * random.unit()) * seconds
    hits += lookups * aptness
    misses += lookups * (1 - aptness)
    commands += lookups * 1.25
    expired += 2 * seconds
    keys = max(1000, keys + (random.unit() - 0.48) * 120)
    if keys > 70_000 {
      evicted += keys - 70_000
      keys = 70_000
    }
  }

  /// The line of one answer to `INFO`.
  func line(random: inout SplitMix64) -> String {
    let clients = 8 + Int(random.unit() * 30)
    let fields: [(String, String)] = [
      ("redis_version", "7.2.5"), ("run_id", runID), ("uptime_in_seconds", "\(UInt64(uptime))"),
      ("connected_clients", "\(clients)"), ("blocked_clients", "0"), ("used_memory", "\(UInt64(keys * 1700 + 2e6))"),
      ("maxmemory", "134217728"), ("maxmemory_policy", "allkeys-lru"),
      ("total_commands_processed", "\(UInt64(commands))"), ("keyspace_hits", "\(UInt64(hits))"),
      ("keyspace_misses", "\(UInt64(misses))"), ("evicted_keys", "\(UInt64(evicted))"),
      ("expired_keys", "\(UInt64(expired))"),
      ("db0", "keys=\(UInt64(keys)),expires=\(UInt64(keys / 2)),avg_ttl=3600000"),
    ]
    return "redis \(id) " + fields.map { "\($0.0):\($0.1)" }.joined(separator: " ")
  }
}

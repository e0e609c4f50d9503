import Fleet

extension CacheReading {
  /// What a Memcached says in `part` lines; of a Redis only why it does not answer comes that way.
  init(_ part: PartReading) {
    self.init(containerID: part.id.containerID)
    problem = part.problem
    guard part.id.kind == .memcached else { return }
    engine = .memcached
    version = part.text("version")
    uptimeSeconds = part.counter("uptime")
    hits = part.counter("hits")
    misses = part.counter("misses")
    commands = part.counter("commands")
    evicted = part.counter("evicted")
    expired = part.counter("expired")
    usedMemory = part.bytes("used").flatMap { $0.bytes <= Bound.memory ? $0 : nil }
    maxMemory = part.bytes("max").flatMap { $0.bytes <= Bound.memory ? $0 : nil }
    keys = part.counter("keys")
    clients = part.count("clients")
  }
}

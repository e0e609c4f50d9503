package import Fleet
package import Telemetry

/// How much a host has, and how much of it is promised to containers; `nil` is unknown.
package struct HostRoom: Hashable, Sendable {
  package var host: HostName
  package var cores: Cores?
  /// Not in use now.
  package var coresFree: Double?
  package var memory: ByteCount?
  package var memoryFree: ByteCount?
  /// The limits of all its running containers together, but for those that are acted on.
  package var coresPromised = Cores(thousandths: 0)
  package var memoryPromised = ByteCount(0)
  /// Of the same containers, those that have no limit.
  package var withoutCoreLimit = 0
  package var withoutMemoryLimit = 0
  /// The limits that those which are acted on there have now.
  package var acted: [Limits] = []

  package init(_ host: HostName) { self.host = host }

  /// - Parameter acted: the identifiers of those that are acted on.
  package init(_ host: HostName, _ telemetry: HostTelemetry, acted: Set<String> = []) {
    self.host = host
    let figures = telemetry.figures
    cores = figures.cores.isEmpty ? nil : Cores(thousandths: figures.cores.count * 1000)
    if let cores, let used = figures.cpu { coresFree = max(0, cores.value * (1 - used.value)) }
    memory = figures.memory?.total
    memoryFree = figures.memory?.available
    for container in telemetry.containers.values {
      let limits = Limits(of: container.facts)
      if acted.contains(container.facts.id) {
        self.acted.append(limits)
        continue
      }
      guard container.facts.state == .running else { continue }
      coresPromised = coresPromised + (limits.cores ?? Cores(thousandths: 0))
      memoryPromised = memoryPromised + (limits.memory ?? ByteCount(0))
      withoutCoreLimit += limits.cores == nil ? 1 : 0
      withoutMemoryLimit += limits.memory == nil ? 1 : 0
    }
  }

  /// All limits of CPU together, where each container that is acted on has this one.
  package func cores(with limit: Cores?) -> Promise { cores(acted.map { _ in limit }) }

  /// All limits of memory together, in bytes, where each container that is acted on has this one.
  package func memory(with limit: ByteCount?) -> Promise { memory(acted.map { _ in limit }) }

  /// All limits of CPU together, as they are.
  package var coresNow: Promise { cores(acted.map(\.cores)) }

  /// All limits of memory together, in bytes, as they are.
  package var memoryNow: Promise { memory(acted.map(\.memory)) }

  private func cores(_ limits: [Cores?]) -> Promise {
    Promise(
      sum: limits.compactMap { $0?.value }.reduce(coresPromised.value, +), of: cores?.value,
      unlimited: withoutCoreLimit + limits.count { $0 == nil })
  }

  private func memory(_ limits: [ByteCount?]) -> Promise {
    Promise(
      sum: limits.compactMap { $0.map { Double($0.bytes) } }.reduce(Double(memoryPromised.bytes), +),
      of: memory.map { Double($0.bytes) }, unlimited: withoutMemoryLimit + limits.count { $0 == nil })
  }

  /// What is promised to containers, of what there is.
  package struct Promise: Hashable, Sendable {
    package var sum: Double
    /// `nil` where the host's size is unknown.
    package var whole: Double?
    /// How many containers have no limit, and so may take all that is there.
    package var unlimited: Int

    init(sum: Double, of whole: Double?, unlimited: Int) {
      self.sum = sum
      self.whole = whole
      self.unlimited = unlimited
    }

    /// Above 1, more is promised than there is.
    package var ratio: Ratio? { whole.flatMap { Ratio(sum, of: $0) } }
    package var isOver: Bool { ratio.map { $0.value > 1 } ?? false }
  }
}

import Fleet

/// One container: what it is, what it uses, and the past of it.
package struct ContainerTelemetry: Sendable {
  package var facts: ContainerFacts
  package var figures = ContainerFigures()
  /// In cores.
  package var cpuHistory: Series
  /// In bytes.
  package var memoryHistory: Series
  /// Of the last five minutes at the usual interval, in ratios of scheduler periods.
  package var throttledHistory: Series

  private static let throttledSamples = 150

  var readings = ContainerReadings()

  package init(facts: ContainerFacts, capacity: Int) {
    self.facts = facts
    cpuHistory = Series(capacity: capacity)
    memoryHistory = Series(capacity: capacity)
    throttledHistory = Series(capacity: min(capacity, Self.throttledSamples))
  }

  private var isUp: Bool { facts.state == .running || facts.state == .paused }

  mutating func update(_ new: ContainerFacts) {
    // Another run counts from nothing, in a cgroup of its own.
    if new.startedAt != facts.startedAt { readings = ContainerReadings() }
    facts = new
    guard !isUp else { return }
    readings = ContainerReadings()
    figures = ContainerFigures()
  }

  mutating func endFrame(number: Int, missed: Int) {
    readings.miss(frame: number)
    figures = isUp ? readings.figures : ContainerFigures()
    cpuHistory.append(figures.cpuCores, afterMissing: missed)
    memoryHistory.append(figures.memory.map { Double($0.bytes) }, afterMissing: missed)
    throttledHistory.append(figures.throttled?.value, afterMissing: missed)
  }
}

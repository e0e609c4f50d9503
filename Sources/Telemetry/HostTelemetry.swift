package import Fleet

/// All that one host told, as figures with ages and history: the decoder's events go in, views read it.
package struct HostTelemetry: Sendable {
  package let host: HostName
  package private(set) var hello: Hello?
  package private(set) var capabilities: [Capability.Name: Capability] = [:]
  package private(set) var figures = HostFigures()
  /// By the engine's full identifier.
  package private(set) var containers: [String: ContainerTelemetry] = [:]
  /// By the container's identifier.
  package private(set) var caches: [String: CacheTelemetry] = [:]
  /// When the last whole frame arrived, on our clock; `nil` before the first.
  package private(set) var lastFrame: Moment?
  package private(set) var frameCount = 0
  package private(set) var cpuHistory: Series
  package private(set) var memoryHistory: Series
  package private(set) var loadHistory: Series
  package private(set) var networkHistory: Series
  package private(set) var diskHistory: Series

  /// - Parameter capacity: samples kept per figure.
  package init(host: HostName, capacity: Int) {
    self.host = host
    cpuHistory = Series(capacity: capacity)
    memoryHistory = Series(capacity: capacity)
    loadHistory = Series(capacity: capacity)
    networkHistory = Series(capacity: capacity)
    diskHistory = Series(capacity: capacity)
  }

  /// Takes one event in.
  /// - Parameter at: when it arrived, on our clock.
  package mutating func apply(_ event: StreamEvent, at: Moment) {}
}

/// One container: what it is, what it uses, and the past of it.
package struct ContainerTelemetry: Sendable {
  package var facts: ContainerFacts
  package var figures = ContainerFigures()
  /// In cores.
  package var cpuHistory: Series
  /// In bytes.
  package var memoryHistory: Series

  package init(facts: ContainerFacts, capacity: Int) {
    self.facts = facts
    cpuHistory = Series(capacity: capacity)
    memoryHistory = Series(capacity: capacity)
  }
}

/// One Redis: its figures and the past of its hit rate (over a minute each, in ratios).
package struct CacheTelemetry: Sendable {
  package var figures: CacheFigures
  package var hitHistory: Series
  package var lastReading: Moment?

  package init(containerID: String, capacity: Int) {
    figures = CacheFigures(containerID: containerID)
    hitHistory = Series(capacity: capacity)
  }
}

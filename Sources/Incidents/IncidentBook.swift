package import Fleet
package import Telemetry

/// All incidents of the fleet, newest first: host events and figures go in, a list that a person can work through comes out.
package struct IncidentBook: Sendable {
  /// Newest `lastSeen` first; bounded.
  package private(set) var incidents: [Incident] = []

  package init(thresholds: Thresholds) {}

  /// Takes in one event of a host's stream.
  /// - Parameters:
  ///   - telemetry: the host's, after it took the same event in.
  ///   - at: when it arrived, on our clock.
  package mutating func apply(_ event: StreamEvent, of host: HostName, telemetry: HostTelemetry, at: Moment) {}

  /// The host stopped answering, with the reason that the screen shows.
  package mutating func lost(_ host: HostName, reason: String, at: Moment) {}

  /// The host answers again: what was open because it was lost is over.
  package mutating func returned(_ host: HostName, at: Moment) {}
}

extension IncidentBook {
  package func worst(for host: HostName) -> Incident? { nil }
  package var openCounts: (critical: Int, warning: Int) { (0, 0) }
}

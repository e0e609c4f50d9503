import Fleet
import Telemetry
import Operations
extension HostTelemetry { var needsSudo: Bool { false } }
extension Plan {
  static func restart(_ facts: ContainerFacts, on host: Host, sudo: Bool) throws(Unavailable) -> Plan {
    throw Unavailable(reason: "")
  }
  static func restartService(_ facts: ContainerFacts, on host: Host, sudo: Bool) throws(Unavailable) -> Plan {
    throw Unavailable(reason: "")
  }
}

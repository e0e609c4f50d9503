import Fleet
import Telemetry

extension Model {
  /// Why a host has no page of its model; `nil` where it has one.
  var modelObstacle: String? {
    guard let name = actedHost, let host = fleet.host(name) else { return "choose a host first" }
    guard host.kind == nil else { return nil }
    let wanted = "add kind: \"vps\" or \"dedicated\" to \(name)"
    return hint.isEmpty
      ? "\(fleetFile) does not say what \(name) is: \(wanted) there"
      : "no fleet file says what \(name) is: vigie sample > \(fleetFile) writes one; \(wanted) there"
  }

  mutating func openModel() {
    guard let name = actedHost else { return }
    if let detail { detailsBefore.append(detail) }
    detail = .model(name)
  }

  /// Where a person orders another model of a host.
  func orderAddress(of host: HostName) -> String {
    fleet.host(host)?.kind.map { ServerModels.shipped.address(of: $0) } ?? ""
  }

  func needs(of host: HostName) -> HostNeeds? {
    telemetry[host].map { HostNeeds($0, levels: fleet.thresholds(for: host)) }
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

/// The first line: how the fleet is, in one look; production turns it another colour.
enum HeaderView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    let environment = model.selectedHost.map { model.environment(of: $0) } ?? .dev
    let role: Role = environment == .prod ? .barProduction : .bar
    frame.fill(area, " ", Style(role))
    // In a narrow terminal how the fleet is matters more than the time.
    let isNarrow = area.width < 70
    let right =
      [
        isNarrow ? "" : model.modeLine, model.accessWords,
        environment == .prod ? (isNarrow ? "PROD" : "PRODUCTION") : "",
        isNarrow ? "" : Calendar.clock(model.now) + " UTC",
      ]
      .filter { !$0.isEmpty }.joined(separator: "  ") + " "
    let end = area.right - right.columns
    frame.put(right, x: end, y: area.y, Style(role, bold: environment == .prod))
    var x = area.x + (isNarrow ? -1 : frame.put(" vigie", x: area.x, y: area.y, Style(role, bold: true)))
    // The most important first; what does not fit whole is left out, but no count of what is open.
    let hosts = model.fleet.hosts.count
    let live = model.fleet.hosts.count { model.condition(of: $0.name).isLive }
    let counts = counts(of: model, live: live)
    let isTight = counts.reduce(x + 1) { $0 + 2 + $1.long.columns } >= end
    var parts = counts.map { isTight ? $0.short : $0.long }
    if counts.count == 1, live == hosts { parts.append("no incidents open") }
    if let containers = containers(of: model) { parts.append(containers) }
    for part in parts {
      guard x + 2 + part.columns < end else { break }
      x += 2 + frame.put(part, x: x + 2, y: area.y, Style(role))
    }
  }

  /// How many hosts are live, and how much is open: each as it is, and for where there is little room.
  private static func counts(of model: Model, live: Int) -> [(long: String, short: String)] {
    let hosts = model.fleet.hosts.count
    let all = "\(hosts) \(hosts == 1 ? "host" : "hosts") live"
    var counts = [(live == hosts ? all : "\(live) of \(hosts) hosts live", "\(live)/\(hosts) live")]
    let open = model.incidents.openCounts
    if open.critical > 0 { counts.append(("\(open.critical) critical", "\(open.critical) crit")) }
    if open.warning > 0 {
      counts.append(("\(open.warning) \(open.warning == 1 ? "warning" : "warnings")", "\(open.warning) warn"))
    }
    return counts
  }

  private static func containers(of model: Model) -> String? {
    var (running, told, untold) = (0, 0, 0)
    for host in model.fleet.hosts {
      // Read in place: a copy of all that is known of a host costs more than the rest.
      let count = model.telemetry[host.name]?.containers.count ?? 0
      guard
        model.telemetry[host.name]?.capabilities[.docker]?.isAvailable == true, model.condition(of: host.name).isLive
      else {
        untold += count
        continue
      }
      told += count
      running += model.telemetry[host.name]?.containers.values.count { $0.facts.state == .running } ?? 0
    }
    guard told > 0 else { return nil }
    return "\(running)/\(told) containers up" + (untold > 0 ? ", \(untold) unknown" : "")
  }
}

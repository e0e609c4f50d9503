import Fleet
import Telemetry

/// Figures as short words: the one place that says how each is written.
enum Words {
  /// Two decimals below ten, none from a hundred on: `0.42`, `12.3`, `240`; `?` for what no figure is.
  static func decimal(_ value: Double) -> String {
    guard value.magnitude <= most else { return "?" }
    if value >= 99.95 { return "\(Int(value.rounded()))" }
    if value >= 9.995 {
      let tenths = Int((value * 10).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// What a host says is far below; beyond, no whole number holds it.
  private static let most = 1e15

  static func load(_ load: Load?) -> String { load.map { decimal($0.one) } ?? "?" }

  /// Of a host whose engine has not answered yet.
  static let waitsForDocker = "not known yet: Docker has not answered so far"

  /// Containers that run, of all: `4/5`; `?/5` where the engine does not say, or its host does not.
  static func running(_ telemetry: HostTelemetry, isLive: Bool) -> String {
    if !isLive || telemetry.capabilities[.docker]?.isAvailable != true {
      return telemetry.containers.isEmpty ? "?" : "?/\(telemetry.containers.count)"
    }
    let running = telemetry.containers.values.count { $0.facts.state == .running }
    return "\(running)/\(telemetry.containers.count)"
  }

  /// As people say it: health where there is a check, else the state, with the exit code of what ended badly.
  static func state(_ facts: ContainerFacts) -> String {
    if facts.state == .running { return facts.health?.rawValue ?? "running" }
    if facts.state == .exited, let code = facts.exitCode { return "exited \(code)" }
    return facts.state.rawValue
  }

  /// CPU time in cores: three decimals below a tenth, where most containers are.
  static func cores(_ cores: Double?) -> String {
    guard let cores else { return "?" }
    guard cores < 0.0995, cores >= 0 else { return decimal(cores) }
    let thousandths = Int((cores * 1000).rounded())
    return "0.0\(thousandths < 10 ? "0" : "")\(thousandths)"
  }

  /// How long something took: `0.4s`, `12.3s`, `4m`; `?` where nobody knows.
  static func took(_ duration: Duration?) -> String {
    guard let duration else { return "?" }
    let tenths = max(0, duration.milliseconds) / 100
    return tenths < 1000 ? "\(tenths / 10).\(tenths % 10)s" : duration.short
  }

  /// A second: `0.4`, `12`, `1.2k`.
  static func rate(_ value: Double?) -> String {
    guard let value, value.magnitude <= most else { return "?" }
    if value >= 999.5 {
      let hundreds = Int((value / 100).rounded())
      return hundreds >= 100 ? "\((hundreds + 5) / 10)k" : "\(hundreds / 10).\(hundreds % 10)k"
    }
    if value >= 9.95 || value == 0 { return "\(Int(value.rounded()))" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Things: `2`, `999`, `1.2k`.
  static func count(_ count: UInt64) -> String { count < 1000 ? "\(count)" : rate(Double(count)) }

  /// Bytes a second.
  static func throughput(_ value: Double?) -> String {
    guard let value, value.isFinite, value >= 0 else { return "?" }
    return ByteCount(clamping: value).short
  }

  /// `maxmemory 0` is none.
  static func maximum(_ bytes: ByteCount?) -> String {
    guard let bytes else { return "?" }
    return bytes.bytes == 0 ? "none" : bytes.short
  }
}

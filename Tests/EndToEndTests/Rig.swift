import Fleet
import Glibc
import Testing

/// The local fleet of `Tests/Fleet`: three Debian hosts on this machine.
enum Rig {
  /// Set by `make test` once the hosts are up; without it these tests are left out, and `make test` says so.
  static let isUp = getenv("VIGIE_FLEET") != nil

  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  static let program = root + "/.build/debug/vigie"
  static let hosts = ["web-1", "web-2", "staging"]

  static var directory: String {
    if let directory = getenv("VIGIE_FLEET_DIR") { return String(cString: directory) }
    if let cache = getenv("XDG_CACHE_HOME") { return String(cString: cache) + "/vigie-fleet" }
    return String(cString: getenv("HOME")) + "/.cache/vigie-fleet"
  }

  static var fleetFile: String { directory + "/fleet.json5" }

  @discardableResult
  static func fleet(_ words: String...) -> Outcome { shell(ShellWord.line([root + "/Tests/Fleet/fleet"] + words)) }

  /// Runs a command line on a host, as its operator.
  @discardableResult
  static func on(_ host: String, _ line: String) -> Outcome {
    shell(ShellWord.line([root + "/Tests/Fleet/fleet", "ssh", host, line]))
  }

  /// The processes of samplers on a host.
  static func samplers(on host: String) -> [String] {
    on(host, "sudo grep -lz '^VIGIE_SAMPLER=' /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3")
      .output.split(separator: "\n").map(String.init)
  }
}

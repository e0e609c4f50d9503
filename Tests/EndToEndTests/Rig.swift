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

  /// Where the fleet keeps its client's files.
  static var directory: String {
    if let directory = getenv("VIGIE_FLEET_DIR") { return String(cString: directory) }
    if let cache = getenv("XDG_CACHE_HOME") { return String(cString: cache) + "/vigie-fleet" }
    return String(cString: getenv("HOME")) + "/.cache/vigie-fleet"
  }

  @discardableResult
  static func fleet(_ words: String...) -> Outcome {
    let outcome = run([root + "/Tests/Fleet/fleet"] + words)
    if outcome.status != 0 { Issue.record("fleet \(words.joined(separator: " ")): \(outcome.output)") }
    return outcome
  }

  /// Runs a command line on a host, as its operator.
  @discardableResult
  static func on(_ host: String, _ line: String) -> Outcome {
    run(root + "/Tests/Fleet/fleet", "ssh", host, line)
  }
}

/// The tests on real hosts: one after the other, because each may break a host for a while.
@Suite(.serialized, .enabled(if: Rig.isUp, "the local fleet is not up: make test boots it"))
struct EndToEnd {}

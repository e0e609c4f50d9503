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

  /// The site of each host, as `docs/test-fleet.md` has it.
  static let sites = [
    "web-1": Site(project: "boutique", environment: "prod", address: "10.77.0.11", parts: monitor),
    "web-2": Site(project: "journal", environment: "prod", address: "10.77.0.12", parts: monitor),
    "staging": Site(
      project: "essai", environment: "dev", address: "10.77.0.13",
      parts: #"{ service: "redis", secret: { file: "/srv/essai/redis-password" } }"#),
  ]
  /// The entry of staging's other project, which has a Traefik; its domain is not at the usual port, and not looked at.
  static let vitrine = #"{ name: "vitrine", profile: "ovh-vps", hosts: ["staging"], environment: "dev" }"#
  private static let monitor =
    #"{ service: "db", user: "monitor", secret: { variable: "MONITOR_PASSWORD" } }"#

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

/// A project of the local fleet and its domain.
struct Site {
  var project: String
  var environment: String
  var address: String
  /// What the fleet file says of its parts: where their secrets are.
  var parts: String

  var domain: String { project + ".example" }

  /// Its entry in a fleet file.
  /// - Parameter isVisited: whether its domain is looked at.
  func settings(on host: String, isVisited: Bool, hasSecrets: Bool) -> String {
    """
    { name: "\(project)", profile: "ovh-vps", hosts: ["\(host)"], environment: "\(environment)",
        \(isVisited ? "domains: [\"\(domain)\"], address: \"\(address)\"," : "") parts: [\(hasSecrets ? parts : "")] }
    """
  }
}

/// The tests on real hosts: one after the other, because each may break a host for a while.
@Suite(.serialized, .enabled(if: Rig.isUp, "the local fleet is not up: make test boots it"))
struct EndToEnd {}

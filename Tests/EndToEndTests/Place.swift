import Fleet
import Glibc

/// A directory with a fleet file of its own for the local fleet, and a mark on every process that vigie starts from it,
/// here and on the hosts: this is how a test finds what was left over, whoever else works on the hosts.
final class Place: Sendable {
  let directory: String
  let hosts: [String]
  /// As in the environment of each process; Debian's sshd lets variables whose names begin with `LC_` in.
  let mark: String

  var fleetFile: String { directory + "/fleet.json5" }
  var sshConfig: String { directory + "/ssh_config" }
  var knownHosts: String { directory + "/known_hosts" }
  /// Where vigie keeps its records.
  var state: String { directory + "/state/vigie" }

  /// - Parameters:
  ///   - hosts: those of the local fleet that the fleet file names.
  ///   - knowsKeys: whether the hosts' keys are known.
  ///   - hasSites: whether the fleet file declares their projects and domains.
  ///   - others: the entries of more projects.
  ///   - hasSecrets: whether it says where the secrets of their databases and caches are.
  ///   - settings: further members of the fleet file.
  init(
    _ hosts: [String] = Rig.hosts, knowsKeys: Bool = true, hasSites: Bool = false, others: [String] = [],
    hasSecrets: Bool = true, settings: String = ""
  ) {
    let template = strdup("/tmp/e2e-XXXXXX")
    defer { free(template) }
    directory = template.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp/e2e"
    self.hosts = hosts
    mark = "LC_VIGIE_TEST=\(directory.suffix(6))"
    let keys = knowsKeys ? String(decoding: contents(of: Rig.directory + "/known_hosts"), as: UTF8.self) : ""
    write(keys, to: knownHosts)
    // The first value that ssh finds for an option is the one that it takes.
    write(
      """
      Host *
          UserKnownHostsFile \(knownHosts)
          SendEnv LC_VIGIE_TEST
      Include \(Rig.directory)/ssh_config

      """, to: sshConfig)
    let projects = hosts.filter { hasSites || $0 == "staging" }.compactMap {
      Rig.sites[$0]?.settings(on: $0, isVisited: hasSites, hasSecrets: hasSecrets)
    }
    let entries = hosts.map { "{ name: \"\($0)\", environment: \"\($0 == "staging" ? "dev" : "prod")\" }," }
    // All hosts show this machine's processor, which is busy with whatever else runs here: that would be the narrowest.
    let thresholds = hasSites ? "thresholds: { cpu: { warning: 1, critical: 1 } }," : ""
    write(
      """
      {
        defaults: { interval: "2s", sshConfig: "\(sshConfig)", authorities: "\(Rig.directory)/cache/authority/ca.pem" },
        \(thresholds) \(settings)
        hosts: [\(entries.joined(separator: " "))],
        projects: [\((projects + others).joined(separator: ", "))],
      }
      """, to: fleetFile)
  }

  deinit { run("rm", "-rf", directory) }

  /// Has the fleet file say something else.
  func change(_ edit: (String) -> String) {
    write(edit(String(decoding: contents(of: fleetFile), as: UTF8.self)), to: fleetFile)
  }

  /// The words that start vigie here with those arguments. Swift's backtracer, which a debug build finds in the
  /// toolchain, would wait half a minute for a person after a crash.
  func words(_ arguments: [String]) -> [String] {
    [
      "env", "SWIFT_BACKTRACE=interactive=no", "LC_ALL=C.UTF-8", mark, "XDG_STATE_HOME=\(directory)/state",
      "XDG_CONFIG_HOME=\(directory)/config",
      Rig.program,
    ] + arguments
  }

  /// Runs vigie without a screen.
  func vigie(_ arguments: String...) -> Outcome { run(words(arguments)) }

  /// Runs vigie without a screen, keeping standard output apart from standard error.
  func document(_ arguments: String...) throws -> (status: Int32, document: Value) {
    let path = directory + "/output"
    let outcome = shell(ShellWord.line(words(arguments)) + " > \(path)")
    return (outcome.status, try Value(json: contents(of: path)))
  }

  /// The processes that bear this place's mark, on this machine and on its hosts.
  var processes: [MarkedProcess] { MarkedProcess.all(mark) }

  /// The samplers on a host: their tokens.
  func samplers(on host: String) -> Set<String> {
    Set(processes.filter { $0.host == host }.compactMap { $0.variable("VIGIE_SAMPLER") })
  }

  /// Waits until neither side has a process left, nor this side a directory of sockets.
  func waitUntilClean(of sockets: Set<String> = [], limit: Duration = .seconds(15)) async throws {
    try await wait(for: "end of all processes", limit: limit, evidence: { "\(processes)" }) {
      processes.isEmpty ? true : nil
    }
    try await wait(for: "end of the sockets", limit: .seconds(2), evidence: { "\(sockets)" }) {
      sockets.allSatisfy { access($0, F_OK) != 0 } ? true : nil
    }
  }

  /// The directories in which the running vigie keeps the sockets of shared connections.
  var socketDirectories: Set<String> {
    Set(
      processes.flatMap(\.words).compactMap { word in
        guard word.hasPrefix("ControlPath="), let slash = word.lastIndex(of: "/") else { return nil }
        return String(word[..<slash].dropFirst("ControlPath=".count))
      })
  }
}

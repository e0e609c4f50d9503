package import Fleet
package import Telemetry

/// Why an action can't be done, in one sentence.
package struct Unavailable: Error, Hashable, Sendable {
  package var reason: String

  package init(reason: String) { self.reason = reason }
}

extension Plan {
  /// Restarts one container, by its identifier: if it was replaced since, nothing else is restarted in its place.
  /// - Parameter sudo: whether this user needs `sudo` for Docker there.
  package static func restart(
    _ facts: ContainerFacts, on host: Host, sudo: Bool
  ) throws(Unavailable) -> Plan {
    guard isIdentifier(facts.id) else {
      throw Unavailable(reason: "\(facts.name) has no identifier that Docker would know")
    }
    return Plan(
      title: "Restart \(facts.name) on \(host.name)",
      effect: effect(of: facts) + " Changed Compose files are not applied by a restart.",
      wayBack: "none needed; the same container starts again, with the same settings.",
      danger: .confirm, environment: host.environment,
      steps: [Step(host: host.name, command: prefix(sudo) + ["docker", "restart", String(facts.id.prefix(12))])])
  }

  /// Restarts all containers of a Compose service, where its files lie: on the host.
  package static func restartService(
    _ facts: ContainerFacts, on host: Host, sudo: Bool
  ) throws(Unavailable) -> Plan {
    guard let project = facts.project, let service = facts.service else {
      throw Unavailable(reason: "\(facts.name) was not started by Compose: restart the container instead")
    }
    for name in [project, service] where !isName(name) {
      throw Unavailable(reason: "Compose would not take \(ShellWord.quoted(name)) for a name")
    }
    guard let directory = facts.composeDirectory, directory.hasPrefix("/") else {
      throw Unavailable(reason: "\(facts.name) does not say where its Compose files are: restart the container instead")
    }
    var command = prefix(sudo) + ["docker", "compose", "--project-name", project, "--project-directory", directory]
    for file in (facts.composeFiles ?? "").split(separator: ",") {
      // Leaving one out would be another project: better none than a part of them.
      guard file != "-" else {
        throw Unavailable(reason: "\(project) was started from standard input: restart the container instead")
      }
      command += ["--file", file.hasPrefix("/") ? String(file) : "\(directory)/\(file)"]
    }
    return Plan(
      title: "Restart the service \(service) of \(project) on \(host.name)",
      effect: "All containers of \(service) stop and start again. Changed Compose files are not applied by a restart.",
      wayBack: "none needed; the same containers start again, with the same settings.",
      danger: .confirm, environment: host.environment,
      steps: [Step(host: host.name, command: command + ["restart", service])])
  }

  private static func prefix(_ sudo: Bool) -> [String] { sudo ? ["sudo", "-n"] : [] }

  /// What a visitor notices.
  private static func effect(of facts: ContainerFacts) -> String {
    let what = facts.service ?? facts.name
    if facts.state != .running { return "\(what) does not run now, and is started." }
    return "\(what) is stopped (10 seconds at most, then killed) and started; it answers nobody meanwhile."
  }

  static func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Docker's rule for names; none can be taken for an option.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isWordByte(first) else { return false }
    return text.utf8.allSatisfy { isWordByte($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

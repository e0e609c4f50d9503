package import Fleet
package import Telemetry

/// One container to act on, and what must be known of its host for that.
package struct Target: Hashable, Sendable {
  package var host: Host
  package var facts: ContainerFacts
  /// Whether this user needs `sudo` for Docker there.
  package var needsSudo: Bool

  package init(host: Host, facts: ContainerFacts, needsSudo: Bool) {
    self.host = host
    self.facts = facts
    self.needsSudo = needsSudo
  }

  /// `docker`, as this user runs it there.
  package var docker: [String] { (needsSudo ? ["sudo", "-n"] : []) + ["docker"] }

  /// What nobody else may act on meanwhile.
  package var lock: String { facts.project ?? "container:\(facts.name)" }

  /// The identifier that Docker is given: if the container was replaced since, nothing else is taken in its place.
  package func identifier() throws(Unavailable) -> String {
    guard Self.isIdentifier(facts.id) else {
      throw Unavailable(reason: "\(facts.name) has no identifier that Docker would know")
    }
    return String(facts.id.prefix(12))
  }

  /// The names of the Compose project and service, fit for a command line.
  package func composeNames() throws(Unavailable) -> (project: String, service: String) {
    guard let project = facts.project, let service = facts.service else {
      throw Unavailable(reason: "\(facts.name) was not started by Compose: act on the container instead")
    }
    if let reason = facts.labelFault { throw Unavailable(reason: reason) }
    for name in [project, service] where !Self.isName(name) {
      throw Unavailable(reason: "Compose would not take \(ShellWord.quoted(name)) for a name")
    }
    return (project, service)
  }

  /// `docker compose` for the container's project, where its files lie: on the host, with all of them.
  package func compose() throws(Unavailable) -> [String] {
    let project = try composeNames().project
    guard let directory = facts.composeDirectory, directory.hasPrefix("/") else {
      throw Unavailable(reason: "\(facts.name) does not say where its Compose files are: act on the container instead")
    }
    return docker + ["compose", "--project-name", project, "--project-directory", directory]
      + (try composeFiles()).flatMap { ["--file", $0] }
  }

  /// The project's Compose files, as whole paths.
  package func composeFiles() throws(Unavailable) -> [String] {
    let directory = facts.composeDirectory ?? ""
    return try (facts.composeFiles ?? "").split(separator: ",").map { file throws(Unavailable) in
      // Leaving one out would be another project: better none than a part of them.
      guard file != "-" else {
        throw Unavailable(
          reason: "\(facts.project ?? facts.name) was started from standard input: act on the container instead")
      }
      return file.hasPrefix("/") ? String(file) : "\(directory)/\(file)"
    }
  }

  /// Lower-case hexadecimal digits, and nothing that could be taken for an option.
  package static func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// Docker's rule for names; none can be taken for an option.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isWordByte(first) else { return false }
    return text.utf8.allSatisfy { isWordByte($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

extension ContainerFacts {
  /// Why no command can be made of what Compose's labels say; `nil` where one can.
  var labelFault: String? {
    hasExactLabels
      ? nil
      : "\(name)'s Compose labels hold line breaks or controls, or are too long: act on the container instead"
  }
}

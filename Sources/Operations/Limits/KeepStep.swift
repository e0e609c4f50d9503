import Fleet
import Telemetry

/// Keeps the limits for the next `docker compose up`, in a Compose file of vigie's own.
///
/// Which file that is depends on what lies on the host, so the host decides: `keep/limits.bash`, which the plan shows.
extension LimitsChange.Member {
  func keep() throws(Unavailable) -> Step {
    let (_, service) = try target.composeNames()
    guard let directory = target.facts.composeDirectory, directory.hasPrefix("/") else {
      throw Unavailable(reason: "\(target.facts.name) does not say where its Compose files are")
    }
    let files = try target.composeFiles().filter { !$0.hasSuffix("/" + OwnFile.named) }
    if files.isEmpty { throw Unavailable(reason: "\(target.facts.name) does not say what its Compose files are") }
    let period = target.facts.cpuPeriod
    let values = [
      "cpus=\(period == nil ? after.cores?.text ?? "0" : "0")",
      "quota=\(period.flatMap { period in after.cores.map { "\(Self.quota($0, period))" } } ?? "0")",
      "memory=\(after.memory.map { "\($0.bytes)" } ?? "0")", "swap=\(swapBytes)",
    ].joined(separator: " ")
    func array(_ name: String, _ words: [String]) -> String { "\(name)=(\(ShellWord.line(words)))" }
    let lines = entries.map { "  \(service): {\($0)}" }
    let head = [
      "lines=(", lines.map(ShellWord.quoted).joined(separator: "\n"), ")", values, "service=\(service)",
      "dir=\(ShellWord.quoted(directory))", array("files", files), array("docker", target.docker),
    ]
    return Step(
      ["bash", "-s", "--", service, directory],
      input: (head + [String(decoding: PackageResources.limits_bash, as: UTF8.self)]).joined(separator: "\n"),
      note:
        "for the next `docker compose up`: the first of these lines that Compose understands, in \(OwnFile.standard(files[0])), "
        + "or, beside an override of somebody's, in \(OwnFile.named), which a line COMPOSE_FILE in .env names; nothing else "
        + "is changed")
  }

  private var swapBytes: String {
    switch after.swap {
    case .unlimited: "-1"
    case .together(let whole) where after.memory != nil: "\(whole.bytes)"
    case .together, .unset: "\(after.memory?.bytes ?? 0)"
    }
  }

  /// What the service's line can say, the plainest first: Compose refuses two figures for one thing, so a service with
  /// limits under `deploy` needs them there; and 0 where a limit of the project's own files is to go.
  private var entries: [String] {
    let taken = (cores: before.cores != nil && after.cores == nil, memory: before.memory != nil && after.memory == nil)
    var entries: [String] = []
    for isUnderDeploy in [false, true] {
      for zeros in [(cores: false, memory: false), taken, (cores: true, memory: true)] {
        let entry = entry(isUnderDeploy: isUnderDeploy, zeros)
        if !entry.isEmpty, !entries.contains(entry) { entries.append(entry) }
      }
    }
    return entries
  }

  /// - Parameter zeros: which of them are written as 0 where there is no limit.
  private func entry(isUnderDeploy: Bool, _ zeros: (cores: Bool, memory: Bool)) -> String {
    var plain: [String] = []
    var limits: [String] = []
    if let period = target.facts.cpuPeriod {
      if let quota = after.cores.map({ Self.quota($0, period) }) ?? (zeros.cores ? 0 : nil) {
        plain.append("cpu_quota: \(quota)")
      }
    } else if let cores = after.cores?.text ?? (zeros.cores ? "0" : nil) {
      if isUnderDeploy { limits.append("cpus: \"\(cores)\"") } else { plain.append("cpus: \(cores)") }
    }
    if let memory = after.memory?.limitText ?? (zeros.memory ? "0" : nil) {
      if isUnderDeploy { limits.append("memory: \"\(memory)\"") } else { plain.append("mem_limit: \(memory)") }
      plain.append("memswap_limit: \(after.memory == nil ? "0" : after.swapText)")
    }
    if !limits.isEmpty { plain.append("deploy: {resources: {limits: {\(limits.joined(separator: ", "))}}}") }
    return plain.joined(separator: ", ")
  }
}

/// The Compose file that vigie writes.
enum OwnFile {
  /// Where the project has a standard override of somebody else's already.
  static let named = "compose.vigie.yaml"
  /// How its first line begins.
  static let mark = "# Limits set with vigie"

  /// The override that Compose reads by itself beside such a file.
  static func standard(_ file: String) -> String {
    guard let dot = file.lastIndex(of: "."), !file[dot...].contains("/") else { return file + ".override" }
    return file[..<dot] + ".override" + file[dot...]
  }
}

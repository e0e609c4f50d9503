package import Fleet
package import Telemetry

/// One host, as far as booting it again goes.
package struct Machine: Hashable, Sendable {
  package var host: Host
  /// Its kernel's, of now.
  package var bootID: String
  /// Whether the user there is root; `nil` where the host does not say so.
  package var isRoot: Bool?
  /// Why `sudo` does not do; `nil` where it does, or nobody has tried it yet.
  package var sudoProblem: String?
  /// Whether Docker is asked by `sudo` there.
  package var needsSudo: Bool
  /// `nil` where Docker does not answer.
  package var containers: [ContainerFacts]?

  static let reboot = ["systemctl", "reboot"]
  static let wayBack =
    "none: what does not come back by itself has to be started by hand. Where the host itself stays away, "
    + "the OVHcloud Manager has a console (KVM) and a rescue mode for it."

  /// To come back and to start all its containers.
  static let patience = Duration.seconds(300)

  package init(_ host: Host, _ telemetry: HostTelemetry) {
    self.host = host
    bootID = telemetry.hello?.bootID ?? ""
    isRoot = telemetry.hello?.userID.map { $0 == 0 }
    let sudo = telemetry.capabilities[.sudo]
    sudoProblem = sudo?.isAvailable == false ? sudo?.reason : nil
    needsSudo = sudo?.isAvailable == true
    if telemetry.capabilities[.docker]?.isAvailable == true {
      containers = telemetry.containers.values.map(\.facts).sorted { $0.name < $1.name }
    }
  }

  /// Why it can't be rebooted from here; `nil` where it can.
  package var obstacle: String? {
    if host.connection == .local { return "\(host.name) is the machine that vigie runs on: reboot it by hand" }
    if isRoot != true, let sudoProblem { return "\(host.name): \(sudoProblem)" }
    if bootID.isEmpty { return "\(host.name) does not say which boot it is in: nobody could tell that it came back" }
    return nil
  }

  private var running: [ContainerFacts] { (containers ?? []).filter { $0.state == .running } }

  /// The containers that run now and that Docker starts again by itself.
  var returning: [ContainerFacts] {
    running.filter { $0.restartPolicy == "always" || $0.restartPolicy == "unless-stopped" }
  }

  var command: [String] { (isRoot == true ? [] : ["sudo", "-n"]) + Self.reboot }

  /// What a person should know before.
  var warnings: [String] {
    guard containers != nil else { return ["Docker does not answer: which containers go down is not known."] }
    var warnings: [String] = []
    let projects = Set(running.compactMap(\.project)).sorted().map { project in
      let parts = Set(running.filter { $0.project == project }.map { $0.service ?? $0.name })
      return "\(project) (\(parts.sorted().joined(separator: ", ")))"
    }
    let others = running.filter { $0.project == nil }.map(\.name)
    let all = projects + (others.isEmpty ? [] : ["outside of projects \(others.joined(separator: ", "))"])
    if !all.isEmpty { warnings.append("Down with it: \(all.joined(separator: "; ")).") }
    let returning = Set(returning.map(\.id))
    let lost = running.filter { !returning.contains($0.id) }
    if !lost.isEmpty {
      let names = lost.map { "\($0.name) (restart: \($0.restartPolicy.isEmpty ? "no" : $0.restartPolicy))" }
      warnings.append("Not started again by Docker: \(names.joined(separator: ", ")).")
    }
    return warnings
  }
}

extension Plan {
  /// A host that boots again, and is waited for until its containers are as before.
  package static func reboot(_ machine: Machine, settings: ActionSettings) throws(Unavailable) -> Plan {
    if let obstacle = machine.obstacle { throw Unavailable(reason: obstacle) }
    let host = machine.host
    var job = Job(
      host: host.name, title: "Reboot \(host.name)", lock: "@host", subject: host.name.text,
      steps: [Step(machine.command, limit: .seconds(60))], look: try .rebooted(machine))
    job.isReboot = true
    var plan = Plan(
      title: job.title,
      effect: "All that runs there stops and starts again: nobody gets an answer for a minute or more. "
        + "Where somebody else acts on the host at that moment, nothing is run, and you are told who.",
      wayBack: Machine.wayBack, danger: settings.danger(of: .hostReboot, in: host.environment),
      environment: host.environment, jobs: [job])
    plan.warnings = machine.warnings
    return plan
  }
}

extension Look {
  /// Which boot the host is in, and how many of the containers that are to be there run and are healthy.
  static func rebooted(_ machine: Machine) throws(Unavailable) -> Look {
    let docker = (machine.needsSudo ? ["sudo", "-n"] : []) + ["docker"]
    let format =
      "{{.Name}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}"
    let ids = try machine.returning.map { facts throws(Unavailable) in
      try Target(host: machine.host, facts: facts, needsSudo: machine.needsSudo).identifier()
    }
    // Right after a boot Docker does not answer yet: then none of them is there.
    let inspect = ShellWord.line(docker + ["inspect", "--type", "container", "--format", format] + ids)
    let script = """
      read -r boot < /proc/sys/kernel/random/boot_id || exit 1
      ready=0 waiting=
      while read -r name state health; do
        case $state/$health in
          running/none | running/healthy) ready=$((ready + 1)) ;;
          ?*/*) waiting=$waiting,${name#/} ;;
        esac
      done <<END
      \(ids.isEmpty ? "" : "$(\(inspect) 2> /dev/null)")
      END
      echo "boot=${boot%%-*} ready=$ready/\(ids.count)${waiting:+ waiting=${waiting#,}}"
      """
    let boot = machine.bootID.prefix { $0 != "-" }.filter { $0.isHexDigit }
    let all = ids.count == 1 ? "its container" : "its \(ids.count) containers"
    return Look(
      ["sh", "-c", script], wanted: "boot=!(\(boot)) ready=\(ids.count)/\(ids.count)*", patience: Machine.patience,
      words: ids.isEmpty ? "back" : "back, with \(all) running and healthy")
  }
}

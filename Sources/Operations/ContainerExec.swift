package import Fleet
internal import Telemetry

/// What is run inside a container: a shell that has the operator's terminal, or one command line.
package enum ContainerExec {
  /// The container's own shell, bash where it has one.
  static let shell = "command -v bash >/dev/null && exec bash || exec sh"

  /// The variable by which a shell and all that it started is found again.
  private static let variable = "VIGIE_SHELL"

  /// Docker leaves what it runs in a container there when whoever asked for it is gone: so the shell is marked, and what
  /// bears the mark is hung up on as well.
  static func steps(_ target: Target, _ id: String, mark: String) -> [Step] {
    let find = "case $(tr '\\0' ' ' < $p/environ) in *'\(variable)=\(mark) '*) kill -HUP ${p#/proc/} ;; esac"
    return [
      Step(target.docker + ["exec", "-it", "--env", "\(variable)=\(mark)", id, "sh", "-c", shell]),
      Step(
        target.docker + ["exec", id, "sh", "-c", "for p in /proc/[0-9]*; do \(find); done"],
        note: "only where the connection breaks, so that no shell stays behind"),
    ]
  }

  static let wayBack = "none for what is done inside."

  /// How long a command line may take.
  static let limit = Duration.seconds(600)

  /// Why nothing can be run in it; `nil` where something can.
  package static func obstacle(_ target: Target) -> String? {
    let name = target.facts.name
    return switch target.facts.state {
    case .running: nil
    case .paused: "\(name) is paused: resume it first"
    case .restarting: "\(name) is restarting: wait until it runs"
    case .created, .removing, .exited, .dead: "\(name) does not run: start it first"
    }
  }
}

extension Plan {
  /// A shell in one container.
  /// - Parameter mark: a word of letters and digits that no other shell has.
  package static func shell(
    in targets: [Target], mark: String, settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    guard targets.count <= 1 else {
      throw Unavailable(reason: "a shell is in one container: take the marks away first")
    }
    var jobs: [Job] = []
    for target in targets {
      let id = try runnable(target)
      var job = Job(
        host: target.host.name, title: "Shell in \(target.facts.name) on \(target.host.name)",
        project: target.facts.project, subject: target.facts.name,
        steps: ContainerExec.steps(target, id, mark: mark))
      job.takesTerminal = true
      jobs.append(job)
    }
    return try collected(
      jobs, of: targets, title: "",
      effect: "The terminal is the shell's until it ends: exit or Ctrl-d comes back. "
        + "When it began and ended is recorded, what is typed in it is not.",
      wayBack: ContainerExec.wayBack, action: .containerShell, settings: settings)
  }

  /// One command line, run in each container by its own shell.
  package static func command(
    _ line: String, in targets: [Target], settings: ActionSettings
  ) throws(Unavailable) -> Plan {
    guard line.contains(where: { !$0.isWhitespace }) else { throw Unavailable(reason: "type a command line first") }
    var jobs: [Job] = []
    for target in targets {
      let id = try runnable(target)
      var step = Step(target.docker + ["exec", id, "sh", "-c", line], limit: ContainerExec.limit)
      step.isOwn = true
      jobs.append(
        Job(
          host: target.host.name, title: "Run a command in \(target.facts.name) on \(target.host.name)",
          lock: target.lock, project: target.facts.project, subject: target.facts.name,
          steps: [step]))
    }
    return try collected(
      jobs, of: targets, title: "Run a command in \(jobs.count) containers",
      effect: "It runs inside, as the container's user, with nothing on its standard input. After "
        + "\(ContainerExec.limit.short), or by Cancel, its output is waited for no longer; inside it may go on.",
      wayBack: ContainerExec.wayBack, action: .containerCommand, settings: settings)
  }

  private static func runnable(_ target: Target) throws(Unavailable) -> String {
    if let reason = ContainerExec.obstacle(target) { throw Unavailable(reason: reason) }
    return try target.identifier()
  }
}

import Fleet
import Operations
import Surface
import Telemetry

extension Model {
  /// Shows what a command would run, and asks.
  mutating func ask(_ command: CommandID) {
    guard let id = actedContainer, let facts = facts(id), let host = fleet.host(id.host) else { return }
    let needsSudo = telemetry[id.host]?.needsSudo ?? false
    do throws(Unavailable) {
      let plan =
        command == .serviceRestart
        ? try Plan.restartService(facts, on: host, sudo: needsSudo) : try Plan.restart(facts, on: host, sudo: needsSudo)
      notice = nil
      overlay = .confirm(Confirmation(plan: plan, subject: facts.name, project: facts.project))
    } catch {
      say(error.reason, isProblem: true)
    }
  }

  mutating func press(_ key: Key, in confirmation: Confirmation) -> [Effect] {
    var confirmation = confirmation
    switch dialogCommand(key) {
    case .dialogNext, .dialogPrevious:
      confirmation.button = confirmation.button == .cancel ? .run : .cancel
    case .dialogConfirm where confirmation.button == .run:
      return start(confirmation)
    case .dialogConfirm, .dialogCancel:
      overlay = nil
      say("nothing was done")
      return []
    default: break
    }
    overlay = .confirm(confirmation)
    return []
  }

  /// Runs the first step; each further one starts when the one before it ended well.
  private mutating func start(_ confirmation: Confirmation) -> [Effect] {
    let number = nextPlan
    nextPlan += 1
    operations[number] = RunningPlan(
      plan: confirmation.plan, subject: confirmation.subject, project: confirmation.project, startedAt: now)
    overlay = .progress(number)
    return run(number)
  }

  private func run(_ number: Int) -> [Effect] {
    guard let running = operations[number], running.plan.steps.indices.contains(running.step) else { return [] }
    let step = running.plan.steps[running.step]
    let entry = AuditEntry(
      command: step.line, host: step.host, environment: running.plan.environment, project: running.project,
      subject: running.subject, title: running.plan.title)
    return [.run(StepID(plan: number, step: running.step), step, audit: entry)]
  }

  mutating func take(_ line: String, of id: StepID) {
    guard var running = operations[id.plan] else { return }
    running.output.append(line)
    if running.output.count > 200 { running.output.removeFirst() }
    operations[id.plan] = running
  }

  mutating func end(_ id: StepID, _ result: StepResult) -> [Effect] {
    guard var running = operations[id.plan], running.endedAt == nil else { return [] }
    running.results.append(result)
    running.step += 1
    let isOver = result != .exited(status: 0) || running.step >= running.plan.steps.count
    if isOver { running.endedAt = now }
    operations[id.plan] = running
    guard isOver else { return run(id.plan) }
    let took = (now - running.startedAt).inSeconds
    let seconds = "\(Int(took)).\(Int(took * 10) % 10) s"
    if running.failed {
      say("\(running.plan.title): \(result.sentence)", isProblem: true)
    } else {
      say("\(running.plan.title): done in \(seconds)")
    }
    var effects = running.plan.steps.map { Effect.order($0.host, "now") }
    if effects.count > 1 { effects = Array(Set(effects)) }
    return effects
  }

  /// Why a command can't be done now, in one sentence; `nil` where it can.
  package func unavailability(of command: CommandID) -> String? {
    switch command {
    case .containerRestart, .serviceRestart:
      guard let id = actedContainer else { return "choose a container first" }
      guard let facts = facts(id) else { return "that container is no longer there" }
      if !condition(of: id.host).isLive { return "\(id.host) does not answer: nothing can be run on it now" }
      if command == .serviceRestart, facts.service == nil { return "\(facts.name) was not started by Compose" }
      return nil
    case .containerLogs, .containerInspect:
      guard let id = actedContainer else { return "choose a container first" }
      return facts(id) == nil ? "that container is no longer there" : nil
    case .hostAnswer:
      guard let host = actedHost, case .needsPerson? = links[host] else { return "no host waits for an answer here" }
      return nil
    case .partAsk:
      return askable == nil ? "choose a part that can be asked, or a host" : nil
    default:
      return nil
    }
  }

  var sortMenu: Menu {
    let entries = sortKeys(focus).map { key in
      Menu.Entry(letter: key.letter, title: key.title, choice: .sort(focus, key))
    }
    let selected = entries.firstIndex { $0.choice == .sort(focus, self[focus].sort) } ?? 0
    return Menu(title: "Sort \(focus.title) by", entries: entries, selected: selected)
  }

  var actionMenu: Menu {
    let commands: [CommandID] = [
      .open, .containerLogs, .containerInspect, .containerRestart, .serviceRestart, .partAsk, .copy, .hostReconnect,
      .hostAnswer, .sampleNow,
    ]
    let name = actedContainer.flatMap { facts($0)?.name } ?? actedHost?.text ?? ""
    return Menu(
      title: name,
      entries: commands.map { command in
        Menu.Entry(
          letter: keymap.letter(of: command) ?? " ", title: command.command.title, help: command.command.help,
          choice: .command(command),
          unavailable: unavailability(of: command))
      })
  }
}

extension SortKey {
  fileprivate var letter: Unicode.Scalar {
    switch self {
    case .standard: "u"
    case .name: "n"
    case .cpu: "c"
    case .memory: "m"
    case .state: "s"
    case .restarts: "r"
    case .age: "a"
    case .hitRate: "h"
    case .severity: "w"
    }
  }
}

extension StepResult {
  /// How it ended, for the operator.
  package var sentence: String {
    switch self {
    case .exited(let status): status == 0 ? "done" : "failed with exit status \(status)"
    case .killed(let signal): "ended by signal \(signal)"
    case .failed(let reason): reason
    }
  }
}

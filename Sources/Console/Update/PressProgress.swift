import Fleet
import Operations
import Surface
import Telemetry

extension Model {
  /// What can be done about a plan that runs or ended; the harmless one first.
  package func buttons(of progress: Progress) -> [Progress.Button] {
    guard let operation = operations[progress.number] else { return [.close] }
    if !operation.isOver { return [.leave, .cancel] }
    var buttons: [Progress.Button] = [.close]
    if !operation.isDone { buttons.append(.retry) }
    if operation.wayBack != nil { buttons.append(.undo) }
    return buttons
  }

  mutating func press(_ key: Key, in progress: Progress) -> [Effect] {
    var progress = progress
    let buttons = buttons(of: progress)
    progress.focused = min(progress.focused, buttons.count - 1)
    switch dialogCommand(key) {
    case .dialogNext: progress.focused = (progress.focused + 1) % buttons.count
    case .dialogPrevious: progress.focused = (progress.focused + buttons.count - 1) % buttons.count
    case .dialogCancel:
      overlay = nil
      return []
    case .dialogConfirm: return choose(buttons[progress.focused], of: progress.number)
    default:
      switch key.code {
      case .pageDown: progress.offset += 5
      case .pageUp: progress.offset = max(0, progress.offset - 5)
      case .character("u") where buttons.contains(.undo): return choose(.undo, of: progress.number)
      default: break
      }
    }
    overlay = .progress(progress)
    return []
  }

  private mutating func choose(_ button: Progress.Button, of number: Int) -> [Effect] {
    overlay = nil
    guard var operation = operations[number] else { return [] }
    switch button {
    case .leave, .close: return []
    case .cancel:
      let running = operation.cancel(at: now)
      operations[number] = operation
      overlay = .progress(Progress(number))
      return running.map { .cancel(JobID(plan: number, job: $0)) }
    case .retry: return allowed { $0.retry(operation) }
    case .undo: return allowed { model in model.undo(of: operation) }
    }
  }

  private mutating func allowed(_ act: (inout Model) -> [Effect]) -> [Effect] {
    guard let reason = lockReason else { return act(&self) }
    say(reason, isProblem: true)
    return []
  }

  /// What did not end well once more, without containers that are no longer there: the first of them would stop the plan
  /// before what can still be done.
  private mutating func retry(_ operation: Operation) -> [Effect] {
    let jobs = operation.plan.jobs
    let gone = operation.unfinished.filter { isGone(jobs[$0]) }
    let rest = operation.unfinished.filter { !gone.contains($0) }
    let names = gone.map { "\(jobs[$0].subject) on \(jobs[$0].host)" }.joined(separator: ", ")
    guard !rest.isEmpty else {
      say("nothing is left to retry: no longer there: \(names)", isProblem: true)
      return []
    }
    var plan = operation.plan.retry(of: rest)
    if !gone.isEmpty { plan.warnings.append("Left out, because they are no longer there: \(names).") }
    return propose(plan)
  }

  private func isGone(_ job: Job) -> Bool {
    guard let id = job.container, condition(of: job.host).isLive else { return false }
    return telemetry[job.host]?.capabilities[.docker]?.isAvailable == true
      && facts(ContainerID(host: job.host, id: id)) == nil
  }
}

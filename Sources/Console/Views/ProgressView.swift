import Fleet
import Operations
import Surface

/// A plan that runs or ended: a line for each host, what its steps print, and what was seen before and after.
enum ProgressView {
  static func draw(_ progress: Progress, _ model: Model, on frame: inout Frame, in area: Rect) {
    guard let operation = model.operations[progress.number] else { return }
    var text: [[Span]] = []
    for (index, job) in operation.plan.jobs.enumerated() {
      text += lines(job, operation.jobs[index], isOnly: operation.jobs.count == 1, model)
    }
    if let pause = operation.pauseLeft(at: model.now) {
      text.append([Span("the next in \(pause.short)", .muted)])
    }
    text += LimitsEffect.lines(operation, model)
    if operation.isOver, !operation.isDone, operation.jobs.count > 1 {
      text += [[], [Span(operation.outcome, .critical)]]
    }
    let buttons = model.buttons(of: progress)
    Dialog(
      operation.plan.title, text, buttons: buttons.map(\.rawValue), focused: min(progress.focused, buttons.count - 1),
      offset: progress.offset
    ).draw(on: &frame, in: area)
  }

  private static func lines(_ job: Job, _ progress: JobProgress, isOnly: Bool, _ model: Model) -> [[Span]] {
    var text: [[Span]] = [
      [
        Span(job.place == .here ? "here, for " : "", .muted),
        Span("\(job.host) ", Style(Tone.of(model.environment(of: job.host)), bold: true)),
      ]
        + (isOnly ? [] : [Span("\(job.subject) ", .muted)]) + [state(progress, of: job, model)]
    ]
    guard isOnly || progress.isActive || progress.problem != nil else { return text }
    for (index, step) in job.steps.enumerated() {
      text.append([mark(of: index, progress, model), Span(step.line, Style(.dialog, bold: true))])
    }
    // What ended is read in full, by PageDown. What a step wants to be read begins with an exclamation mark.
    let shown = isOnly ? (progress.isActive ? 8 : JobProgress.mostOutput) : 3
    text += progress.output.suffix(shown).map { [Span("    \($0.text)", $0.text.hasPrefix("! ") ? .warning : .muted)] }
    if let look = job.look, progress.after == nil, progress.isActive, job.isReboot || progress.hasEndedSteps(of: job) {
      text.append([Span("  until it is \(look.words) …", .warning)])
    }
    text += sight(progress)
    return text
  }

  /// What was seen before and after: what changed, or the two as they are.
  private static func sight(_ progress: JobProgress) -> [[Span]] {
    let style = Style(progress.isAsWanted == false ? .critical : .dialog)
    let changes = Sight.changes(progress.before ?? "", progress.after ?? "")
    if changes.isEmpty {
      return [("  before  ", progress.before, Style(.dialog)), ("  after   ", progress.after, style)].compactMap {
        label, text, style in text.map { [Span(label, .muted), Span($0, style)] }
      }
    }
    let same = changes.filter(\.isSame).map { "\($0.key) \($0.after)" }
    let new = changes.filter { !$0.isSame }.flatMap { change in
      [Span("  \(change.key) ", .muted), Span("\(change.before) → \(change.after)", style)]
    }
    return (new.isEmpty ? [] : [new])
      + (same.isEmpty ? [] : [[Span("  as before: \(same.joined(separator: ", "))", .muted)]])
  }

  private static func state(_ progress: JobProgress, of job: Job, _ model: Model) -> Span {
    switch progress.state {
    case .waiting: Span("waits", .muted)
    case .running:
      Span("running for \(max(.zero, model.now - (progress.startedAt ?? model.now)).short)", .warning)
    case .lost where job.isReboot: Span("rebooting; it is asked for when the host is back", .warning)
    case .lost(let reason): Span("\(reason); it goes on there, and is asked for when the host is back", .warning)
    case .done: Span("done", .good)
    case .failed(let reason): Span(reason, .critical)
    case .notRun(let reason): Span("nothing was run: \(reason)", .critical)
    case .skipped(let reason): Span("not begun: \(reason)", .muted)
    }
  }

  private static func mark(of index: Int, _ progress: JobProgress, _ model: Model) -> Span {
    guard progress.steps.indices.contains(index) else { return Span("  ", .muted) }
    switch progress.steps[index] {
    // A step that its host's end has ended as it should is done.
    case .running where progress.isDone: return Span("✓ ", .good)
    case .running: return Span(progress.isActive ? "› " : "! ", .warning)
    case .ended(.exited(0), _): return Span("✓ ", .good)
    case .ended: return Span("✗ ", .critical)
    }
  }
}

extension JobProgress {
  /// Whether all of a job's steps have ended.
  fileprivate func hasEndedSteps(of job: Job) -> Bool {
    guard steps.count == job.steps.count, case .ended? = steps.last else { return false }
    return true
  }
}

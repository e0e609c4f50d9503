import Fleet
import Operations
import Surface

/// The question before an action: exactly what will run, where, what it does, and the way back.
enum ConfirmationView {
  static func draw(_ confirmation: Confirmation, _ model: Model, on frame: inout Frame, in area: Rect) {
    let plan = confirmation.plan
    var text: [[Span]] = []
    if plan.environment == .prod {
      text.append([Span("PRODUCTION", Style(.production, bold: true, reverse: true))])
    }
    // What must not stay below the fold of a small terminal comes first.
    text += plan.warnings.map { [Span($0, .warning)] }
    text += [[Span(plan.effect)], []]
    for job in plan.jobs { text += lines(job, of: plan, model) }
    if plan.jobs.count > 1 { text.append([Span(order(plan), .muted)]) }
    text += [[], [Span("Way back: ", .muted), Span(plan.wayBack)]]
    text += scripts(plan)
    Dialog(
      plan.title, text, input: confirmation.typed, prompt: confirmation.typed == nil ? [] : prompt(plan),
      buttons: confirmation.typed == nil ? Confirmation.Button.allCases.map(\.rawValue) : ["Esc: Cancel"],
      focused: confirmation.typed == nil && confirmation.button == .run ? 1 : 0, offset: confirmation.offset
    ).draw(on: &frame, in: area)
  }

  private static func prompt(_ plan: Plan) -> [Span] {
    let what = plan.nameToType == nil ? ", how many they are," : ""
    return [Span("Type "), Span(plan.answer, Style(.dialog, bold: true)), Span("\(what) and press Enter to run it:")]
  }

  private static func lines(_ job: Job, of plan: Plan, _ model: Model) -> [[Span]] {
    let environment = model.environment(of: job.host)
    var text: [[Span]] = [
      [
        Span(job.place == .here ? "here, for " : "on ", .muted),
        Span(job.host.text, Style(Tone.of(environment), bold: true)),
      ]
        + (plan.jobs.count > 1 ? [Span(", \(job.subject)", .muted)] : [])
    ]
    for step in job.steps {
      if let note = step.note { text.append([Span("  # \(note)", .muted)]) }
      text.append([Span("  \(step.line)", Style(.dialog, bold: true))])
      let input = input(of: step)
      text += input.prefix(input.count > mostInput ? headOfInput : mostInput)
      if input.count > mostInput { text.append([Span("    … the rest stands at the end", .muted)]) }
    }
    if let look = job.look, !look.words.isEmpty {
      text.append([Span("  then until it is \(look.words), \(look.patience.short) at most", .muted)])
    }
    return text
  }

  /// Longer input would hide what the plan does, and its warnings: it stands in full after all else, and its head, where
  /// the values are, also in its place.
  private static let mostInput = 10
  private static let headOfInput = 2

  private static func input(of step: Step) -> [[Span]] {
    (step.input ?? "").split(separator: "\n").map { [Span("    \($0)", .muted)] }
  }

  private static func scripts(_ plan: Plan) -> [[Span]] {
    var text: [[Span]] = []
    for job in plan.jobs {
      for step in job.steps where input(of: step).count > mostInput {
        text += [[], [Span("on \(job.host), all that \(step.line) reads:", .muted)]] + input(of: step)
      }
    }
    return text
  }

  private static func order(_ plan: Plan) -> String {
    let batch = plan.pacing.batch == 1 ? "one after the other" : "\(plan.pacing.batch) at a time"
    let pause = plan.pacing.pause > .zero ? ", \(plan.pacing.pause.short) apart" : ""
    return "\(batch)\(pause), stopping at the first that fails"
  }
}

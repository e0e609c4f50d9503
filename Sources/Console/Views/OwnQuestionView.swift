import Fleet
import Operations
import Surface

/// A question of one of the operator's own commands, before its plan is shown.
enum OwnQuestionView {
  static func draw(_ form: OwnForm, _ model: Model, on frame: inout Frame, in area: Rect) {
    guard let question = form.question else { return }
    let count = form.command.questions.count
    let number = count == 1 ? "" : ", question \(form.answers.count + 1) of \(count)"
    let text: [[Span]] = [
      [Span(form.command.help, .muted)], [], [Span(question.ask, Style(.dialog, bold: true))],
      [Span("The answer becomes a part of the command, and of its record.", .muted)],
    ]
    Dialog(form.command.name + number, text, input: form.field, buttons: ["Esc: Cancel"])
      .draw(on: &frame, in: area)
  }
}

import Operations
import Surface

/// The form that asks how many containers of a service are to run.
enum ReplicasView {
  static func draw(_ form: ReplicasForm, on frame: inout Frame, in area: Rect) {
    let stopped = form.count - form.running
    let now = "\(form.running) \(form.running == 1 ? "runs" : "run") now" + (stopped > 0 ? ", \(stopped) stopped" : "")
    Dialog(
      form.title,
      [
        [Span("\(now). "), Span("Up and Down, or a number from 0 to \(Replicas.most);", .muted)],
        [Span("Enter shows what would be done.", .muted)],
      ], input: form.field, buttons: ["Esc: Cancel"]
    ).draw(on: &frame, in: area)
  }
}

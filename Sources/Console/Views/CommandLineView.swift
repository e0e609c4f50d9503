import Surface

/// The line that asks what to run in a container.
enum CommandLineView {
  static func draw(_ line: TypedCommand, on frame: inout Frame, in area: Rect) {
    Dialog(
      line.title,
      [
        [
          Span("A command line for the container's sh, as in "),
          Span("ls -l /var/log | tail", Style(.dialog, bold: true)),
        ],
        [Span("It is shown before it runs, and recorded: type no password in it.", .muted)],
      ], input: line.field, buttons: ["Esc: Cancel"]
    ).draw(on: &frame, in: area)
  }
}

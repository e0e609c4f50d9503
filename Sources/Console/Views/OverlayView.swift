import Fleet
import Operations
import Surface

/// What lies over the panes: help, palette, menus, the question before an action, and its progress.
enum OverlayView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    switch model.overlay {
    case .help(let offset): HelpView.draw(model, offset: offset, on: &frame, in: area)
    case .palette(let field, let selected): PaletteView.draw(field, selected, model, on: &frame, in: area)
    case .menu(let menu): MenuView.draw(menu, on: &frame, in: area)
    case .limits(let form): LimitsView.draw(form, model, on: &frame, in: area)
    case .commandLine(let line): CommandLineView.draw(line, on: &frame, in: area)
    case .replicas(let form): ReplicasView.draw(form, on: &frame, in: area)
    case .confirm(let confirmation): ConfirmationView.draw(confirmation, model, on: &frame, in: area)
    case .progress(let progress): ProgressView.draw(progress, model, on: &frame, in: area)
    case .ownQuestion(let form): OwnQuestionView.draw(form, model, on: &frame, in: area)
    case .answer(let offset): AnswerView.draw(model, offset: offset, on: &frame, in: area)
    case .filter, .find, nil: break
    }
  }

  /// An empty box in the middle, with a title and a border.
  static func box(_ title: String, width: Int, height: Int, on frame: inout Frame, in area: Rect) -> Rect {
    let size = Size(width: min(width, area.width), height: min(height, area.height))
    let place = Rect(
      x: area.x + (area.width - size.width) / 2, y: area.y + (area.height - size.height) / 2, width: size.width,
      height: size.height)
    frame.fill(place, " ", Style(.dialog))
    Pane(title, isFocused: true).draw(on: &frame, in: place)
    return place.inset(x: 2, y: 1)
  }

  /// Lines that a whole help and a reason take at most, below a list that cuts them.
  static let wordLines = 2

  /// What is said of the chosen entry, in full, at the bottom of a box.
  static func say(_ help: String, _ reason: String?, on frame: inout Frame, in area: Rect) {
    let words = reason.map { help.isEmpty ? $0 : "\(help) Not now: \($0)" } ?? help
    for (y, line) in wrap(words, width: area.width).prefix(area.height).enumerated() {
      frame.put(line, x: area.x, y: area.y + y, Style(reason == nil ? .dialog : .warning), limit: area.width)
    }
  }
}

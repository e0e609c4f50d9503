import Fleet
import Operations
import Surface

/// What lies over the panes: help, palette, menus, the question before an action, and its progress.
enum OverlayView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    switch model.overlay {
    case .help(let offset): HelpView.draw(model, offset: offset, on: &frame, in: area)
    case .palette(let field, let selected): draw(palette: field, selected, model, on: &frame, in: area)
    case .menu(let menu): draw(menu, on: &frame, in: area)
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

  private static func draw(
    palette field: TextField, _ selected: Int, _ model: Model, on frame: inout Frame, in area: Rect
  ) {
    let entries = model.paletteEntries(field.text)
    let height = min(16, area.height - 4)
    let inside = box("Commands", width: min(90, area.width - 4), height: height + 2, on: &frame, in: area)
    frame.put(":", x: inside.x, y: inside.y, Style(.barKey))
    let line = Rect(x: inside.x + 2, y: inside.y, width: inside.width - 2, height: 1)
    field.draw(on: &frame, in: line, Style(.dialog, bold: true))
    let list = inside.split(top: 1).rest
    let offset = scrolled(offset: 0, selected: selected, visible: list.height, count: entries.count)
    if entries.isEmpty {
      frame.put("no command has a name like that", x: list.x, y: list.y, Style(.muted), limit: list.width)
    }
    for (line, entry) in entries.dropFirst(offset).prefix(list.height).enumerated() {
      let y = list.y + line
      let command = model.described(entry)
      let role: Role = command.unavailable == nil ? .dialog : .muted
      frame.put(command.name, x: list.x, y: y, Style(role, bold: command.unavailable == nil), limit: 20)
      frame.put(command.key, x: list.x + 21, y: y, Style(.barKey), limit: 9)
      frame.put(command.unavailable ?? command.help, x: list.x + 31, y: y, Style(role), limit: list.width - 31)
      if offset + line == selected {
        frame.restyle(Rect(x: list.x, y: y, width: list.width, height: 1)) { $0.ground = .selected }
      }
    }
  }

  private static func draw(_ menu: Menu, on frame: inout Frame, in area: Rect) {
    let titles = menu.entries.map { $0.title.columns }.max() ?? 0
    // A reason that is the same for all stands in the title, and leaves room for what each would do.
    func words(_ entry: Menu.Entry) -> String {
      entry.unavailable.map { $0 == menu.note ? entry.help : $0 } ?? entry.help
    }
    let title = menu.title + (menu.note.map { ", \($0)" } ?? "")
    let width = max(title.columns + 6, titles + (menu.entries.map { words($0).columns }.max() ?? 0) + 9, 30)
    let inside = box(
      title, width: min(width, area.width - 4), height: menu.entries.count + 2, on: &frame, in: area)
    let offset = scrolled(offset: 0, selected: menu.selected, visible: inside.height, count: menu.entries.count)
    ScrollBar(offset: offset, visible: inside.height, count: menu.entries.count)
      .draw(on: &frame, in: Rect(x: inside.right + 1, y: inside.y, width: 1, height: inside.height))
    for (line, entry) in menu.entries.dropFirst(offset).prefix(inside.height).enumerated() {
      let y = inside.y + line
      let isOffered = entry.unavailable == nil
      frame.put(String(entry.letter), x: inside.x, y: y, Style(isOffered ? .barKey : .muted))
      frame.put(entry.title, x: inside.x + 2, y: y, Style(isOffered ? .dialog : .muted, bold: isOffered), limit: titles)
      let x = inside.x + 4 + titles
      frame.put(words(entry), x: x, y: y, Style(.muted), limit: inside.right - x)
      if offset + line == menu.selected {
        frame.restyle(Rect(x: inside.x, y: y, width: inside.width, height: 1)) { $0.ground = .selected }
      }
    }
  }
}

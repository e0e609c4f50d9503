import Fleet
import Surface

/// The last line: what the operator should know now, else the keys that matter here.
enum FooterView {
  static func draw(_ model: Model, on frame: inout Frame, in area: Rect) {
    if let (subject, field) = typed(model) {
      let prompt = " filter \(subject): "
      frame.fill(area, " ", Style(.bar))
      var x = frame.put(prompt, x: area.x, y: area.y, Style(.bar, bold: true))
      let hint = "Enter keeps it, Esc drops it, !word excludes "
      let room = area.width - x - hint.columns - 2
      field.draw(on: &frame, in: Rect(x: area.x + x, y: area.y, width: max(12, room), height: 1), Style(.bar))
      x += field.text.columns
      if x + hint.columns + 1 < area.width {
        frame.put(hint, x: area.right - hint.columns, y: area.y, Style(.bar))
      }
      return
    }
    if let notice = model.notice {
      let mark = notice.isProblem ? " ! " : " "
      // What is longer than the line is read whole, over what is above it.
      let lines = wrap(notice.text, width: area.width - mark.columns - 1).prefix(3)
      let place = Rect(x: area.x, y: area.bottom - lines.count, width: area.width, height: lines.count)
      frame.fill(place, " ", Style(.bar))
      let style = Style(notice.isProblem ? .barKey : .bar, bold: true)
      frame.put(mark, x: place.x, y: place.y, style)
      for (row, line) in lines.enumerated() { frame.put(line, x: place.x + mark.columns, y: place.y + row, style) }
      return
    }
    var note: [Span] = []
    if !model.chord.pressed.isEmpty {
      note = [Span(model.chord.pressed.map(\.notation).joined(separator: " ") + " … ", .barKey)]
    }
    KeyHints(hints(model), note: note).draw(on: &frame, in: area)
  }

  /// What the filter being typed is for, and its text.
  private static func typed(_ model: Model) -> (subject: String, field: TextField)? {
    switch model.overlay {
    case .filter(let pane, let field, _): (pane.title, field)
    case .find(let field, _): (model.reading?.name ?? "", field)
    default: nil
    }
  }

  /// The commands that matter most at this place and can be done now, each with its first key.
  private static func hints(_ model: Model) -> [KeyHints.Hint] {
    Footer.hints(of: model.keymap, at: model.scope)
      .filter {
        model.offers($0.command) && model.unavailability(of: $0.command) == nil
          && ($0.command != .back || model.canGoBack)
      }
      .compactMap { hint in title(hint, model).map { KeyHints.Hint(hint.key, $0) } } + more(model)
  }

  /// What a command does here, in the words of what is open; `nil` where it does nothing.
  private static func title(_ hint: Footer.Hint, _ model: Model) -> String? {
    let words: (confirm: String, cancel: String, next: String?)
    switch (hint.command, model.overlay) {
    case (.lockToggle, _): return model.access == .locked ? "unlock" : hint.title
    case (_, .confirm(let confirmation)?) where confirmation.typed != nil:
      words = ("run it", "cancel", "scroll")
    case (_, .confirm?): words = ("press the button", "cancel", "other button")
    case (_, .limits?): words = ("plan", "leave", "next figure")
    case (_, .progress(let progress)?):
      words = ("press the button", "close", model.buttons(of: progress).count > 1 ? "other button" : nil)
    case (_, .commandLine?), (_, .ownQuestion?): words = ("go on", "cancel", nil)
    case (_, .replicas?): words = ("plan", "cancel", nil)
    case (_, .menu?), (_, .palette?): words = (hint.title, "close", hint.title)
    default: return hint.title
    }
    switch hint.command {
    case .dialogConfirm: return words.confirm
    case .dialogCancel: return words.cancel
    case .dialogNext: return words.next
    default: return hint.title
    }
  }

  /// Keys that only one kind of box has.
  private static func more(_ model: Model) -> [KeyHints.Hint] {
    switch model.overlay {
    case .confirm(let confirmation)? where confirmation.typed == nil:
      [KeyHints.Hint("PageDown", "scroll"), KeyHints.Hint("y", "copy")]
    case .progress?: [KeyHints.Hint("PageDown", "scroll")]
    case .replicas?: [KeyHints.Hint("Up", "more"), KeyHints.Hint("Down", "fewer")]
    default: []
    }
  }
}

extension Model {
  /// Whether Esc closes something here.
  var canGoBack: Bool {
    overlay != nil || detail != nil || isZoomed || !marks.isEmpty || isOnSitesPage || focus == .history || showsAllHosts
      || !self[focus].filter.isEmpty
  }
}

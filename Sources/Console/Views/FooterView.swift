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
      frame.fill(area, " ", Style(.bar))
      let mark = notice.isProblem ? " ! " : " "
      frame.put(mark + notice.text, x: area.x, y: area.y, Style(notice.isProblem ? .barKey : .bar, bold: true))
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
      .map { KeyHints.Hint($0.key, $0.command == .lockToggle && model.access == .locked ? "unlock" : $0.title) }
  }
}

extension Model {
  /// Whether Esc closes something here.
  var canGoBack: Bool {
    overlay != nil || detail != nil || isZoomed || !marks.isEmpty || isOnSitesPage || focus == .history || showsAllHosts
      || !self[focus].filter.isEmpty
  }
}

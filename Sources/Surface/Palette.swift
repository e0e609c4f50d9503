/// A theme, resolved: how each role looks. A role that was not given looks like plain text.
package struct Palette: Hashable, Sendable {
  private var appearances: [Role: Appearance]

  package init(_ appearances: [Role: Appearance]) { self.appearances = appearances }

  package subscript(role: Role) -> Appearance {
    get { appearances[role] ?? appearances[.text] ?? Appearance() }
    set { appearances[role] = newValue }
  }

  /// How a cell of this style looks.
  ///
  /// On the row under the cursor a role keeps its own colour, on that row's background; plain and muted text take the
  /// row's colour, and everything does where the theme marks the row by reversing it.
  package func appearance(of style: Style) -> Appearance {
    var result = self[style.role]
    if style.ground != .plain {
      let row = self[style.ground == .selected ? .selected : .selectedUnfocused]
      let own = result
      result = row
      if !row.reverse, own.foreground != self[.text].foreground, own.foreground != self[.muted].foreground {
        result.foreground = own.foreground
        result.dim = false
      }
      result.bold = row.bold || own.bold
      result.underline = row.underline || own.underline
    }
    if style.bold { result.bold = true }
    if style.reverse { result.reverse.toggle() }
    return result
  }

  /// Attributes and nothing else, so that it can be read on any terminal: what is drawn before a theme is known.
  package static let mono = Palette([
    .muted: Appearance(dim: true),
    .heading: Appearance(bold: true),
    .border: Appearance(dim: true),
    .titleFocused: Appearance(bold: true),
    .borderFocused: Appearance(bold: true),
    .selected: Appearance(reverse: true),
    .selectedUnfocused: Appearance(underline: true),
    .match: Appearance(underline: true),
    .warning: Appearance(bold: true),
    .critical: Appearance(bold: true, reverse: true),
    .unknown: Appearance(dim: true),
    .stale: Appearance(dim: true),
    .production: Appearance(bold: true),
    .bar: Appearance(reverse: true),
    .barKey: Appearance(bold: true, reverse: true),
    .barProduction: Appearance(bold: true, reverse: true),
    .track: Appearance(dim: true),
    .dialogBorder: Appearance(bold: true),
    .buttonFocused: Appearance(reverse: true),
  ])
}

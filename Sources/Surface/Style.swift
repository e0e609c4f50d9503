/// What a cell means, not what it looks like: the theme gives each role its colours.
package enum Role: String, CaseIterable, Sendable {
  /// Ordinary text, and the screen's background.
  case text
  /// Labels, units, what is there but not asked for.
  case muted
  /// Column headings.
  case heading
  case border
  case borderFocused = "border-focused"
  /// A pane's title, and the focused pane's.
  case title
  case titleFocused = "title-focused"
  /// The row under the cursor in the focused pane, and in the others.
  case selected
  case selectedUnfocused = "selected-unfocused"
  /// Matched by the filter.
  case match
  case good
  case warning
  case critical
  /// Figures that are not known.
  case unknown
  /// Figures that are older than they should be.
  case stale
  case production
  case development
  /// The header and footer lines, and a key in them.
  case bar
  case barKey = "bar-key"
  case barProduction = "bar-production"
  case cpu
  case memory
  case network
  case disk
  case cache
  /// The empty part of a gauge or chart.
  case track
  case dialog
  case dialogBorder = "dialog-border"
  case button
  case buttonFocused = "button-focused"
}

/// Whether a cell lies on the row under the cursor: its role keeps its colour, on that row's background.
package enum Ground: UInt8, Sendable {
  case plain
  case selected
  case selectedUnfocused
}

/// A role, and how it stands out beyond its role.
package struct Style: Hashable, Sendable {
  package var role: Role
  package var bold: Bool
  package var reverse: Bool
  package var ground: Ground

  package init(_ role: Role, bold: Bool = false, reverse: Bool = false, ground: Ground = .plain) {
    self.role = role
    self.bold = bold
    self.reverse = reverse
    self.ground = ground
  }

  package static let text = Style(.text)
}

package import Operations
package import Surface

/// What lies over the panes and takes the keys first.
package enum Overlay: Hashable, Sendable {
  case help(offset: Int)
  /// The commands by name; what is typed narrows them.
  case palette(TextField, selected: Int)
  /// The filter of a pane being typed; Esc brings back what it was before.
  case filter(PaneID, TextField, before: String)
  /// The filter of a log or inspection being typed.
  case find(TextField, before: String)
  case menu(Menu)
  case confirm(Confirmation)
  /// A plan that runs or ended, by its number.
  case progress(Int)
  /// What came to the question asked last, from the line `offset` on.
  case answer(offset: Int)
}

/// A short list to choose from, each entry with a letter.
package struct Menu: Hashable, Sendable {
  package enum Choice: Hashable, Sendable {
    case sort(PaneID, SortKey)
    case command(CommandID)
  }

  package struct Entry: Hashable, Sendable {
    package var letter: Unicode.Scalar
    package var title: String
    /// One sentence more; empty where the title says it all.
    package var help = ""
    package var choice: Choice
    /// Why it can't be chosen now; `nil` where it can.
    package var unavailable: String?
  }

  package var title: String
  package var entries: [Entry]
  package var selected = 0
}

/// A plan with its question; Cancel is the first button, and has the focus.
package struct Confirmation: Hashable, Sendable {
  package enum Button: String, CaseIterable, Sendable {
    case cancel = "Cancel"
    case run = "Run"
  }

  package var plan: Plan
  package var subject: String
  package var project: String?
  package var button: Button = .cancel
}

import Fleet
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
  case limits(LimitsForm)
  /// A command line to run in containers, being typed.
  case commandLine(TypedCommand)
  /// How many containers of a service are to run, being chosen.
  case replicas(ReplicasForm)
  case confirm(Confirmation)
  case progress(Progress)
  /// A question of one of the operator's own commands.
  case ownQuestion(OwnForm)
  /// What came to the question asked last, from the line `offset` on.
  case answer(offset: Int)
}

/// A short list to choose from.
package struct Menu: Hashable, Sendable {
  package enum Choice: Hashable, Sendable {
    case sort(PaneID, SortKey)
    case command(CommandID)
    /// One of the operator's own, by its place in the fleet file.
    case own(Int)
  }

  package struct Entry: Hashable, Sendable {
    /// The key that chooses it at once; `nil` where moving and Enter alone do.
    package var letter: Unicode.Scalar?
    package var title: String
    /// One sentence more; empty where the title says it all.
    package var help = ""
    package var choice: Choice
    /// Why it can't be chosen now; `nil` where it can.
    package var unavailable: String?
  }

  package var title: String
  /// What holds for all entries that can't be chosen for this reason, said once.
  package var note: String?
  package var entries: [Entry]
  package var selected = 0
  /// Whether it lists what can be done: there the key that unlocks the console works, and a letter means what it means
  /// outside.
  package var isOfActions = false
}

/// A plan with its question; Cancel is the first button, and has the focus, but where a name must be typed.
package struct Confirmation: Hashable, Sendable {
  package enum Button: String, CaseIterable, Sendable {
    case cancel = "Cancel"
    case run = "Run"
  }

  package var plan: Plan
  package var button: Button = .cancel
  /// What was typed of the name that is asked for; `nil` where none is.
  package var typed: TextField?
  /// Lines of the plan that were scrolled away.
  package var offset = 0

  package init(_ plan: Plan) {
    self.plan = plan
    if plan.danger == .severe { typed = TextField() }
  }
}

/// A plan that runs or ended, by its number, with what can be done about it.
package struct Progress: Hashable, Sendable {
  package enum Button: String, Hashable, Sendable {
    case leave = "Leave it running"
    case cancel = "Cancel it"
    case close = "Close"
    case retry = "Retry what failed"
    /// Its letter presses it, too.
    case undo = "u: Undo"
  }

  package var number: Int
  package var focused = 0
  package var offset = 0

  package init(_ number: Int) { self.number = number }
}

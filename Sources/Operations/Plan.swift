package import Fleet

/// How much harm an action can do, and so what is asked before it.
package enum Danger: String, Comparable, Sendable {
  /// No question.
  case none
  /// A question, Cancel first.
  case confirm
  /// The name must be typed.
  case typeName = "type-name"

  package static func < (left: Danger, right: Danger) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .none: 0
    case .confirm: 1
    case .typeName: 2
    }
  }
}

/// What a person reads before it happens: exactly what will run, and where.
package struct Plan: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package var host: HostName
    /// The command and its arguments, unquoted; `ShellWord.line` of it is what runs, and what the screen shows.
    package var command: [String]

    package init(host: HostName, command: [String]) {
      self.host = host
      self.command = command
    }

    package var line: String { ShellWord.line(command) }
  }

  /// As in `Restart redis of boutique on web-1`.
  package var title: String
  /// What a visitor or colleague will notice, in a sentence.
  package var effect: String
  /// How to go back, in a sentence.
  package var wayBack: String
  package var danger: Danger
  package var environment: Environment
  package var steps: [Step]

  package init(
    title: String, effect: String, wayBack: String, danger: Danger, environment: Environment, steps: [Step]
  ) {
    self.title = title
    self.effect = effect
    self.wayBack = wayBack
    self.danger = danger
    self.environment = environment
    self.steps = steps
  }
}

/// Where commands run.
package enum RunPlace: String, Codable, CaseIterable, Sendable {
  /// On the host that they are about.
  case host
  /// On the console's machine.
  case here
}

/// A command that the operator declared in the fleet file, beside those that vigie has itself.
package struct OwnCommand: Hashable, Sendable {
  /// What it is about.
  package enum Scope: String, CaseIterable, Sendable {
    case container, host, project

    /// What a command of that scope can name, besides its questions.
    package var placeholders: [String] {
      switch self {
      case .container: ["host", "container", "project", "service", "directory"]
      case .host: ["host"]
      case .project: ["host", "project", "directory"]
      }
    }
  }

  /// Asked before the plan is shown; the answer takes the place of `{name}`.
  package struct Question: Hashable, Sendable {
    package var name: String
    package var ask: String
    package var standard: String

    package init(name: String, ask: String, standard: String = "") {
      self.name = name
      self.ask = ask
      self.standard = standard
    }
  }

  package var name: String
  /// One sentence.
  package var help: String
  package var scope: Scope
  package var template: CommandTemplate
  /// As keymaps write keys.
  package var key: String?
  /// Before production has its say.
  package var danger = Danger.interrupting
  package var place = RunPlace.host
  package var questions: [Question] = []
  /// The containers that it is for; all where both are `nil`.
  package var role: PartRole?
  package var service: String?
  /// After that it is ended.
  package var limit: Duration = .seconds(600)

  package init(name: String, help: String, scope: Scope, template: CommandTemplate) {
    self.name = name
    self.help = help
    self.scope = scope
    self.template = template
  }

  /// Its name among all commands.
  package var id: String { "own.\(name)" }
}

/// What else a command of the operator's own must not clash with, which the fleet file alone does not know.
package struct OwnCommandRules: Sendable {
  /// The names of the console's own commands.
  package var names: [String]
  /// What is wrong with a command's key, given the commands before it; `nil` where nothing is.
  package var keyFault: @Sendable (_ command: OwnCommand, _ before: [OwnCommand]) -> String?

  package init(names: [String], keyFault: @escaping @Sendable (OwnCommand, [OwnCommand]) -> String?) {
    self.names = names
    self.keyFault = keyFault
  }

  /// Nothing is known of the console.
  package static let none = OwnCommandRules(names: []) { _, _ in nil }
}

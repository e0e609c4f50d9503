package import Fleet
package import Operations
package import Surface

/// The questions of one of the operator's own commands, asked one after the other.
package struct OwnForm: Hashable, Sendable {
  package var command: OwnCommand
  /// What it was called for.
  package var subjects: [OwnSubject]
  /// To the questions before the one that is asked.
  package var answers: [String] = []
  package var field: TextField

  package init(_ command: OwnCommand, for subjects: [OwnSubject]) {
    self.command = command
    self.subjects = subjects
    field = TextField(command.questions.first?.standard ?? "")
  }

  /// The question that is asked; `nil` once all are answered.
  package var question: OwnCommand.Question? {
    command.questions.indices.contains(answers.count) ? command.questions[answers.count] : nil
  }

  /// Takes the answer that was typed, and goes on to the next question.
  mutating func answer() {
    answers.append(field.text)
    field = TextField(question?.standard ?? "")
  }

  /// By the names of the questions.
  var answersByName: [String: String] {
    Dictionary(zip(command.questions.map(\.name), answers)) { $1 }
  }
}

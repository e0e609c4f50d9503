/// How much harm an action can do, and so what is asked before it.
package enum Danger: String, CaseIterable, Comparable, Sendable {
  /// No question.
  case harmless
  /// A question, Cancel first.
  case interrupting
  /// The project's or host's name must be typed.
  case severe

  package static func < (left: Danger, right: Danger) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .harmless: 0
    case .interrupting: 1
    case .severe: 2
    }
  }

  /// One class higher; the highest stays.
  package var raised: Danger { self == .harmless ? .interrupting : .severe }

  /// What is asked, as a table cell says it.
  package var asked: String {
    switch self {
    case .harmless: "nothing"
    case .interrupting: "Cancel or Run, Cancel first"
    case .severe: "type the project's or host's name"
    }
  }
}

package import Fleet
import Incidents
import Telemetry

/// What a part or a host was asked on demand, and the lines that came.
package struct Question: Hashable, Sendable {
  package var host: HostName
  /// Empty where it is about the host itself.
  package var containerID: String
  /// As the stream's order says it: `slowlog`, `requests`, `paths`, `queries`, `disk`.
  package var what: String
  package var title: String
  package var askedAt: Moment
  package var lines: [String] = []
  package var isOver = false

  /// Without a line for so long it says so.
  static let patience = Duration.seconds(15)
}

extension Model {
  /// Whom the key asks now, and what; `nil` where nothing can be asked.
  var askable: Question? {
    if let id = actedContainer, let facts = facts(id) {
      guard facts.state == .running, condition(of: id.host).isLive else { return nil }
      guard let (what, title) = questionOnDemand(facts, on: id.host) else { return nil }
      return Question(host: id.host, containerID: id.id, what: what, title: "\(facts.name): \(title)", askedAt: now)
    }
    let isAboutHost: Bool =
      switch detail {
      case .host: true
      case nil: focus == .hosts
      default: false
      }
    guard isAboutHost, let host = actedHost, condition(of: host).isLive else { return nil }
    return Question(
      host: host, containerID: "", what: "disk", title: "\(host): what Docker takes of the disk", askedAt: now)
  }

  private func questionOnDemand(_ facts: ContainerFacts, on host: HostName) -> (String, String)? {
    switch fleet.role(of: facts, on: host) {
    case .cache:
      return telemetry[host]?.caches[facts.id]?.figures.engine == .memcached ? nil : ("slowlog", "slowest commands")
    case .php: return ("requests", "slowest requests running now")
    case .proxy, .web: return ("paths", "slowest and most failing paths of the last five minutes")
    case .database: return ("queries", "longest queries running now")
    case .application, nil: return nil
    }
  }

  mutating func askPart() -> [Effect] {
    guard let question = askable else { return [] }
    self.question = question
    overlay = .answer(offset: 0)
    let id = question.containerID.isEmpty ? "-" : question.containerID
    return [.order(question.host, "tell \(id) \(question.what)")]
  }

  /// A line of the answer; one to an older question is dropped.
  mutating func take(_ answer: PartAnswer, from host: HostName) {
    guard var question, !question.isOver, question.host == host, question.containerID == answer.containerID,
      question.what == answer.question
    else { return }
    if let text = answer.text {
      if question.lines.count < 200 { question.lines.append(text) }
    } else {
      question.isOver = true
    }
    self.question = question
  }

  /// How far the answer can be scrolled.
  var answerOverflow: Int { AnswerView.overflow(self) }
}

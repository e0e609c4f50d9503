package import Fleet
import Incidents
import Telemetry

/// What a part or a host was asked on demand, and the lines that came.
package struct Question: Hashable, Sendable {
  package var host: HostName
  /// Empty where it is about the host itself.
  package var containerID: String
  /// One of several where it is about a host; shown in this order, whichever comes first.
  package var parts: [Part]
  package var title: String
  package var askedAt: Moment

  package struct Part: Hashable, Sendable {
    /// As the stream's order says it: `slowlog`, `requests`, `paths`, `queries`, `processes`, `disk`.
    package var what: String
    package var lines: [String] = []
    package var isOver = false

    package init(_ what: String) { self.what = what }
  }

  package var isOver: Bool { parts.allSatisfy(\.isOver) }

  /// Without a line for so long it says so.
  static let patience = Duration.seconds(15)
}

extension Model {
  /// Whom the key asks now, and what; `nil` where nothing can be asked.
  var askable: Question? {
    if let id = actedContainer, let facts = facts(id) {
      guard facts.state == .running, condition(of: id.host).isLive else { return nil }
      guard let (what, title) = questionOnDemand(facts, on: id.host) else { return nil }
      return Question(
        host: id.host, containerID: id.id, parts: [Question.Part(what)], title: "\(facts.name): \(title)", askedAt: now)
    }
    let isAboutHost: Bool =
      switch detail {
      case .host: true
      case nil: focus == .hosts
      default: false
      }
    guard isAboutHost, let host = actedHost, condition(of: host).isLive else { return nil }
    return Question(
      host: host, containerID: "", parts: [Question.Part("processes"), Question.Part("disk")],
      title: "\(host): its busiest processes, and what Docker takes of the disk", askedAt: now)
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
    return question.parts.map { .order(question.host, "tell \(id) \($0.what)") }
  }

  /// A line of the answer; one to an older question is dropped.
  mutating func take(_ answer: PartAnswer, from host: HostName) {
    guard var question, question.host == host, question.containerID == answer.containerID,
      let index = question.parts.firstIndex(where: { $0.what == answer.question && !$0.isOver })
    else { return }
    if let text = answer.text {
      if question.parts[index].lines.count < 200 { question.parts[index].lines.append(text) }
    } else {
      question.parts[index].isOver = true
    }
    self.question = question
  }

  /// How far the answer can be scrolled.
  var answerOverflow: Int { AnswerView.overflow(self) }
}

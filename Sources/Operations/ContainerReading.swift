/// How much of a container's past its log page begins with.
package enum LogWindow: String, CaseIterable, Sendable {
  case lines = "last 1000 lines"
  case quarter = "last 15 minutes"
  case hour = "last hour"
  case day = "last 24 hours"

  /// The next longer one, or the one before; `nil` at the ends.
  package func moved(by step: Int) -> LogWindow? {
    let all = Self.allCases
    let index = (all.firstIndex(of: self) ?? 0) + step
    return all.indices.contains(index) ? all[index] : nil
  }

  /// How far back it reaches; `nil` where lines are counted.
  package var reach: Duration? {
    switch self {
    case .lines: nil
    case .quarter: .seconds(900)
    case .hour: .seconds(3600)
    case .day: .seconds(86_400)
    }
  }

  fileprivate var words: [String] {
    switch self {
    case .lines: ["--tail", "1000"]
    case .quarter: Self.most + ["--since", "15m"]
    case .hour: Self.most + ["--since", "1h"]
    case .day: Self.most + ["--since", "24h"]
    }
  }

  /// No more than the page keeps; of these, those that are recent enough.
  fileprivate static let most = ["--tail", "\(ContainerReading.mostLines)"]
}

/// The commands that read something of one container, by its identifier; they change nothing.
package enum ContainerReading {
  /// Lines that a log page keeps.
  package static let mostLines = 5000

  /// Follows the container's log.
  /// - Parameter since: the stamp of the last line that is known: from it on, itself included.
  package static func log(
    of id: String, _ window: LogWindow, since: String?, sudo: Bool
  ) throws(Unavailable) -> String {
    let words = since.map { LogWindow.most + ["--since", $0] } ?? window.words
    let command = ["docker", "logs", "--follow", "--timestamps"] + words + [try identifier(id)]
    return Lifeline.line(command, sudo: sudo)
  }

  /// Says all that the engine knows of it, as JSON.
  package static func inspection(of id: String, sudo: Bool) throws(Unavailable) -> String {
    // An engine that does not answer is not waited for.
    let command = ["timeout", "-k", "2", "20", "docker", "inspect", "--type", "container", try identifier(id)]
    return Lifeline.line(command, sudo: sudo)
  }

  private static func identifier(_ id: String) throws(Unavailable) -> String {
    guard Target.isIdentifier(id) else {
      throw Unavailable(reason: "this container has no identifier that Docker would know")
    }
    return id
  }
}

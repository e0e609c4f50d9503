package import Fleet
package import Operations
package import Telemetry

/// What is read of one container on a page of its own: its log, which is followed, or its inspection.
package struct Reading: Sendable {
  package enum Kind: Hashable, Sendable {
    case log, inspection
  }

  package enum State: Hashable, Sendable {
    /// Nothing runs: why, where it is not the connection, and when it is tried (again).
    case waiting(reason: String, until: Moment)
    /// It was started, and nothing came so far.
    case asked(at: Moment)
    /// Lines come; or the document is here.
    case flowing
    /// The log is at its end, because the container does not run.
    case over(at: Moment)
    /// Trying again would not help.
    case failed(String)
  }

  package let kind: Kind
  package let container: ContainerID
  /// The container's, kept for when it is gone.
  package let name: String
  package var page: TextPage
  package var state: State
  /// Of the order that runs, or ran last; news of others is dropped.
  package var number = 0
  package var window = LogWindow.lines
  /// The number of the first line that came after following was stopped.
  package var stoppedAt: Int?
  /// Tries that failed since lines came last.
  var failures = 0
  /// The newest stamp that came, and how many lines had it.
  private(set) var newest = ""
  private var newestCount = 0
  /// Lines with the stamp `resumed` that are still to come a second time.
  private var repeats = 0
  private var resumed = ""
  /// Whether the line before was such a one: what has no stamp belongs to it.
  private var wasRepeated = false

  init(_ kind: Kind, of container: ContainerID, name: String, at now: Moment) {
    self.kind = kind
    self.container = container
    self.name = name
    page = TextPage(isNarrowed: kind == .log, mostLines: kind == .log ? ContainerReading.mostLines : 100_000)
    if kind == .inspection { page.anchor = .line(0, row: 0) }
    state = .waiting(reason: "", until: now)
  }

  /// Whether its command runs.
  var isUnderWay: Bool {
    switch state {
    case .asked: true
    case .flowing: kind == .log
    case .waiting, .over, .failed: false
    }
  }

  /// The page that shows it.
  var detail: Detail { kind == .log ? .log(container) : .inspection(container) }

  /// Readies it for lines from the newest known one on, which comes once more.
  mutating func resume() {
    resumed = newest
    repeats = newestCount
    wasRepeated = false
  }

  /// Forgets what came, for another window.
  mutating func restart(_ window: LogWindow) {
    self.window = window
    page.removeAll()
    (newest, newestCount, repeats, failures) = ("", 0, 0, 0)
    page.anchor = .following
    stoppedAt = nil
  }

  /// Takes lines in, but for those that it has already.
  mutating func take(_ lines: [LogLine]) {
    failures = 0
    state = .flowing
    page.append(lines.filter { isNew($0) })
  }

  private mutating func isNew(_ line: LogLine) -> Bool {
    if line.stamp.isEmpty { return !wasRepeated }
    wasRepeated = repeats > 0 && line.stamp == resumed
    if wasRepeated {
      repeats -= 1
      return false
    }
    if line.stamp == newest {
      newestCount += 1
    } else if line.stamp > newest {
      (newest, newestCount) = (line.stamp, 1)
    }
    return true
  }
}

/// What is to be read from a host, over a session of its connection.
package struct ReadingOrder: Hashable, Sendable {
  package var number: Int
  package var kind: Reading.Kind
  package var host: HostName
  /// For the host's shell.
  package var line: String

  package init(number: Int, kind: Reading.Kind, host: HostName, line: String) {
    self.number = number
    self.kind = kind
    self.host = host
    self.line = line
  }
}

/// What came of an order.
package enum ReadingNews: Hashable, Sendable {
  /// Lines of a log, in the order of their arrival.
  case lines([LogLine])
  /// An inspection, its secrets masked; `nil` where it can't be read, and so not be masked.
  case document([String]?)
  case ended(ReadingEnd)
}

/// How the command of an order ended.
package enum ReadingEnd: Hashable, Sendable {
  /// - Parameter words: the last that it, or `sudo`, said; cleaned.
  case exited(status: Int, words: String)
  /// The connection broke, or carried no more.
  case broke(reason: String)
  /// It was not started.
  case refused(reason: String, isFinal: Bool)
}

package import Fleet

/// Why a command can't be run on a host now, in one sentence.
package nonisolated struct SessionRefusal: Error, Hashable, CustomStringConvertible {
  package var description: String
  /// Whether it will be so for ever.
  package var isLasting: Bool

  package init(description: String, isLasting: Bool = false) {
    self.description = description
    self.isLasting = isLasting
  }
}

extension HostLink {
  /// A command that may be started beside the sampler, over the same connection.
  package struct Session {
    /// The words of the program that runs it.
    package let arguments: [String]
    fileprivate let link: HostLink

    /// Starts it with the terminal to itself; it counts among its connection's sessions until it has ended.
    package func attend() throws(SpawnFailure) -> Foreground {
      let foreground = try Foreground(arguments)
      link.attended = foreground
      return foreground
    }

    /// Starts it; it counts among its connection's sessions until it has been reaped.
    /// - Parameter yields: a connection whose sampler was lost is begun anew, though that breaks this command.
    package func start(yields: Bool = false) throws(SpawnFailure) -> Child {
      let child = try Child(arguments)
      link.sessions.append(child)
      if yields { link.yielding.insert(child.process) }
      return child
    }
  }

  /// Hardened hosts may allow no more than four sessions per connection: the sampler takes one of these three.
  private static let mostSessions = 3

  /// How many of them run, that with the terminal included.
  private var sessionCount: Int {
    sessions.removeAll { $0.status != nil || (!$0.isReadable && $0.reap() != nil) }
    yielding.formIntersection(sessions.map(\.process))
    if attended?.status != nil { attended = nil }
    return sessions.count + (attended == nil ? 0 : 1)
  }

  /// Whether any of them runs that the connection should be kept for.
  var hasFirmSessions: Bool { sessionCount > yielding.count }

  /// Ends a command that nobody wants any more: by the end of its input, after a second by SIGTERM, then by SIGKILL.
  package func finish(_ child: Child, at now: Moment) {
    guard child.status == nil else { return }
    endings.append(Ending(child, asking: now + .seconds(1), killing: now + .milliseconds(1700)))
  }

  /// Readies one command line for that host's shell.
  /// - Parameter onTerminal: whether it is to have a terminal there, for `attend`. A transport of the operator's own has
  ///   to give it one by itself.
  package func session(_ command: String, onTerminal: Bool = false) throws(SessionRefusal) -> Session {
    let name = host.name
    if isClosing { throw SessionRefusal(description: "\(name): the connection is being closed") }
    let running = sessionCount
    if running + 1 >= Self.mostSessions {
      throw SessionRefusal(
        description:
          "\(name): \(running) commands run there already, and a connection carries no more: wait for one to end")
    }
    switch host.connection {
    case .local: return Session(arguments: ["/bin/sh", "-c", command], link: self)
    case .ssh:
      guard isOpen, let ssh else { throw SessionRefusal(description: "\(name) is not connected") }
      return Session(arguments: onTerminal ? ssh.terminal(command) : ssh.session(command), link: self)
    case .command(let words):
      guard words.contains("{sampler}") else {
        throw SessionRefusal(
          description: "\(name): its program only speaks the stream, and runs no commands", isLasting: true)
      }
      return Session(arguments: words.map { $0 == "{sampler}" ? command : $0 }, link: self)
    }
  }
}

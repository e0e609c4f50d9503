internal import Fleet

/// Why a command can't be run on a host now, in one sentence.
package nonisolated struct SessionRefusal: Error, Hashable, CustomStringConvertible {
  package var description: String

  package init(description: String) { self.description = description }
}

extension HostLink {
  /// A command that may be started beside the sampler, over the same connection.
  package struct Session {
    /// The words of the program that runs it.
    package let arguments: [String]
    fileprivate let link: HostLink

    /// Starts it; it counts among its connection's sessions until it has been reaped.
    package func start() throws(SpawnFailure) -> Child {
      let child = try Child(arguments)
      link.sessions.append(child)
      return child
    }
  }

  /// Hardened hosts may allow no more than four sessions per connection: the sampler takes one of these three.
  private static let mostSessions = 3

  /// Whether any of them runs.
  var hasSessions: Bool {
    sessions.removeAll { $0.status != nil || (!$0.isReadable && $0.reap() != nil) }
    return !sessions.isEmpty
  }

  /// Readies one command line for that host's shell.
  package func session(_ command: String) throws(SessionRefusal) -> Session {
    let name = host.name
    if isClosing { throw SessionRefusal(description: "\(name): the connection is being closed") }
    if hasSessions, sessions.count + 1 >= Self.mostSessions {
      throw SessionRefusal(
        description:
          "\(name): \(sessions.count) commands run there already, and a connection carries no more: wait for one to end"
      )
    }
    switch host.connection {
    case .local: return Session(arguments: ["/bin/sh", "-c", command], link: self)
    case .ssh:
      guard isOpen, let ssh else { throw SessionRefusal(description: "\(name) is not connected") }
      return Session(arguments: ssh.session(command), link: self)
    case .command(let words):
      guard words.contains("{sampler}") else {
        throw SessionRefusal(description: "\(name): its program only speaks the stream, and runs no commands")
      }
      return Session(arguments: words.map { $0 == "{sampler}" ? command : $0 }, link: self)
    }
  }
}

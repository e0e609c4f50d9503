/// The name that the operator gave a host in the fleet file; unique in the fleet.
package struct HostName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var text: String

  package init(_ text: String) { self.text = text }

  package static func < (left: HostName, right: HostName) -> Bool { left.text < right.text }

  package var description: String { text }
}

/// What a host or project is for; production looks different on the screen and raises the danger of every action.
package enum Environment: String, CaseIterable, Sendable {
  case dev
  case prod
}

/// What OVH sells the host as.
package enum HostKind: String, CaseIterable, Sendable {
  case vps
  case dedicated
}

/// How the console reaches a host.
package enum Connection: Hashable, Sendable {
  /// This machine: the sampler runs as a child.
  case local
  /// A destination as `ssh` knows it: an alias of `~/.ssh/config`, `user@host` or `ssh://user@host:port`.
  case ssh(destination: String)
  /// A program and its arguments. An argument that is exactly `{sampler}` is replaced by the shell command that starts
  /// the sampler (a transport such as `tsh ssh`); without one, the program itself speaks the stream.
  case command([String])
}

/// One machine that the operator declared.
package struct Host: Hashable, Sendable {
  package var name: HostName
  package var connection: Connection
  package var environment: Environment
  package var kind: HostKind?
  package var tags: [String]
  /// Levels of its own.
  package var thresholds: ThresholdChanges = [:]

  package init(
    name: HostName, connection: Connection, environment: Environment, kind: HostKind? = nil, tags: [String] = []
  ) {
    self.name = name
    self.connection = connection
    self.environment = environment
    self.kind = kind
    self.tags = tags
  }
}

/// One container on one host, by the engine's full identifier.
package struct ContainerID: Hashable, Sendable {
  package var host: HostName
  package var id: String

  package init(host: HostName, id: String) {
    self.host = host
    self.id = id
  }
}

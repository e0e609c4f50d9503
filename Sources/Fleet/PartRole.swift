/// What a container is to its project, in the order in which a visitor's request meets it.
package enum PartRole: String, CaseIterable, Comparable, Sendable {
  case proxy, web, php, application, cache, database

  package static func < (left: PartRole, right: PartRole) -> Bool { left.rank < right.rank }

  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A project in one environment: what the Sites view has a row for.
package struct ProjectID: Hashable, Sendable {
  package var name: String
  package var environment: Environment

  package init(name: String, environment: Environment) {
    self.name = name
    self.environment = environment
  }
}

/// Where a part's password is; the secret itself is never in the fleet file, and never leaves its host.
package enum SecretSource: Hashable, Sendable {
  /// A file on the host that holds nothing but the secret; its first line is taken.
  case file(String)
  /// A variable of the container's own environment.
  case variable(String)
}

/// What the operator says of one part of a project, where the console can't know it by itself.
package struct PartSettings: Hashable, Sendable {
  /// The Compose service, or the container's name.
  package var service: String
  package var role: PartRole?
  package var port: Int?
  /// Of the status page, such as `/nginx-status`.
  package var path: String?
  package var user: String?
  package var secret: SecretSource?

  package init(
    service: String, role: PartRole? = nil, port: Int? = nil, path: String? = nil, user: String? = nil,
    secret: SecretSource? = nil
  ) {
    self.service = service
    self.role = role
    self.port = port
    self.path = path
    self.user = user
    self.secret = secret
  }
}

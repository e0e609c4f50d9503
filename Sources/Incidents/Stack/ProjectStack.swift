package import Fleet
package import Telemetry

/// One part of a project as a person judges it, from whatever it is made of.
package struct StackPart: Hashable, Sendable {
  /// How it is; a part that is there but won't say is `unknown`, never fine.
  package enum State: Hashable, Sendable {
    case fine
    case busy(Severity)
    case stopped
    /// Why it is not known, and what would change that.
    case unknown(String)
  }

  package var role: PartRole
  package var container: ContainerID
  /// The Compose service, else the container's name.
  package var name: String
  package var state: State
  /// How near it is to its limit: 1 is all of it used; `nil` is unknown or without a limit.
  package var load: Ratio?
  /// Its worst figure in a few words: `6 of 6 workers, 4 waiting`.
  package var text: String
  /// The same for a column: `6/6 +4`, `88%`; `?` where it is not known.
  package var short = "?"

  package init(
    role: PartRole, container: ContainerID, name: String, state: State, load: Ratio? = nil, text: String = ""
  ) {
    self.role = role
    self.container = container
    self.name = name
    self.state = state
    self.load = load
    self.text = text
  }
}

/// The place that limits a project right now, in one sentence; `docs/bottlenecks.md` lists the rules.
package struct Narrowest: Hashable, Sendable {
  /// The rule that found it, as the document names it.
  package var rule: String
  package var severity: Severity
  package var sentence: String
  package var role: PartRole?

  package init(rule: String, severity: Severity, sentence: String, role: PartRole? = nil) {
    self.rule = rule
    self.severity = severity
    self.sentence = sentence
    self.role = role
  }
}

/// The fullest file system of a project's hosts.
package struct DiskUse: Hashable, Sendable {
  package var host: HostName
  package var mount: String
  package var used: Ratio
  package var available: ByteCount
  package var severity: Severity?
}

/// One project in one environment, from the visitor to the disk.
package struct ProjectStack: Sendable {
  package var id: ProjectID
  package var hosts: [HostName]
  /// In the fleet file's order; `nil` before the first look.
  package var domains: [(name: String, telemetry: DomainTelemetry?)]
  /// In the order in which a request meets them.
  package var parts: [StackPart]
  /// `nil` where nothing limits it, as far as is known.
  package var narrowest: Narrowest?
  /// `nil` where no host told of its disks.
  package var disk: DiskUse?
  /// A host of it that does not tell how its parts are now.
  package var silentHost: HostName?
  /// What a project like this has and nobody saw here, in a sentence each.
  package var missing: [String] = []

  /// Whether it is not known what parts it has.
  package var isUnseen: Bool { parts.isEmpty && silentHost != nil }

  package init(id: ProjectID, hosts: [HostName]) {
    self.id = id
    self.hosts = hosts
    domains = []
    parts = []
  }
}

/// The hosting profile of a project; the console manages these two only.
package enum Profile: String, CaseIterable, Sendable {
  case vps = "ovh-vps"
  case dedicated = "ovh-dedicated"
}

/// A customer's application: one Compose project in one environment, over one or several hosts.
package struct Project: Hashable, Sendable {
  package var name: String
  package var profile: Profile
  package var hosts: [HostName]
  package var environment: Environment
  package var domains: [String]
  /// Where the Compose file lies on its hosts; `nil` where the operator did not say.
  package var directory: String?
  /// Corrections and secrets' places; most parts need none.
  package var parts: [PartSettings] = []
  /// Where its domains are asked for, instead of where the name leads: behind a content network, the origin.
  package var address: String?
  /// Levels of its own.
  package var thresholds: ThresholdChanges = [:]

  package var id: ProjectID { ProjectID(name: name, environment: environment) }

  package init(
    name: String, profile: Profile, hosts: [HostName], environment: Environment, domains: [String] = [],
    directory: String? = nil
  ) {
    self.name = name
    self.profile = profile
    self.hosts = hosts
    self.environment = environment
    self.domains = domains
    self.directory = directory
  }
}

/// What holds for every host unless the console is told otherwise.
package struct Defaults: Hashable, Sendable {
  /// Time between two samples of a host; 1 s to 60 s.
  package var interval: Duration = .seconds(2)
  /// How much past the charts keep; 1 min to 24 h.
  package var history: Duration = .seconds(3600)
  /// A file for `ssh -F`; `nil` leaves `ssh` to its own.
  package var sshConfig: String?
  /// Time between two questions to a part; 2 s to 10 min.
  package var partsInterval: Duration = .seconds(10)
  /// Time between two looks at a domain; longer where there are so many domains that this would be a burden.
  package var probeInterval: Duration = .seconds(10)
  /// A file of certificate authorities for looking at domains; `nil` is the system's.
  package var authorities: String?

  package init() {}
}

/// Everything the operator declares in the fleet file, already checked.
package struct FleetDefinition: Hashable, Sendable {
  package var hosts: [Host] { didSet { levels = FleetThresholds(self) } }
  package var projects: [Project] { didSet { levels = FleetThresholds(self) } }
  package var defaults: Defaults
  /// What holds where no narrower place says otherwise.
  package var thresholds: Thresholds { didSet { levels = FleetThresholds(self) } }
  /// Levels of an environment's own.
  package var environments: [Environment: ThresholdChanges] { didSet { levels = FleetThresholds(self) } }
  /// How the console may act on it.
  package var actions = ActionSettings()
  /// The operator's own commands, in the order of the file.
  package var commands: [OwnCommand] = []
  /// All of these, as they hold for each host and project.
  package private(set) var levels: FleetThresholds

  package init(
    hosts: [Host], projects: [Project] = [], defaults: Defaults = Defaults(), thresholds: Thresholds = Thresholds(),
    environments: [Environment: ThresholdChanges] = [:]
  ) {
    self.hosts = hosts
    self.projects = projects
    self.defaults = defaults
    self.thresholds = thresholds
    self.environments = environments
    levels = FleetThresholds(thresholds)
    levels = FleetThresholds(self)
  }

  /// The fleet of someone without a fleet file: this machine alone.
  package static func thisMachine(named name: String) -> FleetDefinition {
    FleetDefinition(hosts: [Host(name: HostName(name), connection: .local, environment: .dev)])
  }

  package func host(_ name: HostName) -> Host? { hosts.first { $0.name == name } }
}

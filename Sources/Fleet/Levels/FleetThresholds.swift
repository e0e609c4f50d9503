/// The thresholds that hold at each place of a fleet, worked out once: the most specific place wins.
///
/// For a host: what the host says, its environment, the fleet. For a project: what the project says, its environment, the
/// fleet. For a container of a project: the project, the host, the project's environment, the fleet.
package struct FleetThresholds: Hashable, Sendable {
  private struct Place: Hashable, Sendable {
    var project: String
    var host: HostName
  }

  private var fleet: Thresholds
  /// Those that differ from the fleet's.
  private var hosts: [HostName: Thresholds] = [:]
  private var projects: [ProjectID: Thresholds] = [:]
  private var containers: [Place: Thresholds] = [:]

  /// The same everywhere.
  package init(_ thresholds: Thresholds) { fleet = thresholds }

  init(_ definition: FleetDefinition) {
    fleet = definition.thresholds
    let changes = definition.environments.values.contains { !$0.isEmpty }
    let hasOwn = definition.hosts.contains { !$0.thresholds.isEmpty }
    guard changes || hasOwn || definition.projects.contains(where: { !$0.thresholds.isEmpty }) else { return }

    var environments: [Environment: Thresholds] = [:]
    for environment in Environment.allCases {
      environments[environment] = fleet.applying(definition.environments[environment] ?? [:])
    }
    var own: [HostName: ThresholdChanges] = [:]
    for host in definition.hosts {
      own[host.name] = host.thresholds
      hosts[host.name] = (environments[host.environment] ?? fleet).applying(host.thresholds)
    }
    for project in definition.projects {
      let base = environments[project.environment] ?? fleet
      projects[project.id] = base.applying(project.thresholds)
      for host in project.hosts {
        containers[Place(project: project.name, host: host)] = base.applying(own[host] ?? [:])
          .applying(project.thresholds)
      }
    }
  }

  package subscript(host: HostName) -> Thresholds { hosts[host] ?? fleet }

  /// For what is of a project as a whole: its domains.
  package subscript(project: ProjectID) -> Thresholds { projects[project] ?? fleet }

  /// For a container, by its Compose project.
  package subscript(project: String?, host: HostName) -> Thresholds {
    guard let project, !containers.isEmpty else { return self[host] }
    return containers[Place(project: project, host: host)] ?? self[host]
  }
}

extension FleetDefinition {
  package func thresholds(for host: HostName) -> Thresholds { levels[host] }

  /// For what is of a project as a whole: its domains.
  package func thresholds(for project: ProjectID) -> Thresholds { levels[project] }

  /// For a container, by its Compose project where it has one.
  package func thresholds(forProject project: String?, on host: HostName) -> Thresholds { levels[project, host] }
}

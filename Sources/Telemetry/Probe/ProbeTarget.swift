package import Fleet

/// One domain to look at, and where.
package struct ProbeTarget: Hashable, Sendable {
  package var domain: String
  /// An address or a name that is asked instead of where the domain leads.
  package var address: String?
  /// The ports of `address`; a domain that is asked where it leads has the usual ones.
  package var securePort = 443
  package var plainPort = 80

  package init(domain: String, address: String? = nil) {
    self.domain = domain
    self.address = address
  }

  /// The domains of all projects, each once: where two projects name one, the first one's address counts.
  ///
  /// `*.boutique.example` names no one place, so that nobody can look at it.
  package static func all(of fleet: FleetDefinition) -> [ProbeTarget] {
    var seen: Set<String> = []
    var targets: [ProbeTarget] = []
    for project in fleet.projects {
      for domain in project.domains where !domain.contains("*") && seen.insert(domain).inserted {
        targets.append(ProbeTarget(domain: domain, address: project.address))
      }
    }
    return targets
  }
}

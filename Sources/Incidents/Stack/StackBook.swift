package import Fleet
package import Telemetry

/// Every project from the visitor to the disk, kept from one change to the next: only what changed is worked out anew.
package struct StackBook: Sendable {
  /// What a project is worked out from.
  package struct Sources {
    package var fleet: FleetDefinition
    package var telemetry: [HostName: HostTelemetry]
    package var domains: [String: DomainTelemetry]
    package var now: Moment

    package init(
      fleet: FleetDefinition, telemetry: [HostName: HostTelemetry], domains: [String: DomainTelemetry], now: Moment
    ) {
      self.fleet = fleet
      self.telemetry = telemetry
      self.domains = domains
      self.now = now
    }
  }

  private var hosts: [HostName: HostStack] = [:]
  /// Why a host's figures are not those of now, as it was when it was last judged.
  private var problems: [HostName: String] = [:]
  private var staleHosts: Set<HostName> = []
  private var staleProjects: Set<ProjectID> = []
  private var stacks: [ProjectID: ProjectStack] = [:]
  /// Declared projects in the fleet file's order, then the others by name.
  package private(set) var order: [ProjectID] = []

  package init() {}

  package subscript(id: ProjectID) -> ProjectStack? { stacks[id] }

  /// All of them, in the usual order.
  package var all: [ProjectStack] { order.compactMap { stacks[$0] } }

  /// The host told something.
  package mutating func mark(_ host: HostName) { staleHosts.insert(host) }

  /// Someone looked at one of the domains.
  package mutating func mark(domain: String, in fleet: FleetDefinition) {
    for project in fleet.projects where project.domains.contains(domain) { staleProjects.insert(project.id) }
  }

  /// Whether the reason why a host is not known changed; then it is judged anew.
  package mutating func note(_ host: HostName, problem: String?) {
    guard problems[host] != problem else { return }
    problems[host] = problem
    staleHosts.insert(host)
  }

  /// Judges one host's parts; once a frame, so that it is known since when something is so.
  package mutating func judge(_ host: HostName, _ sources: Sources) {
    staleHosts.remove(host)
    for project in sources.fleet.projects where project.hosts.contains(host) { staleProjects.insert(project.id) }
    guard let telemetry = sources.telemetry[host] else { return }
    var stack = hosts[host] ?? HostStack()
    staleProjects.formUnion(stack.parts.keys)
    stack.judge(telemetry, in: sources.fleet, problem: problems[host], at: sources.now)
    staleProjects.formUnion(stack.parts.keys)
    hosts[host] = stack
  }

  /// Works out what changed.
  /// - Returns: whether anything did.
  package mutating func settle(_ sources: Sources) -> Bool {
    for host in staleHosts { judge(host, sources) }
    if stacks.isEmpty { staleProjects.formUnion(sources.fleet.projects.map(\.id)) }
    guard !staleProjects.isEmpty else { return false }
    var changesOrder = false
    for id in staleProjects {
      let stack = assemble(id, sources)
      changesOrder = changesOrder || (stacks[id] == nil) != (stack == nil)
      stacks[id] = stack
    }
    staleProjects = []
    if changesOrder {
      let declared = sources.fleet.projects.map(\.id).filter { stacks[$0] != nil }
      let known = Set(declared)
      let others = stacks.keys.filter { !known.contains($0) }
      order =
        declared + others.sorted { ($0.name, $0.environment.rawValue) < ($1.name, $1.environment.rawValue) }
    }
    return true
  }

  /// `nil` for a project that is neither declared nor on any host.
  private func assemble(_ id: ProjectID, _ sources: Sources) -> ProjectStack? {
    let declared = sources.fleet.projects.first { $0.id == id }
    var names = declared?.hosts ?? []
    // A host that the fleet file does not name for it may have it all the same.
    for host in sources.fleet.hosts where hosts[host.name]?.parts[id] != nil && !names.contains(host.name) {
      names.append(host.name)
    }
    guard declared != nil || !names.isEmpty else { return nil }
    var stack = ProjectStack(id: id, hosts: names)
    stack.silentHost = names.first { problems[$0] != nil }
    stack.domains = (declared?.domains ?? []).map { ($0, sources.domains[$0]) }
    let judged = names.flatMap { hosts[$0]?.parts[id] ?? [] }.sorted {
      ($0.part.role, $0.part.name, $0.part.container.host.text) < (
        $1.part.role, $1.part.name, $1.part.container.host.text
      )
    }
    stack.parts = judged.map(\.part)
    stack.disk = names.compactMap { hosts[$0]?.disk }.max { $0.used < $1.used }
    // Nothing can be missed where nobody told what there is.
    if names.contains(where: { sources.telemetry[$0]?.containers.isEmpty == false }) {
      stack.missing = Self.missing(stack.parts, in: sources)
    }
    let search = NarrowestSearch(
      stack: stack, parts: judged, hosts: names.flatMap { hosts[$0]?.findings ?? [] }, sources: sources)
    stack.narrowest = search.result
    return stack
  }

  private static func missing(_ parts: [StackPart], in sources: Sources) -> [String] {
    // Most proxies can be the web server, too; these can't.
    let onlyProxies = ["traefik", "haproxy", "envoy", "varnish"]
    let serves = parts.contains { part in
      guard part.role == .proxy, let host = sources.telemetry[part.container.host] else { return false }
      let image = host.containers[part.container.id]?.facts.image ?? ""
      return !onlyProxies.contains { image.contains($0) }
    }
    let wanted: [(roles: Set<PartRole>, name: String)] = [
      ([.proxy], "proxy"), ([.web], "web server"), ([.php, .application], "PHP or application"),
      ([.database], "database"),
    ]
    return wanted.filter { wish in !(serves && wish.roles == [.web]) && !parts.contains { wish.roles.contains($0.role) }
    }
    .map { "no \($0.name) of this project is seen" }
  }
}

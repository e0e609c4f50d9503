package import Fleet
package import Incidents
package import Operations
package import Surface
package import Telemetry

/// Everything that the screen shows and the keys change; a value, changed only by `update`.
package struct Model: Sendable {
  package let fleet: FleetDefinition
  package var telemetry: [HostName: HostTelemetry]
  package var links: [HostName: LinkState]
  /// By name, of all projects.
  package var domains: [String: DomainTelemetry] = [:]
  package var incidents: IncidentBook
  /// Every project from the visitor to the disk.
  package var stacks = StackBook()
  package var now: Moment
  package var size: Size
  package var keymap: Keymap
  package var glyphs: Glyphs

  package var focus: PaneID = .hosts {
    // Who looks elsewhere sees the worst that is open, not the rows where somebody once stopped reading.
    didSet { if oldValue == .incidents, focus != oldValue { self[.incidents].leave() } }
  }
  package var isZoomed = false
  package var panes: [PaneID: PaneState] = [:]
  /// The host whose containers are listed; follows the cursor of the Hosts pane.
  package var selectedHost: HostName?
  /// The hosts of production: a list of hundreds is ordered by it at each key.
  let production: Set<HostName>
  /// Whether the lists below Hosts show all hosts rather than the selected one.
  package var showsAllHosts = false
  /// Whether the Containers pane lists those that do not run, too.
  package var showsStopped = true
  package var detail: Detail? { didSet { detailOffset = 0 } }
  /// The details that the one shown was opened from, and that `back` returns to.
  package var detailsBefore: [Detail] = []
  /// The part under the cursor of a project's page.
  package var projectRow = 0
  /// What was asked on demand last, and what came.
  package var question: Question?
  /// The log or inspection that fills the screen.
  package var reading: Reading?
  /// How logs and inspections are shown, from one page to the next.
  package var wrapsLines = false
  package var showsTimes = true
  var nextReading = 0
  /// Lines of the detail's text that were scrolled away.
  package var detailOffset = 0
  package var overlay: Overlay?
  package var notice: Notice?
  /// Whether the key before asked to quit and was told that something still runs.
  var isLeaving = false
  /// The first keys of a sequence such as `g g`.
  package var chord = Chord()
  /// The plans that were confirmed, by their numbers.
  package var operations: [Int: Operation] = [:]
  package var nextPlan = 1
  /// Whether anything may be changed.
  package var access: Access
  /// The containers that the next action is about, instead of the one under the cursor; in the order of marking.
  package var marks: [ContainerID] = []
  /// Who sits before the console, as records name them; empty where nobody does.
  package var user = ""
  /// Written at the right of the header: `replay 4×`, `recording`.
  package var modeLine = ""
  /// Where the fleet file is, or is to be, as people type it.
  package var fleetFile = "fleet.json5"
  /// What someone without a fleet file should know; shown in the Hosts pane.
  package var hint: [String] = []
  /// What was done to the fleet.
  package var audit = AuditState()
  var lists = Lists()

  package init(fleet: FleetDefinition, keymap: Keymap, size: Size, now: Moment, glyphs: Glyphs = .unicode) {
    self.fleet = fleet
    self.keymap = keymap
    self.keymap.own = OwnKey.all(of: fleet.commands)
    self.size = size
    self.now = now
    self.glyphs = glyphs
    let interval = max(1, fleet.defaults.interval.milliseconds)
    let capacity = Int(fleet.defaults.history.milliseconds / interval)
    telemetry = [:]
    links = [:]
    for host in fleet.hosts {
      telemetry[host.name] = HostTelemetry(host: host.name, capacity: capacity)
      links[host.name] = .queued
    }
    incidents = IncidentBook(fleet)
    access = fleet.actions.startsLocked ? .locked : .unlocked(until: nil)
    selectedHost = fleet.hosts.first?.name
    production = Set(fleet.hosts.lazy.filter { $0.environment == .prod }.map(\.name))
    for pane in PaneID.allCases { panes[pane] = PaneState() }
  }

  /// A pane's state; every pane has one.
  package subscript(pane: PaneID) -> PaneState {
    get { panes[pane] ?? PaneState() }
    set { panes[pane] = newValue }
  }

  package func facts(_ id: ContainerID) -> ContainerFacts? { telemetry[id.host]?.containers[id.id]?.facts }

  /// The thresholds that hold for a container.
  package func levels(of id: ContainerID) -> Thresholds {
    fleet.thresholds(forProject: facts(id)?.project, on: id.host)
  }

  /// Time since the host's last whole sample; `nil` before the first.
  package func age(of host: HostName) -> Duration? {
    guard let last = telemetry[host]?.lastFrame else { return nil }
    return max(.zero, now - last)
  }

  package func environment(of host: HostName) -> Environment { fleet.host(host)?.environment ?? .dev }
}

/// The lists of the screen, in the order of Tab; the history has no pane, only a page.
package enum PaneID: String, CaseIterable, Sendable {
  case hosts, sites, containers, caches, incidents, history

  package var title: String {
    switch self {
    case .hosts: "Hosts"
    case .sites: "Sites"
    case .containers: "Containers"
    case .caches: "Cache"
    case .incidents: "Incidents"
    case .history: "History"
    }
  }
}

/// Where a pane's cursor is, and what it shows. The cursor is on an object; its row is found anew whenever rows move.
package struct PaneState: Hashable, Sendable {
  package var selection: RowID?
  /// The row that the selection had last, so that a vanished object leaves the cursor at its place.
  package var lastRow = 0
  package var offset = 0
  package var filter = ""
  package var sort: SortKey = .standard
  package var isReversed = false

  /// Back to the top, where the cursor stays while rows arrive.
  mutating func leave() { (selection, lastRow, offset) = (nil, 0, 0) }
}

/// What a row is about.
package enum RowID: Hashable, Sendable {
  case host(HostName)
  case site(ProjectID)
  case container(ContainerID)
  case cache(ContainerID)
  case incident(Int)
  /// A job, by its identifier.
  case record(String)

  package var host: HostName? {
    switch self {
    case .host(let name): name
    case .container(let id), .cache(let id): id.host
    case .incident, .site, .record: nil
    }
  }
}

/// What a list is ordered by; `standard` is the order that suits each list best when nothing is asked.
package enum SortKey: String, CaseIterable, Sendable {
  case standard, name, cpu, memory, state, restarts, age, hitRate, severity

  package var title: String {
    switch self {
    case .standard: "usual order"
    case .hitRate: "hit rate"
    default: rawValue
    }
  }
}

/// What fills the screen instead of the lists.
package enum Detail: Hashable, Sendable {
  case host(HostName)
  /// What a host is sold as.
  case model(HostName)
  case project(ProjectID)
  case container(ContainerID)
  case incident(Int)
  /// A job that was run, by its identifier.
  case record(String)
  case log(ContainerID)
  case inspection(ContainerID)
}

/// A line for the operator in the footer, and when it goes away.
package struct Notice: Hashable, Sendable {
  package var text: String
  package var isProblem: Bool
  package var until: Moment

  package init(_ text: String, isProblem: Bool, until: Moment) {
    self.text = text
    self.isProblem = isProblem
    self.until = until
  }
}

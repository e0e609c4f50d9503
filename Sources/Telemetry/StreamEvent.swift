package import Fleet

/// One thing that a host said, decoded from the stream and cleaned; `docs/protocol.md` specifies each.
package enum StreamEvent: Hashable, Sendable {
  case hello(Hello)
  case capability(Capability)
  case frame(RawFrame)
  case filesystems([FilesystemFigures])
  case container(ContainerFacts)
  case containerGone(id: String)
  case containerEvent(ContainerEvent)
  case log(LogEntry)
  case cache(CacheReading)
  case part(PartReading)
  case answer(PartAnswer)
  /// The sampler dropped this many journal entries, because more came than it may send.
  case dropped(count: Int)
  /// The sampler ended by itself, with its reason.
  case farewell(String)
  /// A line that the protocol does not know; kept out of everything but this count's text.
  case garbage(String)
}

/// The first line of a stream: who speaks, and which version.
package struct Hello: Hashable, Sendable {
  package var version: Int
  package var token: String
  package var hostname: String
  package var bootID: String
  package var kernel: String
  package var processID: Int
  package var cgroupVersion: Int?
  package var interval: Duration
  /// Of whom the sampler runs as, 0 for root; `nil` where it does not say so.
  package var userID: Int?

  package init(
    version: Int, token: String = "", hostname: String, bootID: String, kernel: String, processID: Int,
    cgroupVersion: Int?, interval: Duration, userID: Int? = nil
  ) {
    self.version = version
    self.token = token
    self.hostname = hostname
    self.bootID = bootID
    self.kernel = kernel
    self.processID = processID
    self.cgroupVersion = cgroupVersion
    self.interval = interval
    self.userID = userID
  }
}

/// Something that a host can or can't tell, and why not.
package struct Capability: Hashable, Sendable {
  package enum Name: String, CaseIterable, Sendable {
    case docker
    case journal
    case pressure
    case sudo
    case cgroups
    case filesystems
    case redis
  }

  package var name: Name
  package var isAvailable: Bool
  /// Empty where it is available; otherwise what is missing and what would cure it, in one sentence.
  package var reason: String

  package init(name: Name, isAvailable: Bool, reason: String = "") {
    self.name = name
    self.isAvailable = isAvailable
    self.reason = reason
  }
}

/// A container event of the engine that matters to a person.
package struct ContainerEvent: Hashable, Sendable {
  package enum Action: String, CaseIterable, Sendable {
    case create, start, restart, stop, kill, die, oom, pause, unpause, destroy, rename, update
    case healthy = "health_status: healthy"
    case unhealthy = "health_status: unhealthy"
  }

  package var action: Action
  package var id: String
  package var name: String
  package var project: String?
  package var service: String?
  package var image: String
  /// Of `die`: what the main process returned (137 is SIGKILL, 143 SIGTERM).
  package var exitCode: Int?
  /// Of `kill`: the signal's number.
  package var signal: Int?
  /// The host's clock.
  package var at: Moment

  package init(
    action: Action, id: String, name: String, project: String? = nil, service: String? = nil, image: String = "",
    exitCode: Int? = nil, signal: Int? = nil, at: Moment
  ) {
    self.action = action
    self.id = id
    self.name = name
    self.project = project
    self.service = service
    self.image = image
    self.exitCode = exitCode
    self.signal = signal
    self.at = at
  }
}

/// One journal entry at warning or worse, or a report of the kernel.
package struct LogEntry: Hashable, Sendable {
  /// As in syslog(3): 0 emergency, 2 critical, 3 error, 4 warning.
  package var priority: Int
  /// `SYSLOG_IDENTIFIER`, else the unit, else the command.
  package var source: String
  package var unit: String?
  package var isKernel: Bool
  /// The container's name where the entry came from Docker's journald driver.
  package var container: String?
  /// `nil` where the host would not send it, because it is over 4096 bytes.
  package var text: String?
  package var at: Moment

  package init(
    priority: Int, source: String, unit: String? = nil, isKernel: Bool = false, container: String? = nil,
    text: String?, at: Moment
  ) {
    self.priority = priority
    self.source = source
    self.unit = unit
    self.isKernel = isKernel
    self.container = container
    self.text = text
    self.at = at
  }
}

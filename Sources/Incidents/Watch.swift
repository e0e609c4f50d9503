import Fleet
import Telemetry

/// One figure that is watched: of a host, a file system, a container, a part of a project or a domain.
struct Watch: Hashable, Sendable {
  /// The raw value is the shape of its incident's key.
  enum Figure: String {
    case cpu, steal, memory, swap, disk, throttling, clock, certificate
    case diskFull = "disk-full"
    case containerMemory = "container-memory"
    case cacheMisses = "cache-misses"
    case cacheEvictions = "cache-evictions"
    case cacheFragmentation = "cache-fragmentation"
    case phpBusy = "php-busy"
    case phpQueue = "php-queue"
    case databaseConnections = "database-connections"
    case databaseSlow = "database-slow"
    case databaseLongest = "database-longest"
    case databaseLocks = "database-locks"
    case replicationLag = "replication-lag"
    case serverErrors = "server-errors"
    case firstByte = "first-byte"

    var isOfDomain: Bool { self == .certificate || self == .firstByte }
  }

  var figure: Figure
  /// The mount point, the container's identifier or the domain; empty for the host itself.
  var object = ""

  func key(_ host: HostName) -> Incident.Key {
    let kind: IncidentKind =
      switch figure {
      case .clock: .clock
      case .certificate: .certificate
      default: .threshold
      }
    return Incident.Key(host: host, kind: kind, subject: object, shape: figure.rawValue)
  }
}

/// A figure that is at a level: since when, and whether it has opened an incident.
struct Pending: Sendable {
  var warningSince: Moment?
  var criticalSince: Moment?
  var open: Severity?
  /// The value that the incident's text says.
  var said = 0.0
  var unknownSince: Moment?
}

/// How an incident of a figure is told.
struct FigureWords {
  var container: ContainerFacts?
  var project: String?
  var service = ""
  var text: String
  /// The same of the worst that the figure was, where `text` says how long it has been so.
  var peak: String?
}

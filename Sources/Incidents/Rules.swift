package import Fleet

/// Every number that incidents depend on, but for those of `thresholds.json5`; `docs/incidents.md` explains each, and a test keeps the two equal.
package enum Rules {
  // MARK: Figures

  /// A figure that is not known for so long crosses no threshold any more.
  package static let unknown = Duration.seconds(60)
  /// Look-ups a second under which a hit rate says nothing.
  package static let fewestLookups = 1.0
  /// Requests a second under which a share of errors says nothing.
  package static let fewestRequests = 0.2
  /// A cache of less memory may take any multiple of what its entries need.
  package static let leastFragmented = ByteCount(16 << 20)
  /// Shorter states are told without their duration.
  static let worthTelling = Duration.seconds(10)

  // MARK: Domains

  /// A domain that fails so many looks in a row is down.
  package static let downLooks = 2
  /// So is one that failed its last look this long ago.
  package static let downTime = Duration.seconds(5)

  // MARK: Containers

  /// A container that ends within this time of a `kill` or `stop` was stopped by someone.
  package static let stopping = Duration.seconds(60)
  /// Signals that ask a server to read its configuration or open its logs anew: HUP, USR1 and USR2.
  package static let reloading: Set<Int> = [1, 10, 12]
  /// This many ends that nobody asked for, within `loopTime`, are a restart loop.
  package static let loopDeaths = 3
  package static let loopTime = Duration.seconds(120)
  /// A container that ran this long after a crash has recovered.
  package static let recovered = Duration.seconds(60)
  /// The engine, the kernel, the counters and the inspection speak of one end within this time.
  package static let sameEnd = Duration.seconds(15)

  /// An event and an inspection that tell of one end name its time as near as this.
  static let sameMoment = Duration.milliseconds(500)
  /// A container that ended longer ago than this when a console first looks is no news.
  package static let past = Duration.seconds(86_400)

  // MARK: The journal

  /// So many entries from before a stream are told, as the sampler has it.
  package static let pastEntries = 100
  /// Those that were written longer ago are no news.
  package static let pastEntriesTime = Duration.seconds(3600)
  /// An entry that took longer to come was written before the stream began.
  package static let delivery = Duration.seconds(10)

  // MARK: The book

  /// An incident that comes back within this time is the same one again.
  package static let reopening = Duration.seconds(600)
  /// A log line, or an OOM kill outside any container, that did not come again for this long is over.
  package static let quiet = Duration.seconds(600)
  /// Kinds of messages that one source may have incidents for, at each severity; the rest are folded into one.
  package static let kindsPerSource = 10
  /// Folded kinds are counted up to this number.
  package static let countedKinds = 1000
  /// Incidents kept; the oldest that are over go first.
  package static let kept = 500
}

/// Every number that incidents depend on; `docs/incidents.md` explains each, and a test keeps the two equal.
package enum Rules {
  // MARK: Figures

  /// How long a figure must stay at a level before it opens an incident, or makes it critical.
  package static let cpuHold = Duration.seconds(30)
  package static let memoryHold = Duration.seconds(30)
  package static let swapHold = Duration.seconds(60)
  package static let diskHold = Duration.zero
  package static let containerMemoryHold = Duration.seconds(30)
  package static let throttlingHold = Duration.seconds(60)
  package static let cacheMissesHold = Duration.seconds(60)
  package static let clockHold = Duration.seconds(10)
  /// A figure must fall this far below a level (in ratio) before it has left it.
  package static let clearing = 0.05
  /// Of a low level it is this part of the level, where that is less.
  package static let clearingPart = 0.25
  /// A figure that is not known for so long crosses no threshold any more.
  package static let unknown = Duration.seconds(60)
  /// Look-ups a second under which a hit rate says nothing.
  package static let fewestLookups = 1.0
  /// A host's clock that differs more from ours makes its logs hard to read.
  package static let clockSkew = Duration.seconds(5)

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

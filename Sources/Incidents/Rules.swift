/// Every number that incidents depend on; `docs/incidents.md` explains each, and a test keeps the two equal.
package enum Rules {
  /// How long a figure must stay at a level before it opens an incident.
  package static let cpuHold = Duration.seconds(30)
  package static let memoryHold = Duration.seconds(30)
  package static let swapHold = Duration.seconds(60)
  package static let diskHold = Duration.zero
  package static let containerMemoryHold = Duration.seconds(30)
  package static let throttlingHold = Duration.seconds(60)
  package static let cacheMissesHold = Duration.seconds(60)
  /// A figure must fall this far below its warning level (in ratio) before the incident is over.
  package static let clearing = 0.05
  /// Look-ups a second under which a hit rate says nothing.
  package static let fewestLookups = 1.0
  /// A container that ends within this time of a `kill` or `stop` was stopped by someone.
  package static let stopping = Duration.seconds(60)
  /// This many ends that nobody asked for, within `loopTime`, are a restart loop.
  package static let loopDeaths = 3
  package static let loopTime = Duration.seconds(120)
  /// A container that ran this long after a crash has recovered.
  package static let recovered = Duration.seconds(60)
  /// The engine, the kernel and the counters speak of one OOM kill within this time.
  package static let sameKill = Duration.seconds(15)
  /// An incident that comes back within this time is the same one again.
  package static let reopening = Duration.seconds(600)
  package static let clockHold = Duration.seconds(10)
  /// A host's clock that differs more from ours makes its logs hard to read.
  package static let clockSkew = Duration.seconds(5)
  /// Kinds of messages that one source may have incidents for; the rest are folded into one.
  package static let kindsPerSource = 10
  /// Incidents kept; the oldest that are over go first.
  package static let kept = 500
}

/// The levels at which figures are worth a person's attention, as they hold at one place: for a host, for a project.
///
/// What each is of, and its unit, stands in `thresholds.json5`, which `ThresholdTable` reads.
package struct Thresholds: Hashable, Sendable {
  package var cpu = Threshold.never
  package var steal = Threshold.never
  package var memory = Threshold.never
  package var swap = Threshold.never
  package var disk = Threshold.never
  /// Less is worse.
  package var diskFull = Threshold.never
  package var clock = Threshold.never
  package var containerMemory = Threshold.never
  package var throttling = Threshold.never
  /// Of look-ups: 0.5 is a hit rate of 50 %.
  package var cacheMisses = Threshold.never
  package var cacheEvictions = Threshold.never
  package var cacheFragmentation = Threshold.never
  package var phpBusy = Threshold.never
  package var phpQueue = Threshold.never
  package var databaseConnections = Threshold.never
  package var databaseSlow = Threshold.never
  package var databaseLongest = Threshold.never
  package var databaseLocks = Threshold.never
  package var replicationLag = Threshold.never
  package var serverErrors = Threshold.never
  package var firstByte = Threshold.never
  /// Less is worse.
  package var certificate = Threshold.never

  /// As shipped.
  package init() { self = Thresholds.shipped }

  private static let shipped = Thresholds(ThresholdTable.shipped)

  private init(_ table: ThresholdTable) {
    for rule in table.rules { self[keyPath: rule.path] = rule.standard }
  }

  /// Each by its key in settings files.
  static let paths: [(key: String, path: any WritableKeyPath<Thresholds, Threshold> & Sendable)] = [
    ("cpu", \.cpu), ("steal", \.steal), ("memory", \.memory), ("swap", \.swap), ("disk", \.disk),
    ("diskFull", \.diskFull), ("clock", \.clock), ("containerMemory", \.containerMemory), ("throttling", \.throttling),
    ("cacheMisses", \.cacheMisses), ("cacheEvictions", \.cacheEvictions), ("cacheFragmentation", \.cacheFragmentation),
    ("phpBusy", \.phpBusy), ("phpQueue", \.phpQueue), ("databaseConnections", \.databaseConnections),
    ("databaseSlow", \.databaseSlow), ("databaseLongest", \.databaseLongest), ("databaseLocks", \.databaseLocks),
    ("replicationLag", \.replicationLag), ("serverErrors", \.serverErrors), ("firstByte", \.firstByte),
    ("certificate", \.certificate),
  ]

  /// The same with what one place of the fleet file says.
  package func applying(_ changes: ThresholdChanges) -> Thresholds {
    guard !changes.isEmpty else { return self }
    var levels = self
    for rule in ThresholdTable.shipped.rules {
      guard let change = changes[rule.key] else { continue }
      levels[keyPath: rule.path] = change.applied(to: levels[keyPath: rule.path], in: rule.unit)
    }
    return levels
  }
}

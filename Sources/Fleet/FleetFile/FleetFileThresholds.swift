extension FleetFile {
  /// What one place says of thresholds, checked against what holds there without it.
  static func readThresholds(_ reader: inout SettingsReader, over base: Thresholds) -> ThresholdChanges {
    reader.object("thresholds") { reader in
      reader.only(Keys.thresholds)
      var changes: ThresholdChanges = [:]
      for rule in ThresholdTable.shipped.rules {
        changes[rule.key] = reader.object(rule.key) { readThreshold(&$0, rule, over: base[keyPath: rule.path]) }
      }
      return changes
    } ?? [:]
  }

  private static func readThreshold(
    _ reader: inout SettingsReader, _ rule: ThresholdRule, over base: Threshold
  ) -> ThresholdChange? {
    reader.only(Keys.threshold)
    guard let change = reader.thresholdChange(in: rule.unit) else { return nil }
    func shown(_ given: Double?, _ inherited: Double, _ standard: Double) -> String {
      let origin = given != nil ? "" : inherited == standard ? " (the default)" : " (from a wider place)"
      return rule.unit.text(given ?? inherited) + origin
    }
    let warning = change.warning ?? base.warning
    let side = base.direction == .above ? "below" : "above"
    let wanted = Threshold(
      warning: warning, critical: change.critical ?? base.critical, clear: warning, direction: base.direction)
    let first = shown(change.warning, base.warning, rule.standard.warning)
    if wanted.isOver(wanted.critical) {
      let second = shown(change.critical, base.critical, rule.standard.critical)
      reader.note(
        nil, "the warning at \(first) comes after the critical level at \(second); expected it at or \(side)")
    }
    if let clear = change.clear, clear != warning, wanted.isWarning(clear) {
      let over = rule.unit.text(clear)
      reader.note(nil, "it would be over at \(over), beyond the warning at \(first); expected clear at or \(side) it")
    }
    return change
  }

  /// What `environments` says of thresholds.
  static func readEnvironments(
    _ reader: inout SettingsReader, over base: Thresholds
  ) -> [Environment: ThresholdChanges] {
    var changes: [Environment: ThresholdChanges] = [:]
    reader.only(Environment.allCases.map(\.rawValue))
    for environment in Environment.allCases {
      changes[environment] = reader.object(environment.rawValue) { reader in
        reader.only(Keys.environment)
        return readThresholds(&reader, over: base)
      }
    }
    return changes
  }
}

/// One threshold: what it is of, in which unit, and its levels as shipped.
package struct ThresholdRule: Sendable {
  package var key: String
  /// One sentence.
  package var help: String
  package var unit: ThresholdUnit
  package var standard: Threshold
  package var path: any WritableKeyPath<Thresholds, Threshold> & Sendable
}

/// `thresholds.json5`, read: every threshold that there is.
package struct ThresholdTable: Sendable {
  /// In the order of the file.
  package private(set) var rules: [ThresholdRule] = []
  /// Empty for the file that is shipped, which a test sees to.
  package private(set) var problems: [Problem] = []

  package static let shipped = ThresholdTable(PackageResources.thresholds_json5, file: "thresholds.json5")

  package static let keys = ["help", "unit", "direction"] + FleetFile.Keys.threshold

  package init(_ bytes: [UInt8], file: String) {
    do throws(Problems) {
      var root = SettingsReader(try SettingsDocument(bytes, file: file))
      root.only(Thresholds.paths.map(\.key))
      for (key, _) in Thresholds.paths { root.require(key, "an object in { }") }
      for key in root.keys {
        guard let path = Thresholds.paths.first(where: { $0.key == key })?.path else { continue }
        if let rule = root.object(key, { Self.rule(key, path, &$0) }) { rules.append(rule) }
      }
      problems = root.problems
    } catch {
      problems = error.list
    }
  }

  private static func rule(
    _ key: String, _ path: any WritableKeyPath<Thresholds, Threshold> & Sendable, _ reader: inout SettingsReader
  ) -> ThresholdRule? {
    reader.only(keys)
    for key in ["help", "unit", "warning", "critical"] { reader.require(key, "a value") }
    guard let help = reader.string("help"), let unit = reader.oneOf("unit", ThresholdUnit.self) else { return nil }
    let direction = reader.oneOf("direction", Threshold.Direction.self) ?? .above
    let change = reader.thresholdChange(in: unit)
    guard let warning = change?.warning, let critical = change?.critical else { return nil }
    let threshold = Threshold(
      warning: warning, critical: critical, hold: change?.hold ?? .zero,
      clear: change?.clear ?? unit.clear(before: warning, direction), direction: direction)
    return ThresholdRule(key: key, help: help, unit: unit, standard: threshold, path: path)
  }
}

extension SettingsReader {
  /// The levels that an object gives; `nil` where one of them is faulty, which is noted.
  mutating func thresholdChange(in unit: ThresholdUnit) -> ThresholdChange? {
    let change = ThresholdChange(
      warning: level("warning", in: unit), critical: level("critical", in: unit),
      hold: duration("for", in: .zero...(.seconds(24 * 3600)), from: "0s to 24h", example: "30s"),
      clear: level("clear", in: unit))
    let isWhole =
      has("warning") == (change.warning != nil) && has("critical") == (change.critical != nil)
      && has("for") == (change.hold != nil) && has("clear") == (change.clear != nil)
    return isWhole ? change : nil
  }

  private mutating func level(_ key: String, in unit: ThresholdUnit) -> Double? {
    switch unit {
    case .ratio: ratio(key)
    case .seconds:
      duration(key, in: .zero...(.seconds(8760 * 3600)), from: "0s to 8760h", example: "30s")?.inSeconds
    case .count, .perSecond: number(key, in: 0...1e9)
    }
  }
}

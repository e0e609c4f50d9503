extension FleetFile {
  package static let unlockedTimes: ClosedRange<Duration> = .seconds(60)...(.seconds(12 * 3600))
  package static let batches = 1...20
  package static let pauses: ClosedRange<Duration> = .zero...(.seconds(3600))

  /// How the console may act on the fleet.
  static func readActions(_ reader: inout SettingsReader) -> ActionSettings {
    reader.only(Keys.actions)
    var actions = ActionSettings()
    if let isLocked = reader.bool("locked") { actions.startsLocked = isLocked }
    if let time = reader.duration("unlockedFor", in: unlockedTimes, from: "1m to 12h", example: "15m") {
      actions.unlockedFor = time
    }
    if let batch = reader.integer("batch", in: batches) { actions.batch = batch }
    if let pause = reader.duration("pause", in: pauses, from: "0s to 1h", example: "10s") { actions.pause = pause }
    if let raises = reader.bool("raiseInProduction") { actions.raisesInProduction = raises }
    actions.dangers = reader.object("danger") { readDangers(&$0) } ?? [:]
    return actions
  }

  private static func readDangers(_ reader: inout SettingsReader) -> [ActionName: Danger] {
    var dangers: [ActionName: Danger] = [:]
    let names = ActionName.allCases.map(\.rawValue)
    for key in reader.keys {
      guard let action = ActionName(rawValue: key) else {
        let hint = meant(by: key, among: names).map { "did you mean \($0)?" } ?? "docs/actions.md lists them"
        reader.noteKey(key, "no such action; \(hint)")
        continue
      }
      guard let danger = reader.oneOf(key, Danger.self) else { continue }
      if action.deletesData, danger < action.danger {
        reader.note(
          key,
          "\(key) deletes data, so its class is never below \"\(action.danger.rawValue)\", found "
            + "\"\(danger.rawValue)\"; take it out")
        continue
      }
      dangers[action] = danger
    }
    reader.noteRepeats()
    return dangers
  }
}

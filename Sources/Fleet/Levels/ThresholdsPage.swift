/// `docs/thresholds.md`, made of `thresholds.json5`.
package enum ThresholdsPage {
  package static var markdown: String {
    var lines = [
      "# Thresholds", "",
      "Made by `make docs` from `Sources/Fleet/thresholds/thresholds.json5`: change that, not this page.", "",
      "A figure that is at or beyond a level is drawn so, and is an incident once it has been there for the time in the",
      "table. The incident is over when the figure passes the level in the last column; a critical one is a warning again",
      "when the figure has left the critical level by the same part of it. [incidents.md](incidents.md) has the rest of",
      "the life of an incident, and [fleet-file.md](fleet-file.md) says how to change a level for the fleet, an",
      "environment, a project or a host.", "",
      "| threshold | of what | warning | critical | for | over |", "| --- | --- | --- | --- | --- | --- |",
    ]
    for rule in ThresholdTable.shipped.rules {
      let levels = rule.standard
      let (beyond, before) = levels.direction == .above ? ("≥", "<") : ("≤", ">")
      let hold = levels.hold == .zero ? "at once" : ThresholdUnit.seconds.text(levels.hold.inSeconds)
      let cells = [
        "`\(rule.key)`", rule.help, "\(beyond) \(rule.unit.text(levels.warning))",
        "\(beyond) \(rule.unit.text(levels.critical))", hold, "\(before) \(rule.unit.text(levels.clear))",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    lines += [
      "",
      "In the fleet file a ratio is a number from 0 to 1 or a percentage (`\"80%\"`), a time a number with its unit",
      "(`\"30s\"`), and what is counted, at once or a second, a number.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension FleetFile {
  /// What the durations among the defaults may be.
  package static let intervals: ClosedRange<Duration> = .seconds(1)...(.seconds(60))
  package static let histories: ClosedRange<Duration> = .seconds(60)...(.seconds(24 * 3600))
  package static let partsIntervals: ClosedRange<Duration> = .seconds(2)...(.seconds(600))
  package static let probeIntervals: ClosedRange<Duration> = .seconds(5)...(.seconds(3600))

  static func readDefaults(_ reader: inout SettingsReader) -> Defaults {
    reader.only(Keys.defaults)
    var defaults = Defaults()
    if let interval = reader.duration("interval", in: intervals, from: "1s to 60s", example: "2s") {
      defaults.interval = interval
    }
    if let history = reader.duration("history", in: histories, from: "1m to 24h", example: "1h") {
      defaults.history = history
    }
    if let interval = reader.duration("parts", in: partsIntervals, from: "2s to 10m", example: "10s") {
      defaults.partsInterval = interval
    }
    if let interval = reader.duration("probes", in: probeIntervals, from: "5s to 1h", example: "10s") {
      defaults.probeInterval = interval
    }
    defaults.sshConfig = readPath("sshConfig", example: "~/.ssh/config", &reader)
    defaults.authorities = readPath("authorities", example: "~/authority.pem", &reader)
    return defaults
  }

  /// The path of a file on the console's machine, which may be relative to the folder of the fleet file.
  private static func readPath(_ key: String, example: String, _ reader: inout SettingsReader) -> String? {
    let expected = "the path of a file such as \"\(example)\""
    guard let file = reader.string(key, expected: expected) else { return nil }
    if file.isEmpty || file.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      reader.note(key, "expected \(expected), found \(SettingsText.quoted(file))")
    } else if file.hasPrefix("~"), file != "~", !file.hasPrefix("~/") {
      reader.note(key, "only one's own home can be written as ~; write the path in full")
    } else {
      return file
    }
    return nil
  }
}

extension SettingsReader {
  /// A duration with its unit, such as `"2s"` or `"1.5h"`.
  ///
  /// - Parameter from: the range in words.
  package mutating func duration(
    _ key: String, in range: ClosedRange<Duration>, from words: String, example: String
  ) -> Duration? {
    guard let found = value[key] else { return nil }
    if case .string(let text) = found, let duration = FleetText.duration(text), range.contains(duration) {
      return duration
    }
    var message = "expected a duration from \(words) such as \"\(example)\", found \(found.shown)"
    let number: Double? =
      switch found {
      case .number(let number): number
      case .string(let text): Double(text)
      default: nil
      }
    if let number {
      let guesses = ["s", "m", "h"].map { "\(SettingsValue.shown(number))\($0)" }
      let guess = guesses.first { FleetText.duration($0).map(range.contains) == true }
      if let guess { message += "; did you mean \"\(guess)\"?" }
    }
    note(key, message)
    return nil
  }

  /// A ratio from 0 to 1, or as a percentage in quotes.
  package mutating func ratio(_ key: String) -> Double? {
    guard let found = value[key] else { return nil }
    var message = "expected a ratio from 0 to 1 or a percentage such as \"80%\", found \(found.shown)"
    switch found {
    case .number(let number):
      if (0...1).contains(number) { return number }
      if (2...100).contains(number) { message += "; did you mean \"\(SettingsValue.shown(number))%\"?" }
    case .string(let text):
      if let ratio = FleetText.percentage(text), (0...1).contains(ratio) { return ratio }
      if FleetText.percentage(text + "%").map((0.02...1).contains) == true {
        message += "; did you mean \"\(text)%\"?"
      }
    default: break
    }
    note(key, message)
    return nil
  }
}

import Fleet

/// Some counters of one part over a while, kept as numbers: rates and changes come from them, never over a restart.
struct CounterWindow: Sendable {
  private struct Reading: Sendable {
    var at: Moment
    /// One for each name.
    var values: [UInt64?]
  }

  /// What is older says nothing of now, however seldom the part is asked.
  private static let oldest = Duration.seconds(900)

  private let names: [String]
  private let length: Duration
  /// Oldest first; at most about eighty, because three in a row span a fortieth of the length.
  private var readings: [Reading] = []
  /// The last value of each that was said: an answer may leave some out.
  private var known: [UInt64?]

  /// - Parameters:
  ///   - names: of the fields that only grow while the part runs; its uptime should be among them.
  ///   - length: how far back changes look; rates are of the newest answers.
  init(_ names: [String], length: Duration) {
    self.names = names
    self.length = length
    known = names.map { _ in nil }
  }

  mutating func read(_ reading: PartReading, at: Moment) {
    let new = Reading(at: at, values: names.map { reading.counter($0) })
    if readings.last.map({ at < $0.at }) ?? false || startsAnew(with: new) {
      readings = []
      known = new.values
    }
    for (index, value) in new.values.enumerated() where value != nil { known[index] = value }
    readings.append(new)
    // One from before stays, so that the window covers all of its length.
    while readings.count > 2, at - readings[1].at >= length { readings.removeFirst() }
    if let first = readings.first, at - first.at > Self.oldest { readings.removeFirst() }
    let count = readings.count
    if count >= 3, at - readings[count - 3].at < length / 40 { readings.remove(at: count - 2) }
  }

  private func startsAnew(with new: Reading) -> Bool {
    zip(known, new.values).contains { old, new in
      guard let old, let new else { return false }
      return new < old
    }
  }

  /// What it grew by between the oldest and the newest answer that told it; `nil` before the second.
  func change(_ name: String) -> Double? {
    guard let index = names.firstIndex(of: name), let first = readings.first(where: { $0.values[index] != nil }),
      let last = readings.last(where: { $0.values[index] != nil })
    else { return nil }
    return growth(index, from: first, to: last)
  }

  /// By how much it grows now; answers that arrived together, after a hang, say nothing of the time between.
  func perSecond(_ name: String) -> Double? {
    guard let index = names.firstIndex(of: name), let last = readings.last,
      let previous = readings.last(where: { last.at - $0.at >= .seconds(1) })
    else { return nil }
    return growth(index, from: previous, to: last).flatMap { rate($0, over: (last.at - previous.at).inSeconds) }
  }

  private func growth(_ index: Int, from old: Reading, to new: Reading) -> Double? {
    guard new.at > old.at, let older = old.values[index], let newer = new.values[index], newer >= older else {
      return nil
    }
    return Double(newer - older)
  }
}

import Fleet

/// A figure that is not read in every frame: it holds until it is too old to be true.
struct Held<Value: Sendable>: Sendable {
  /// Frames without a reading after which the last one no longer counts; the slowest are read every fifth.
  static var patience: Int { 6 }

  private(set) var value: Value?
  private var missed = 0

  /// - Parameter new: `nil` where it was read and is unknown.
  mutating func set(_ new: Value?) {
    value = new
    missed = 0
  }

  mutating func miss() {
    missed += 1
    if missed > Self.patience { value = nil }
  }

  /// For a gauge: what was read, or nothing this time.
  mutating func read(_ new: Value?) {
    if let new { set(new) } else { miss() }
  }
}

/// What two counters grew by, and in what time.
struct Growth: Hashable, Sendable {
  var first: Double
  var second: Double
  var seconds: Double

  /// The first as a part of the second; of nothing, it is unknown.
  var share: Ratio? { Ratio(min(first, second), of: second) }

  /// By the second; `nil` where no hardware is so fast.
  var rates: Rates? {
    guard let incoming = rate(first, over: seconds), let outgoing = rate(second, over: seconds) else { return nil }
    return Rates(incoming: incoming, outgoing: outgoing)
  }
}

/// A growth by the second; `nil` in no time, or beyond what any machine does.
func rate(_ growth: Double, over seconds: Double) -> Double? {
  guard seconds > 0 else { return nil }
  let rate = growth / seconds
  return rate <= Bound.rate ? rate : nil
}

/// Two counters that are read together, and what they grew by between the last two readings.
struct CounterPair: Sendable {
  private var last: (first: UInt64, second: UInt64, uptime: Duration)?
  private var held = Held<Growth>()

  /// `nil` before the second reading, after a counter went back, and when the last reading is too old.
  var growth: Growth? { held.value }

  /// - Parameter uptime: the host's, so that a late line does not look like a slow one.
  mutating func read(_ first: UInt64?, _ second: UInt64?, at uptime: Duration) {
    guard let first, let second else { return held.miss() }
    defer { last = (first, second, uptime) }
    guard let last, first >= last.first, second >= last.second else { return held.set(nil) }
    let seconds = (uptime - last.uptime).inSeconds
    guard seconds > 0 else { return held.miss() }
    held.set(Growth(first: Double(first - last.first), second: Double(second - last.second), seconds: seconds))
  }

  mutating func miss() { held.miss() }

  /// Makes the next reading the first; what was known stays until then.
  mutating func forgetBaseline() { last = nil }
}

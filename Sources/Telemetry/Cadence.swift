import Fleet

/// How often frames come, learnt from the frames: an order may have changed the interval since the stream began.
struct Cadence: Sendable {
  private var interval: Duration?
  private var lastGap: Duration?

  /// - Parameter interval: what the stream says of itself when it begins.
  mutating func begin(_ interval: Duration) {
    self.interval = interval
    lastGap = nil
  }

  /// How many frames should have come in a gap between two, and did not.
  mutating func missed(in gap: Duration) -> Int {
    guard let interval, interval > .zero, gap > .zero else { return 0 }
    defer { lastGap = gap }
    if let lastGap, abs((gap - lastGap).inSeconds) < 0.1 * gap.inSeconds {
      // Two gaps alike in a row are no accident.
      self.interval = gap
      return 0
    }
    // A frame that is merely late is not a missed one.
    return max(0, Int(min(1e6, gap.inSeconds / interval.inSeconds + 0.1)) - 1)
  }
}

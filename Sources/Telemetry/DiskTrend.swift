package import Fleet

/// How a file system fills, and so when it will be full.
///
/// Half an hour of its past in three parts, of which the slowest counts: something large that is written once grows one
/// part only, and what fills steadily grows all three.
package struct DiskTrend: Sendable {
  private var points: [(at: Moment, used: UInt64)] = []

  private static let step = Duration.seconds(30)
  private static let span = Duration.seconds(1800)
  /// With less of its past known nothing is foretold.
  private static let least = Duration.seconds(600)
  /// Fuller so late is as good as never.
  private static let horizon = Duration.seconds(30 * 86_400)

  package init() {}

  package mutating func add(_ used: ByteCount, at: Moment) {
    if let last = points.last, at - last.at < Self.step { return }
    points.append((at, used.bytes))
    points.removeAll { at - $0.at > Self.span }
  }

  /// Time until nothing is left, if it goes on as it did; `nil` where it does not fill, or too little is known.
  package func untilFull(leaving available: ByteCount) -> Duration? {
    guard let first = points.first, let last = points.last, last.at - first.at >= Self.least else { return nil }
    let third = (last.at - first.at) / 3
    let marks = (0...3).map { mark in points.last { $0.at <= first.at + third * mark } ?? first }
    var rate = Double.infinity
    for (from, to) in zip(marks, marks.dropFirst()) {
      let seconds = (to.at - from.at).inSeconds
      guard seconds > 0 else { return nil }
      rate = min(rate, (Double(to.used) - Double(from.used)) / seconds)
    }
    guard rate > 0 else { return nil }
    let seconds = Double(available.bytes) / rate
    return seconds <= Self.horizon.inSeconds ? .seconds(seconds) : nil
  }
}

extension [String: DiskTrend] {
  /// Takes in what `df` said, and says of each file system when it will be full.
  mutating func foretell(_ filesystems: [FilesystemFigures], at: Moment) -> [FilesystemFigures] {
    let mounts = Set(filesystems.map(\.mount))
    self = filter { mounts.contains($0.key) }
    return filesystems.map { filesystem in
      self[filesystem.mount, default: DiskTrend()].add(filesystem.used, at: at)
      var foretold = filesystem
      foretold.fullIn = self[filesystem.mount]?.untilFull(leaving: filesystem.available)
      return foretold
    }
  }
}

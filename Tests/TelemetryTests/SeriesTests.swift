import Telemetry
import Testing

struct SeriesTests {
  private func series(_ values: [Double?], capacity: Int = 100) -> Series {
    var series = Series(capacity: capacity)
    for value in values { series.append(value) }
    return series
  }

  @Test func `peak and percentile are of what is known`() {
    let known = series((1...100).map { Double($0) })
    #expect(known.peak == 100 && known.percentile(0.95) == 95 && known.percentile(0.5) == 50)
    #expect(known.percentile(0) == 1 && known.percentile(1) == 100)
    #expect(series([nil, 3, nil]).percentile(0.95) == 3)
    #expect(series([3, 1, 2]).percentile(0.95) == 3)
  }

  @Test func `what is unknown has none`() {
    for empty in [series([]), series([nil, nil])] {
      #expect(empty.peak == nil && empty.percentile(0.95) == nil && empty.mean(ofLast: 5) == nil)
    }
  }

  @Test func `only what is kept counts, and the mean is of the newest`() {
    let kept = series([100, 1, 2, nil, 4], capacity: 4)
    #expect(kept.peak == 4 && kept.mean(ofLast: 2) == 4 && kept.mean(ofLast: 3) == 3)
    #expect(kept.mean(ofLast: 100) == 7 / 3.0 && kept.mean(ofLast: 0) == nil)
  }
}

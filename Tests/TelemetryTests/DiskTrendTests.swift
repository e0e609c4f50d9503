import Fleet
import Telemetry
import Testing

struct DiskTrendTests {
  /// A file system with these megabytes used, one reading a minute.
  private func trend(_ used: [UInt64]) -> DiskTrend {
    var trend = DiskTrend()
    for (minute, megabytes) in used.enumerated() {
      trend.add(ByteCount(megabytes << 20), at: Moment(milliseconds: 1_790_000_000_000) + .seconds(60 * minute))
    }
    return trend
  }

  private func minutes(_ used: [UInt64], left: UInt64 = 600) -> Double? {
    trend(used).untilFull(leaving: ByteCount(left << 20)).map { ($0.inSeconds / 60).rounded() }
  }

  @Test func `what fills steadily is full when the rest is used up`() {
    #expect(minutes((0...30).map { 10 * UInt64($0) }) == 60)
    #expect(minutes((0...300).map { 10 * UInt64($0) }) == 60)
  }

  @Test func `ten minutes are the least that tells anything`() {
    #expect(minutes((0...9).map { 10 * UInt64($0) }) == nil)
    #expect(minutes((0...10).map { 10 * UInt64($0) }) == 60)
    #expect(minutes([]) == nil)
  }

  @Test func `what is written once, or shrinks, or stays, fills nothing`() {
    #expect(minutes((0...30).map { $0 < 20 ? 100 : 5000 }) == nil)
    #expect(minutes((0...30).map { 1000 - 10 * UInt64($0) }) == nil)
    #expect(minutes([UInt64](repeating: 7, count: 30)) == nil)
  }

  @Test func `the slowest part counts`() {
    let slowly = Array(0...20) as [UInt64]
    let quickly = (1...10).map { 20 + 10 * UInt64($0) }
    #expect(minutes(slowly + quickly) == 600)
  }

  @Test func `later than a month is never`() {
    #expect(minutes((0...30).map { UInt64($0) }, left: 31 * 1440) == nil)
    #expect(minutes((0...30).map { UInt64($0) }, left: 41_760) == 41_760)
  }

  @Test func `a full one is full now`() {
    #expect(minutes((0...30).map { 10 * UInt64($0) }, left: 0) == 0)
  }
}

import Fleet
import Testing

@Suite struct UnitsTests {
  @Test(arguments: [
    (0, "0B"), (1, "1B"), (999, "999B"), (1000, "1.0K"), (1023, "1.0K"), (1024, "1.0K"), (1536, "1.5K"),
    (10_188, "9.9K"), (10_189, "10K"), (1_023_487, "999K"), (1_023_488, "1.0M"), (1_048_576, "1.0M"),
    (100_663_296, "96M"), (2_040_109_466, "1.9G"), (10_737_418_240, "10G"), (1_099_511_627_776, "1.0T"),
    (1 << 60, "1.0E"), (UInt64.max, "16E"),
  ])
  func `bytes are short`(bytes: UInt64, short: String) {
    #expect(ByteCount(bytes).short == short)
  }

  @Test func `bytes take five characters at most, at any size`() {
    for power in 0..<63 {
      for offset in [-1, 0, 1] as [Int64] {
        for scale in [1, 3, 5, 999] as [Int64] {
          let bytes = UInt64(max(0, Int64(1) << Int64(power) + offset)) &* UInt64(scale)
          #expect(ByteCount(bytes).short.count <= 5, "\(bytes)")
        }
      }
    }
  }

  @Test(arguments: [
    (0.0, "0%"), (0.0004, "0%"), (0.0005, "0.1%"), (0.004, "0.4%"), (0.0994, "9.9%"), (0.0995, "10%"), (0.1, "10%"),
    (0.424, "42%"), (0.995, "100%"), (1, "100%"), (1.5, "150%"), (12.34, "1234%"),
  ])
  func `ratios are whole percent, with a decimal below ten`(ratio: Double, percent: String) {
    #expect(Ratio(ratio).percent == percent)
  }

  @Test(arguments: [-0.1, -.infinity, .infinity, .nan, 1e300])
  func `what is no share is unknown, not zero and no crash`(ratio: Double) {
    #expect(Ratio(ratio).percent == "?")
  }

  @Test func `no host's clock overflows a sum`() {
    let last = Moment(milliseconds: .max)
    let first = Moment(milliseconds: .min)
    #expect(last + .seconds(Int64.max) == last)
    #expect(first - .seconds(Int64.max) == first)
    #expect((last - first).milliseconds == .max)
    #expect((first - last).milliseconds == .min)
    #expect(Duration.seconds(Int64.min).milliseconds == .min)
  }

  @Test func `a share of nothing is unknown`() {
    #expect(Ratio(0, of: 0) == nil)
    #expect(Ratio(1, of: 4)?.value == 0.25)
  }

  @Test(arguments: [
    (-5, "0s"), (0, "0s"), (99, "99s"), (100, "1m"), (5999, "99m"), (6000, "1h"), (172_799, "47h"), (172_800, "2d"),
    (63_071_999, "729d"), (63_072_000, "2y"), (3_153_600_000, "100y"),
  ])
  func `durations take four characters at most`(seconds: Int, short: String) {
    #expect(Duration.seconds(seconds).short == short)
    #expect(short.count <= 4)
  }

  @Test func `no sum and no figure of a host's overflows a number of bytes`() {
    #expect(ByteCount(.max) + ByteCount(1) == ByteCount(.max))
    #expect(ByteCount(1) + ByteCount(2) == ByteCount(3))
    for (value, bytes) in [(-1, 0), (.nan, 0), (-.infinity, 0), (1.9, 1), (1e300, .max), (.infinity, .max)]
      as [(Double, UInt64)]
    {
      #expect(ByteCount(clamping: value).bytes == bytes, "\(value)")
    }
    #expect(ByteCount(clamping: Double(UInt64.max)).bytes == .max)
  }

  @Test func `moments are as far apart as their milliseconds`() {
    let moment = Moment(milliseconds: 1_000)
    #expect(moment + .milliseconds(1_500) - moment == .milliseconds(1_500))
    #expect((moment - .seconds(2)).milliseconds == -1_000)
    #expect(Duration.milliseconds(1_999).milliseconds == 1_999)
    #expect(Duration.milliseconds(1_500).inSeconds == 1.5)
  }
}

import Fleet
import Operations
import Telemetry
import Testing

struct LimitsTests {
  private func m(_ mebibytes: UInt64) -> ByteCount { .mebibytes(mebibytes) }

  @Test(arguments: [
    (50, 100), (100, 200), (250, 300), (900, 1000), (1000, 1250), (1100, 1250), (3750, 4000), (4000, 4500),
    (16_000, 17_000),
  ])
  func `arrows move CPU in sensible steps, and back`(_ low: Int, _ high: Int) {
    #expect(Cores(thousandths: low).raised == Cores(thousandths: high))
    #expect(Cores(thousandths: high).lowered >= Cores(thousandths: low).lowered)
    #expect(Cores(thousandths: high).lowered < Cores(thousandths: high))
  }

  @Test(arguments: [(1000, 900), (1250, 1000), (250, 200), (100, 50), (50, 50), (4500, 4000), (17_000, 16_000)])
  func `a step down ends on the same figures`(_ high: Int, _ low: Int) {
    #expect(Cores(thousandths: high).lowered == Cores(thousandths: low))
  }

  @Test(arguments: [(16, 32), (48, 64), (64, 128), (100, 128), (960, 1024), (1024, 1280), (3840, 4096), (4096, 5120)])
  func `arrows move memory in sensible steps`(_ low: UInt64, _ high: UInt64) {
    #expect(m(low).raisedLimit == m(high))
    #expect(m(high).loweredLimit < m(high) && m(high).loweredLimit >= min(m(low), m(high).loweredLimit))
  }

  @Test func `a step down of memory ends at 16 MiB`() {
    #expect(m(128).loweredLimit == m(64))
    #expect(m(64).loweredLimit == m(48))
    #expect(m(16).loweredLimit == m(16))
    #expect(m(1280).loweredLimit == m(1024))
  }

  @Test(arguments: [
    ("1.5", 1500), ("1,5", 1500), ("2", 2000), (".25", 250), ("0.05", 50), ("10", 10_000), ("3.", 3000),
  ])
  func `cores are typed as people write them`(_ text: String, _ thousandths: Int) throws {
    #expect(try LimitText.cores(text) == Cores(thousandths: thousandths))
  }

  @Test(arguments: [
    ("768m", 768), ("2g", 2048), ("1.5G", 1536), ("512 MiB", 512), ("64mb", 64), ("8388608", 8), ("65536k", 64),
  ])
  func `memory is typed as people write it`(_ text: String, _ mebibytes: UInt64) throws {
    #expect(try LimitText.memory(text) == m(mebibytes))
  }

  @Test(arguments: ["none", "NONE", "-"])
  func `none takes the limit away`(_ text: String) throws {
    #expect(try LimitText.cores(text) == nil)
    #expect(try LimitText.memory(text) == nil)
  }

  @Test(arguments: ["", "a", "0", "0.0", "1.2.3", "-1", "1e3", "1m", "9999", "$(reboot)", "1 2"])
  func `what is no number of cores is refused`(_ text: String) {
    #expect(throws: Unavailable.self) { try LimitText.cores(text) }
  }

  @Test(arguments: ["", "m", "0", "0m", "0.3160m ", "1x", "-1m", "5m", "1.2.3g", "99999999999g", "$(reboot)"])
  func `what is no memory is refused`(_ text: String) {
    #expect(throws: Unavailable.self) { try LimitText.memory(text) }
  }

  @Test func `a forgotten unit is asked about`() {
    #expect(throws: Unavailable(reason: "Docker takes no less than 6m of memory: 512m is meant?")) {
      try LimitText.memory("512")
    }
  }

  @Test(arguments: [(250, "0.25"), (1000, "1.0"), (1500, "1.5"), (125, "0.125"), (50, "0.05"), (12_000, "12.0")])
  func `cores are written as Docker takes them`(_ thousandths: Int, _ text: String) {
    #expect(Cores(thousandths: thousandths).text == text)
  }

  @Test func `memory is written exactly`() {
    #expect(m(768).limitText == "768m" && m(2048).limitText == "2g")
    #expect(ByteCount(805_306_369).limitText == "805306369")
  }

  @Test func `nothing that a host says overflows a limit`() {
    #expect(Cores(.nan) == Cores(thousandths: 0) && Cores(.infinity) == Cores(1e6) && Cores(-1) == Cores(0.0))
    #expect(ByteCount(.max).raisedLimit == ByteCount(.max) && ByteCount(.max).loweredLimit < ByteCount(.max))
    #expect(ByteCount.sensibleLimit(atLeast: .infinity) > ByteCount(0))
    let limits = Limits(memory: m(64), swap: .together(ByteCount(.max)))
    #expect(limits.with(memory: m(128)).swap == .together(ByteCount(.max)))
  }

  @Test func `swap moves with the memory, as much besides as before`() {
    let limits = Limits(cores: Cores(1), memory: m(64), swap: .together(m(128)))
    #expect(limits.with(memory: m(128)) == Limits(cores: Cores(1), memory: m(128), swap: .together(m(192))))
    #expect(limits.with(memory: nil) == Limits(cores: Cores(1)))
    #expect(Limits(memory: m(64), swap: .unlimited).with(memory: m(128)).swap == .unlimited)
    #expect(Limits(memory: m(64), swap: .together(m(64))).with(memory: m(128)).swap == .together(m(128)))
    #expect(Limits().with(memory: m(128)).swap == .together(m(128)))
    #expect(limits.with(memory: m(64)) == limits)
  }
}

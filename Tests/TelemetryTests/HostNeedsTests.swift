import Fleet
import Telemetry
import Testing

/// What a host was short of, by its past.
struct HostNeedsTests {
  /// A host of two cores and 4 GiB, sampled each 2 s.
  private struct Past {
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 2000)
    private var busy: UInt64 = 0
    private var idle: UInt64 = 0
    private var stolen: UInt64 = 0
    private var uptime = 0.0

    init() {
      telemetry.apply(
        .hello(
          Hello(
            version: 1, hostname: "web1", bootID: "b", kernel: "6.1", processID: 8, cgroupVersion: 2,
            interval: .seconds(2))), at: .seconds(0))
    }

    /// So many samples with that share of the processor and of memory in use.
    mutating func go(
      _ samples: Int, cpu: Double = 0.1, memory: Double = 0.3, swap: Double = 0, steal: Double = 0
    ) {
      for _ in 0..<samples {
        uptime += 2
        busy += UInt64(cpu * 400)
        stolen += UInt64(steal * 400)
        idle += UInt64((1 - cpu - steal) * 400)
        var frame = RawFrame(
          sequence: 0, clock: .seconds(uptime), uptime: .milliseconds(Int64(uptime * 1000)))
        frame.cpu = times(user: busy, idle: idle, steal: stolen)
        frame.cores = [times(user: busy / 2, idle: idle / 2), times(user: busy / 2, idle: idle / 2)]
        let total: UInt64 = 4 << 30
        frame.memory = MemoryFigures(
          total: ByteCount(total), available: ByteCount(total - UInt64(memory * Double(total))),
          swapTotal: ByteCount(1 << 30), swapFree: ByteCount(UInt64((1 - swap) * Double(1 << 30))))
        telemetry.apply(.frame(frame), at: .seconds(uptime))
      }
    }

    mutating func disk(used: UInt64) {
      let disk = FilesystemFigures(
        mount: "/", device: "/dev/sda1", used: ByteCount(used << 30), total: ByteCount(40 << 30),
        available: ByteCount((40 - used) << 30))
      telemetry.apply(.filesystems([disk]), at: .seconds(uptime))
    }

    var needs: HostNeeds { HostNeeds(telemetry, levels: Thresholds()) }
  }

  @Test func `of little past nothing is foretold, and how little it is is known`() {
    var past = Past()
    past.disk(used: 10)
    past.go(100, cpu: 0.9)
    #expect(past.needs.span == .seconds(198))
    #expect(past.needs.enough == nil)
  }

  @Test func `what was busy for a tenth of the time is short, and gets what it would use to six tenths`() throws {
    var past = Past()
    past.disk(used: 10)
    past.go(900)
    past.go(100, cpu: 0.95)
    let needs = past.needs
    let cpu = try #require(needs[.cpu])
    #expect(cpu.isShort && needs.isShort)
    #expect(cpu.above == .seconds(200) && cpu.standing == .seconds(200))
    #expect(abs(cpu.high.value - 0.95) < 0.002 && cpu.peak >= cpu.high)
    // 0.95 of two cores are 1.9, and 1.9 of 4 is less than six tenths.
    #expect(needs.enough == HostNeeds.Enough(cores: 4, memory: ByteCount(4 << 30), disk: ByteCount(40 << 30)))
  }

  @Test func `a peak of a minute is no shortage`() throws {
    var past = Past()
    past.disk(used: 10)
    past.go(30, cpu: 1)
    past.go(970)
    let cpu = try #require(past.needs[.cpu])
    #expect(!cpu.isShort && cpu.standing == .zero && cpu.above == .seconds(58))
    #expect(past.needs.enough?.cores == 2)
  }

  @Test func `what is swapped counts as memory that is missing`() throws {
    var past = Past()
    past.disk(used: 10)
    past.go(1000, memory: 0.9, swap: 0.7)
    let enough = try #require(past.needs.enough)
    // 3.6 GiB and 0.7 GiB, used to seven tenths.
    #expect(abs(Double(enough.memory.bytes) / Double(1 << 30) - 6.14) < 0.05)
  }

  @Test func `a full disk is a shortage, and stolen time is none that a larger machine ends`() throws {
    var past = Past()
    past.go(1000, cpu: 0.3, steal: 0.2)
    past.disk(used: 10)
    #expect(past.needs[.steal]?.isShort == true && !past.needs.isShort)
    past.disk(used: 35)
    #expect(past.needs.isShortOfDisk && past.needs.isShort)
    #expect(past.needs.enough?.disk == ByteCount(50 << 30))
  }

  @Test func `what is not known is none`() {
    let telemetry = HostTelemetry(host: HostName("web1"), capacity: 10)
    let needs = HostNeeds(telemetry, levels: Thresholds())
    #expect(needs.pasts.isEmpty && needs.cores == nil && needs.memory == nil && needs.disk == nil)
    #expect(!needs.isShort && needs.enough == nil && needs.span == .zero)
  }
}

import Fleet
import Telemetry
import Testing

@Suite struct FrameTests {
  @Test func `a frame holds what the kernel wrote`() throws {
    let frame = try #require(
      StreamDecoder.frame([
        "cpu  100 2 30 4000 5 6 7 8 0 0", "cpu0 60 1 20 2000 3 3 4 4 0 0", "cpu1 40 1 10 2000 2 3 3 4 0 0",
        "load 0.52 0.48 1.07 2/487 90210", "mem total=2048 available=1024 swaptotal=512 swapfree=256",
        "psi cpu some avg10=12.50 avg60=0.00 avg300=0.00 total=9",
        "psi io full avg10=0.10 avg60=0.00 avg300=0.00 total=9",
        "net   eth0: 1000 1 0 0 0 0 0 0 2000 2 0 0 0 0 0 0", "net eth1:5 1 0 0 0 0 0 0 6 2 0 0 0 0 0 0",
        "disk    8       0 sda 10 0 4 0 20 0 8 0 0 1500 0 0 0 0 0 0 0",
        "c abc cpu=123 mem=456 periods=7 throttled=3 throttledns=99 pids=4 oom=0 rx=1 tx=2 read=3 written=4 new=1",
        "c def cpu=9",
      ]))
    #expect(frame.sequence == 7)
    #expect(frame.clock == Moment(milliseconds: 1_700_000_000_123))
    #expect(frame.uptime == .milliseconds(4_242_500))
    #expect(frame.cpu.total == 4158)
    #expect(frame.cores.map(\.user) == [60, 40])
    #expect(frame.load == Load(one: 0.52, five: 0.48, fifteen: 1.07))
    #expect(frame.memory?.usedRatio == Ratio(0.5))
    #expect(frame.memory?.swapRatio == Ratio(0.5))
    #expect(frame.pressure?.cpuSome == Ratio(0.125))
    #expect(frame.pressure?.ioFull == Ratio(0.001))
    #expect(frame.pressure?.ioSome == nil)
    #expect(frame.networks.map(\.name) == ["eth0", "eth1"])
    #expect(frame.networks.map(\.sent) == [2000, 6])
    #expect(frame.disks == [.init(name: "sda", read: 2048, written: 4096, busyMilliseconds: 1500)])
    #expect(frame.containers.count == 2)
    #expect(frame.containers[0].throttledNanoseconds == 99)
    #expect(frame.containers[0].blockWritten == 4)
    #expect(frame.containers[1].cpuNanoseconds == 9)
    #expect(frame.containers[1].memory == nil)
  }

  @Test func `a core that is switched off leaves its place`() throws {
    let frame = try #require(StreamDecoder.frame(["cpu2 1 1 1 1 1 1 1 1"]))
    #expect(frame.cores.count == 3)
    #expect(frame.cores[0].total == 0)
  }

  static let bad: [(line: String, isUnknown: @Sendable (RawFrame) -> Bool)] = [
    ("cpu  1 2 3", { $0.cpu.total == 0 }),
    ("cpu  -1 2 3 4 5 6 7 8", { $0.cpu.total == 0 }),
    ("cpu  18446744073709551615 18446744073709551615 1 1 1 1 1 1", { $0.cpu.total == 0 }),
    ("cpu99999999 1 1 1 1 1 1 1 1", { $0.cores.isEmpty }),
    ("cpux 1 1 1 1 1 1 1 1", { $0.cores.isEmpty }),
    ("load 0,52 0,48 1,07", { $0.load == nil }),
    ("load nan inf 1e9", { $0.load == nil }),
    ("mem total=2048 available=1024", { $0.memory == nil }),
    ("mem total=99999999999999999999 available=1 swaptotal=0 swapfree=0", { $0.memory == nil }),
    ("psi cpu some avg10=1e300", { $0.pressure == nil }),
    ("psi cpu some avg10=100.01", { $0.pressure == nil }),
    ("psi", { $0.pressure == nil }),
    ("net eth0", { $0.networks.isEmpty }),
    ("net eth0: 1 2 3", { $0.networks.isEmpty }),
    ("disk 8 0 sda 1 2 3", { $0.disks.isEmpty }),
    ("disk 8 0 sda 1 0 18446744073709551615 0 1 0 18446744073709551615 0 0 0 0", { $0.disks.isEmpty }),
    ("c", { $0.containers.isEmpty }),
  ]

  @Test(arguments: bad.indices)
  func `a figure that can't be read is unknown, and the frame stands`(_ index: Int) throws {
    let frame = try #require(StreamDecoder.frame([Self.bad[index].line]), "\(Self.bad[index].line)")
    #expect(Self.bad[index].isUnknown(frame), "\(Self.bad[index].line)")
  }

  @Test func `a container's bad number leaves the others`() throws {
    let frame = try #require(StreamDecoder.frame(["c abc cpu=99999999999999999999 mem=-5 pids= oom=1x rx=7 tx"]))
    var expected = RawFrame.ContainerTotals(id: "abc")
    expected.received = 7
    #expect(frame.containers == [expected])
  }

  @Test func `a frame that was torn is dropped whole`() {
    let events = StreamDecoder.events(["= 1 10.0 10.0", "load 1 1 1", helloLine, "= 2 20.0 20.0", "."])
    let frames = events.compactMap { event -> RawFrame? in
      if case .frame(let frame) = event { frame } else { nil }
    }
    #expect(frames.map(\.sequence) == [2])
    #expect(frames.first?.load == nil)
    #expect(StreamDecoder.events(["= 1 10.0 10.0", "= 2 20.0 20.0", "."]).count == 1)
  }

  @Test(arguments: ["= x 1.0 1.0", "= 1 1.0", "= 1 -1.0 1.0", "= 1 99999999999999999999 1.0", "=", "= 1 1,5 1.0"])
  func `a frame without a time goes with all its lines`(_ first: String) {
    #expect(StreamDecoder.events([first, "load 1 1 1", "c abc cpu=1", "."]) == [.garbage(first)])
    #expect(StreamDecoder.events([first, "load 1 1 1", ".", "= 1 1.0 1.0", "."]).count == 2)
  }

  @Test func `a flood in one frame is bounded`() throws {
    let frame = try #require(StreamDecoder.frame((0..<6000).map { "c id\($0) cpu=1" }))
    #expect(frame.containers.count == 4096)
  }
}

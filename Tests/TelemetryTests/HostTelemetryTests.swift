import Fleet
import Telemetry
import Testing

/// A host whose frames the test makes by hand, two seconds apart.
struct Scene {
  var telemetry = HostTelemetry(host: HostName("web1"), capacity: 10)

  init(boot: String = "b1") { hello(boot: boot) }

  mutating func hello(boot: String = "b1", at: Double = 0) {
    let hello = Hello(
      version: 1, hostname: "web1", bootID: boot, kernel: "6.1", processID: 812, cgroupVersion: 2,
      interval: .seconds(2))
    telemetry.apply(.hello(hello), at: .seconds(at))
  }

  mutating func docker(_ isAvailable: Bool) {
    let reason = isAvailable ? "" : "Stopped."
    telemetry.apply(.capability(Capability(name: .docker, isAvailable: isAvailable, reason: reason)), at: .seconds(0))
  }

  /// - Parameters:
  ///   - uptime: on the host, in seconds.
  ///   - at: on our clock; the same where it is left out.
  mutating func frame(_ uptime: Double, at: Double? = nil, _ fill: (inout RawFrame) -> Void = { _ in }) {
    var frame = RawFrame(sequence: 0, clock: .seconds(at ?? uptime), uptime: .milliseconds(Int64(uptime * 1000)))
    fill(&frame)
    telemetry.apply(.frame(frame), at: .seconds(at ?? uptime))
  }

  mutating func container(_ id: String, state: ContainerFacts.State = .running, started: Double = -100) {
    var facts = ContainerFacts(id: id, name: id, image: "redis:7", state: state)
    facts.startedAt = .seconds(started)
    telemetry.apply(.container(facts), at: .seconds(0))
  }

  func figures(_ id: String) -> ContainerFigures? { telemetry.containers[id]?.figures }
}

func times(user: UInt64 = 0, idle: UInt64 = 0, ioWait: UInt64 = 0, steal: UInt64 = 0) -> RawFrame.CPUTimes {
  var times = RawFrame.CPUTimes()
  (times.user, times.idle, times.ioWait, times.steal) = (user, idle, ioWait, steal)
  return times
}

@Suite struct HostTelemetryTests {
  @Test func `shares of the CPU are differences between two frames`() {
    var scene = Scene()
    scene.frame(10) {
      $0.cpu = times(user: 1000, idle: 9000, ioWait: 100, steal: 10)
      $0.cores = [times(user: 1000, idle: 9000), times()]
    }
    #expect(scene.telemetry.figures.cpu == nil)
    #expect(scene.telemetry.figures.cores == [nil, nil])
    scene.frame(12) {
      $0.cpu = times(user: 1040, idle: 9120, ioWait: 120, steal: 30)
      $0.cores = [times(user: 1050, idle: 9150), times(user: 5, idle: 5), times(user: 1, idle: 1)]
    }
    #expect(scene.telemetry.figures.cpu == Ratio(0.3))
    #expect(scene.telemetry.figures.steal == Ratio(0.1))
    #expect(scene.telemetry.figures.ioWait == Ratio(0.1))
    #expect(scene.telemetry.figures.cores == [Ratio(0.25), nil, nil])
    #expect(scene.telemetry.cpuHistory.recent(5) == [nil, Double(Float(0.3))])
  }

  @Test func `no time between two frames gives no rate`() {
    var scene = Scene()
    for _ in 0..<2 {
      scene.frame(10) {
        $0.cpu = times(user: 100, idle: 100)
        $0.networks = [.init(name: "eth0", received: 5, sent: 5)]
      }
    }
    #expect(scene.telemetry.figures.cpu == nil)
    #expect(scene.telemetry.figures.network == nil)
  }

  @Test func `a reboot is no negative rate, told or not`() {
    for isTold in [true, false] {
      var scene = Scene()
      let fill: (inout RawFrame) -> Void = {
        let count = UInt64($0.uptime.inSeconds * 100)
        $0.cpu = times(user: count / 2, idle: count / 2)
        $0.networks = [.init(name: "eth0", received: count, sent: count)]
        $0.disks = [.init(name: "sda", read: count, written: count, busyMilliseconds: count)]
      }
      scene.frame(1000, at: 10, fill)
      scene.frame(1002, at: 12, fill)
      #expect(scene.telemetry.figures.cpu == Ratio(0.5))
      #expect(scene.telemetry.figures.network == Rates(incoming: 100, outgoing: 100))
      #expect(scene.telemetry.figures.diskBusy == Ratio(0.1))
      if isTold { scene.hello(boot: "b2", at: 20) }
      scene.frame(5, at: 21, fill)
      #expect(scene.telemetry.figures.cpu == nil)
      #expect(scene.telemetry.figures.network == nil)
      #expect(scene.telemetry.figures.diskIO == nil)
      scene.frame(7, at: 23, fill)
      #expect(scene.telemetry.figures.cpu == Ratio(0.5))
      #expect(scene.telemetry.figures.network == Rates(incoming: 100, outgoing: 100))
      // 12 to 21 seconds: three frames did not come.
      #expect(scene.telemetry.cpuHistory.recent(9) == [nil, 0.5, nil, nil, nil, nil, 0.5])
    }
  }

  @Test func `rates follow the host's uptime, not the line's delay`() {
    var scene = Scene()
    scene.frame(10, at: 10) { $0.networks = [.init(name: "eth0", received: 0, sent: 0)] }
    scene.frame(12, at: 40) { $0.networks = [.init(name: "eth0", received: 2000, sent: 4000)] }
    #expect(scene.telemetry.figures.network == Rates(incoming: 1000, outgoing: 2000))
    scene.frame(14, at: 40) { $0.networks = [.init(name: "eth0", received: 4000, sent: 8000)] }
    #expect(scene.telemetry.figures.network == Rates(incoming: 1000, outgoing: 2000))
    #expect(scene.telemetry.networkHistory.count == 3)
  }

  @Test func `a new interface counts from its second frame, and a counter that went back is unknown once`() {
    var scene = Scene()
    scene.frame(10) { $0.networks = [.init(name: "eth0", received: 100, sent: 100)] }
    scene.frame(12) {
      $0.networks = [.init(name: "eth0", received: 300, sent: 100), .init(name: "wg0", received: 999, sent: 0)]
    }
    #expect(scene.telemetry.figures.network == Rates(incoming: 100, outgoing: 0))
    scene.frame(14) { $0.networks = [.init(name: "eth0", received: 3, sent: 100)] }
    #expect(scene.telemetry.figures.network == nil)
    scene.frame(16) { $0.networks = [.init(name: "eth0", received: 5, sent: 104)] }
    #expect(scene.telemetry.figures.network == Rates(incoming: 1, outgoing: 2))
  }

  @Test func `figures that no machine reaches are unknown`() {
    var scene = Scene()
    scene.frame(10) { $0.networks = [.init(name: "eth0", received: 0, sent: 0)] }
    scene.frame(10.01) { $0.networks = [.init(name: "eth0", received: .max, sent: .max)] }
    #expect(scene.telemetry.figures.network == nil)
  }

  @Test func `skew is the host's clock minus ours, and age counts from the last frame`() {
    var scene = Scene()
    #expect(scene.telemetry.age(at: .seconds(5)) == nil)
    scene.frame(10) { $0.clock = .seconds(70) }
    #expect(scene.telemetry.figures.clockSkew == .seconds(60))
    #expect(scene.telemetry.age(at: .seconds(13)) == .seconds(3))
    #expect(scene.telemetry.figures.uptime == .seconds(10))
    #expect(scene.telemetry.frameCount == 1)
  }

  @Test func `missed frames are unknown in the charts, no more than these hold`() {
    var scene = Scene()
    let fill: (inout RawFrame) -> Void = { $0.load = Load(one: 1, five: 1, fifteen: 1) }
    scene.frame(10, fill)
    scene.frame(13.1, fill)
    #expect(scene.telemetry.loadHistory.recent(9) == [1, 1])
    scene.frame(19.1, fill)
    #expect(scene.telemetry.loadHistory.recent(9) == [1, 1, nil, nil, 1])
    scene.hello(at: 1000)
    scene.frame(90_000, fill)
    #expect(scene.telemetry.loadHistory.recent(20) == Array(repeating: nil, count: 9) + [1])
  }

  @Test func `another interval is learnt from the frames`() {
    var scene = Scene()
    let fill: (inout RawFrame) -> Void = { $0.load = Load(one: 1, five: 1, fifteen: 1) }
    for uptime in [10, 12, 22, 32, 42, 52] { scene.frame(Double(uptime), fill) }
    #expect(scene.telemetry.loadHistory.recent(10) == [1, 1, nil, nil, nil, nil, 1, 1, 1, 1])
  }

  @Test func `what is not read in each frame holds until it is too old`() {
    var scene = Scene()
    scene.frame(10) { $0.load = Load(one: 3, five: 1, fifteen: 1) }
    for step in 1...6 { scene.frame(10 + 2 * Double(step)) }
    #expect(scene.telemetry.figures.load?.one == 3)
    scene.frame(24)
    #expect(scene.telemetry.figures.load == nil)
  }

  @Test func `capabilities are those of the present stream`() {
    var scene = Scene()
    let capability = Capability(name: .redis, isAvailable: false, reason: "Why.")
    scene.telemetry.apply(.capability(capability), at: .seconds(1))
    #expect(scene.telemetry.capabilities == [.redis: capability])
    scene.hello(at: 5)
    #expect(scene.telemetry.capabilities.isEmpty)
  }
}

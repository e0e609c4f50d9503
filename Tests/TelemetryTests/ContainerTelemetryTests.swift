import Fleet
import Telemetry
import Testing

@Suite struct ContainerTelemetryTests {
  private func totals(_ id: String, _ fill: (inout RawFrame.ContainerTotals) -> Void) -> RawFrame.ContainerTotals {
    var totals = RawFrame.ContainerTotals(id: id)
    fill(&totals)
    return totals
  }

  @Test func `each group of counters has rates over its own time`() {
    var scene = Scene()
    scene.container("a")
    for step in 0...5 {
      scene.frame(10 + 2 * Double(step)) { frame in
        let seconds = UInt64(step) * 2
        frame.containers = [
          totals("a") {
            $0.cpuNanoseconds = seconds * 500_000_000
            $0.memory = 1000 + seconds
            guard step % 5 == 0 else { return }
            ($0.received, $0.sent, $0.blockRead, $0.blockWritten) = (seconds * 10, seconds * 20, seconds * 30, 7)
            ($0.periods, $0.throttledPeriods, $0.processes, $0.oomKills) = (seconds * 10, seconds * 4, 9, 1)
          }
        ]
      }
      #expect(scene.figures("a")?.cpuCores == (step == 0 ? nil : 0.5))
      #expect(scene.figures("a")?.memory == ByteCount(1000 + UInt64(step) * 2))
      #expect(scene.figures("a")?.processes == 9)
      #expect(scene.figures("a")?.network == (step < 5 ? nil : Rates(incoming: 10, outgoing: 20)))
    }
    #expect(scene.figures("a")?.blockIO == Rates(incoming: 30, outgoing: 0))
    #expect(scene.figures("a")?.throttled == Ratio(0.4))
    let throttled = scene.telemetry.containers["a"]?.throttledHistory
    #expect(throttled?.last.map { Ratio(($0 * 1000).rounded() / 1000) } == Ratio(0.4))
    #expect(scene.figures("a")?.oomKills == 1)
    #expect(scene.telemetry.containers["a"]?.cpuHistory.recent(9) == [nil, 0.5, 0.5, 0.5, 0.5, 0.5])
    #expect(scene.telemetry.containers["a"]?.memoryHistory.last == 1010)
  }

  @Test func `a rate holds between readings and ends when it is too old`() {
    var scene = Scene()
    scene.container("a")
    for uptime in [10.0, 12.0] {
      scene.frame(uptime) { $0.containers = [totals("a") { $0.cpuNanoseconds = UInt64(uptime) * 1_000_000_000 }] }
    }
    for step in 1...6 {
      scene.frame(12 + 2 * Double(step))
      #expect(scene.figures("a")?.cpuCores == 1)
    }
    scene.frame(26)
    #expect(scene.figures("a")?.cpuCores == nil)
  }

  @Test func `counters that go back are unknown once`() {
    var scene = Scene()
    scene.container("a")
    var seen: [Double?] = []
    for (step, count) in [4, 6, 1, 3].enumerated() {
      scene.frame(10 + 2 * Double(step)) {
        $0.containers = [totals("a") { $0.cpuNanoseconds = UInt64(count) * 1_000_000_000 }]
      }
      seen.append(scene.figures("a")?.cpuCores)
    }
    #expect(seen == [nil, 1, nil, 1])
  }

  @Test func `no period is no share, and a share is never above one`() {
    var scene = Scene()
    scene.container("a")
    var seen: [Ratio?] = []
    for (step, (periods, throttled)) in [(10, 1), (10, 1), (20, 91)].enumerated() {
      scene.frame(10 + 2 * Double(step)) {
        $0.containers = [totals("a") { ($0.periods, $0.throttledPeriods) = (UInt64(periods), UInt64(throttled)) }]
      }
      seen.append(scene.figures("a")?.throttled)
    }
    #expect(seen == [nil, nil, Ratio(1)])
  }

  @Test func `another run starts anew, and one that stopped uses nothing known`() {
    var scene = Scene()
    scene.container("a")
    let fill: (inout RawFrame) -> Void = { frame in
      frame.containers = [totals("a") { ($0.cpuNanoseconds, $0.memory) = (UInt64(frame.uptime.inSeconds * 1e9), 5) }]
    }
    scene.frame(10, fill)
    scene.frame(12, fill)
    #expect(scene.figures("a")?.cpuCores == 1)
    scene.container("a", started: 12)
    scene.frame(14, fill)
    #expect(scene.figures("a")?.cpuCores == nil)
    #expect(scene.figures("a")?.memory == ByteCount(5))
    scene.container("a", state: .exited, started: 12)
    #expect(scene.figures("a") == ContainerFigures())
    scene.frame(16)
    #expect(scene.telemetry.containers["a"]?.memoryHistory.recent(9) == [5, 5, 5, nil])
  }

  @Test func `a container that is gone goes with its history and its cache`() {
    var scene = Scene()
    scene.container("a")
    scene.telemetry.apply(.cache(CacheReading(containerID: "a")), at: .seconds(1))
    scene.frame(10)
    #expect(scene.telemetry.caches["a"] != nil)
    scene.telemetry.apply(.containerGone(id: "a"), at: .seconds(12))
    #expect(scene.telemetry.containers.isEmpty && scene.telemetry.caches.isEmpty)
  }

  @Test func `after a reconnection those not named again are forgotten, the others keep their history`() {
    var scene = Scene()
    for id in ["a", "b", "c"] { scene.container(id) }
    scene.frame(10)
    scene.frame(12)
    scene.hello(at: 60)
    scene.docker(true)
    scene.container("a")
    scene.frame(62)
    scene.container("b")
    scene.frame(64)
    #expect(scene.telemetry.containers.count == 3)
    scene.frame(66)
    #expect(Set(scene.telemetry.containers.keys) == ["a", "b"])
    #expect((scene.telemetry.containers["a"]?.cpuHistory.count ?? 0) > 4)
  }

  @Test func `a host that lost all its containers says so by silence`() {
    var scene = Scene()
    scene.container("a")
    scene.frame(10)
    scene.frame(12)
    scene.hello(at: 14)
    scene.docker(true)
    for step in 1...4 { scene.frame(14 + 2 * Double(step)) }
    #expect(scene.telemetry.containers.count == 1)
    scene.frame(24)
    #expect(scene.telemetry.containers.isEmpty)
  }

  @Test func `while the engine does not answer nobody is gone`() {
    var scene = Scene()
    scene.container("a")
    scene.frame(10)
    scene.frame(12)
    scene.hello(at: 14)
    // It hangs, and then says that it does.
    for step in 1...9 { scene.frame(14 + 2 * Double(step)) }
    scene.docker(false)
    for step in 10...19 { scene.frame(14 + 2 * Double(step)) }
    #expect(scene.telemetry.containers.count == 1)
    scene.container("b")
    scene.docker(true)
    scene.frame(62)
    scene.frame(64)
    #expect(Set(scene.telemetry.containers.keys) == ["b"])
  }

  @Test func `containers that are named before the engine is said to be back are there to stay`() {
    var scene = Scene()
    scene.docker(true)
    for id in ["a", "b"] { scene.container(id) }
    for step in 1...3 { scene.frame(10 + 2 * Double(step)) }
    scene.docker(false)
    for step in 4...9 { scene.frame(10 + 2 * Double(step)) }
    for id in ["a", "b"] { scene.container(id) }
    scene.docker(true)
    for step in 10...19 { scene.frame(10 + 2 * Double(step)) }
    #expect(Set(scene.telemetry.containers.keys) == ["a", "b"])
  }

  @Test func `a flood of containers is bounded, and figures of unknown ones are nothing`() {
    var scene = Scene()
    scene.frame(10) { $0.containers = [totals("x") { $0.memory = 1 }] }
    #expect(scene.telemetry.containers.isEmpty)
    for index in 0..<5000 { scene.container("id\(index)") }
    #expect(scene.telemetry.containers.count == 4096)
  }
}

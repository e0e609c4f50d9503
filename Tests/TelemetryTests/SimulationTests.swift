import Fleet
import Telemetry
import Testing

@Suite struct SimulationTests {
  private func lines(seed: UInt64, frames: Int, containers: Int = 20) -> [[String]] {
    var simulation = Simulation(host: "web1", containers: containers, seed: seed, start: .seconds(0))
    return [simulation.opening(token: "t0")] + (0..<frames).map { simulation.next(at: .seconds(Double($0) * 2)) }
  }

  @Test func `the same seed gives the same lines, another others`() {
    #expect(lines(seed: 1, frames: 30) == lines(seed: 1, frames: 30))
    #expect(lines(seed: 1, frames: 3) != lines(seed: 2, frames: 3))
  }

  @Test func `all that it says is understood, and gives figures that can be`() throws {
    var decoder = StreamDecoder(token: "t0")
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 1800)
    var kinds: Set<String> = []
    for (index, frame) in lines(seed: 7, frames: 1200).enumerated() {
      for event in frame.flatMap({ decoder.decode(text: $0) }) {
        #expect(!event.isGarbage, "\(event)")
        kinds.insert(String(String(describing: event).prefix { $0 != "(" }))
        telemetry.apply(event, at: .seconds(Double(max(0, index - 1)) * 2))
      }
    }
    #expect(
      kinds == ["hello", "capability", "frame", "filesystems", "container", "containerEvent", "log", "cache", "part"])
    #expect(telemetry.containers.count == 20)
    #expect(telemetry.frameCount == 1200)
    #expect(telemetry.cpuHistory.recent(1199).allSatisfy { $0.map { 0...1 ~= $0 } ?? false })
    #expect(telemetry.figures.clockSkew == .zero)
    #expect(telemetry.figures.fullest?.mount == "/")
    for container in telemetry.containers.values {
      #expect(container.figures.cpuCores.map { 0...4 ~= $0 } == true)
      #expect(container.figures.memory.map { $0 <= container.facts.memoryLimit ?? $0 } == true)
      #expect(container.figures.network != nil && container.figures.blockIO != nil)
    }
    // Two projects of eight and the first half of another: each has a proxy, a web server with its log, PHP, a database.
    let fleet = FleetDefinition(hosts: [])
    let roles = telemetry.containers.values.compactMap { fleet.role(of: $0.facts, on: HostName("web1")) }
    #expect(Set(roles) == Set(PartRole.allCases))
    #expect(telemetry.parts.count == 15)
    for container in telemetry.containers.values {
      for question in fleet.questions(of: container.facts, on: HostName("web1")) where question.kind != .redis {
        #expect(telemetry.parts[PartID(containerID: container.facts.id, kind: question.kind)] != nil)
      }
    }
    for part in telemetry.parts.values {
      #expect(part.problem == nil && part.figures != nil)
      #expect(part.history.last != nil && part.history.count > 1100)
    }
    let ratios = telemetry.caches.values.map { $0.figures.hitRatio?.value }
    #expect(ratios.count == 2)
    #expect(ratios.allSatisfy { $0.map { 0.3...1 ~= $0 } ?? false })
  }
}

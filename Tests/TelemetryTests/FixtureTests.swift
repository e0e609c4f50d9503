import Fleet
import FoundationEssentials
import Telemetry
import Testing

/// Streams of real hosts, as the sampler wrote them.
@Suite struct FixtureTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }.sorted()

  /// The lines of one host's stream, whether it was taken from the sampler or by `vigie record`.
  static func lines(_ name: String) throws -> [[UInt8]] {
    let data = try Data(contentsOf: folder.appending(path: name))
    let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    guard let first = lines.first, (try? Recording.start(ofHeader: first)) != nil else { return lines }
    return try lines.dropFirst().filter { !$0.isEmpty }.map { try Recording.entry($0).line }
  }

  @Test(arguments: names)
  func `a real stream is understood`(_ name: String) throws {
    var decoder = StreamDecoder()
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 100)
    var garbage: [StreamEvent] = []
    var clock = Moment.seconds(0)
    for event in try Self.lines(name).flatMap({ decoder.decode($0) }) {
      if event.isGarbage { garbage.append(event) }
      if case .frame(let frame) = event { clock = frame.clock }
      telemetry.apply(event, at: clock)
    }
    #expect(garbage == [])
    #expect(telemetry.hello?.version == 1)
    #expect(telemetry.frameCount > 0)
    #expect(telemetry.figures.memory?.usedRatio.map { 0...1 ~= $0.value } == true)
    #expect(telemetry.figures.load != nil)
    if telemetry.frameCount > 1 { #expect(telemetry.figures.cpu.map { 0...1 ~= $0.value } == true) }
  }

  @Test(arguments: names)
  func `a real stream that is broken anywhere does no harm`(_ name: String) throws {
    var state: UInt64 = 99
    let broken = try Self.lines(name).map { line in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var line = line
      guard !line.isEmpty else { return line }
      let place = Int(state >> 33) % line.count
      if state >> 32 & 1 == 0 { line[place] = UInt8(state >> 40 & 255) } else { line = Array(line.prefix(place)) }
      return line
    }
    HostileStreamTests().endure(broken)
  }
}

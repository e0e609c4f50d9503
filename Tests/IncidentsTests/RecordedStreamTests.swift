import Fleet
import Glibc
import Telemetry
import Testing

@testable import Incidents

/// What the streams of real hosts come to; how each was made is in `Tests/TelemetryTests/Recordings/README.md`.
struct RecordedStreamTests {
  @Test func `Docker stopped and started is no crash`() throws {
    let story = try Self.play("staging-docker-restart")
    let kinds = Set(story.book.incidents.map(\.key.kind)).subtracting([.clock, .threshold])
    // One had been killed for want of memory, twenty minutes before the stream began.
    #expect(kinds == [.containerStopped, .dockerSilent, .outOfMemory])
    let killed = story.book.incidents.filter { $0.key.kind == .outOfMemory }
    #expect(killed.map(\.lastSeen) == [Moment(milliseconds: 1_795_455_401_123)])
    #expect(story.open.filter { $0.contains("container-") } == [])
    #expect(story.book.incidents.filter { $0.key.kind == .containerStopped }.count == 4)
  }

  @Test(arguments: ["web-1-load", "no-docker"]) func `a host in good health has no incident of its containers`(
    _ name: String
  ) throws {
    let story = try Self.play(name)
    #expect(story.all.filter { $0.contains("container-") || $0.contains("memory") } == [])
  }

  /// Each sample arrives when the host says that it was taken.
  private static func play(_ name: String) throws -> Story {
    let root = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
    var story = Story()
    var decoder = StreamDecoder()
    for line in try bytes("\(root)/TelemetryTests/Recordings/\(name).stream").split(separator: 0x0A) {
      for event in decoder.decode(Array(line)) {
        if case .frame(let frame) = event { story.now = frame.clock }
        story.tell(event)
      }
    }
    return story
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}

import Console
import Fleet
import Glibc
import Remote
import Telemetry
import Testing

@testable import vigie

/// The prober with real `curl`s and real servers on loopback.
@Suite(.serialized) struct `The prober` {
  private func target(_ name: String, _ visited: Visited, plain: String = "redirect") throws -> ProbeTarget {
    // Domains are told apart by name, and the certificates are for this one.
    var target = ProbeTarget(domain: "boutique.example", address: "127.0.0.1")
    target.securePort = try visited.port(name)
    target.plainPort = try visited.port(plain)
    return target
  }

  private func defaults(_ visited: Visited?) -> Defaults {
    var defaults = Defaults()
    defaults.authorities = visited?.authorities
    return defaults
  }

  /// Gives it turns until it has said as much as that, or is over.
  private func readings(_ prober: Prober, atLeast count: Int = .max) async throws -> [ProbeReading] {
    let clock = Clock()
    var readings: [ProbeReading] = []
    try await wait(
      for: "readings", interests: { prober.interests },
      turn: { ready in
        for message in prober.turn(ready: ready, now: clock.now()) {
          if case .probe(let reading) = message { readings.append(reading) }
        }
      }, evidence: { "\(readings)" }, until: { prober.isOver || readings.count >= count })
    return readings
  }

  @Test func `tells what each server is like`() async throws {
    let visited = try await Visited()
    let expected: [(String, Int?, String?)] = [
      ("valid", 200, nil), ("expired", 200, "expired on"), ("future", 200, "not valid before"),
      ("wrong", 200, "is for other.example"), ("unknown", 200, "no authority that this machine knows"),
      ("self", 200, "self-signed"), ("broken", 503, nil), ("closed", nil, nil), ("empty", nil, nil),
      ("no-tls", nil, nil),
    ]
    for (name, status, problem) in expected {
      let prober = Prober(
        [try target(name, visited)], defaults: defaults(visited), isOnce: true, start: Clock().now())
      let reading = try #require(try await readings(prober).first)
      #expect(reading.status == status, "\(name): \(reading)")
      #expect((reading.failure == nil) == (status != nil), "\(name): \(reading)")
      #expect(reading.redirectsToHTTPS == true, "\(name): \(reading)")
      if let problem {
        #expect(reading.certificate?.problem?.contains(problem) == true, "\(name): \(reading)")
      } else {
        #expect(reading.certificate?.problem == nil, "\(name): \(reading)")
      }
      #expect(prober.interests.isEmpty)
    }
  }

  @Test func `looks at a server that fails again at once, and has no child left when it is closed`() async throws {
    let visited = try await Visited()
    let targets = [try target("closed", visited, plain: "plain"), try target("hung", visited, plain: "plain")]
    let prober = Prober(targets, defaults: defaults(visited), start: Clock().now())
    let start = ContinuousClock.now
    let found = try await readings(prober, atLeast: 2)
    #expect(ContinuousClock.now - start < .seconds(9))
    for reading in found {
      #expect(reading.failure == "nothing answers at port 443")
      #expect(reading.redirectsToHTTPS == false)
    }
    // The one that never answers is still waited for.
    #expect(!prober.interests.isEmpty)
    prober.close()
    #expect(prober.interests.isEmpty)
  }

  @Test func `says that the file of authorities can't be read, and blames no domain`() async throws {
    let visited = try await Visited()
    var defaults = defaults(visited)
    defaults.authorities = "/nonexistent/ca.pem"
    let prober = Prober([try target("valid", visited)], defaults: defaults, isOnce: true, start: Clock().now())
    let reading = try #require(try await readings(prober).first)
    #expect(reading.failure?.hasPrefix("the file of certificate authorities can't be read") == true)
    #expect(reading.isOwnFailure)
    #expect(!reading.isFailing)
  }

  @Test func `writes what it found into a recording`() async throws {
    let visited = try await Visited()
    let path = "/tmp/prober-\(getpid()).vigie"
    defer { unlink(path) }
    let clock = Clock()
    let prober = Prober([try target("valid", visited)], defaults: defaults(visited), isOnce: true, start: clock.now())
    let recorder = try Recorder(path: path, start: clock.now())
    prober.recorder = recorder
    let found = try await readings(prober)
    recorder.close()
    let file = try RecordingFile(path: path)
    #expect(file.hosts.isEmpty)
    #expect(file.entries.map { ProbeLine.decode($0.line) } == found)

    let feed = ReplayFeed(file, start: clock.now() - .seconds(60), speed: 1)
    let messages = feed.turn(ready: Ready(), now: clock.now())
    guard messages.count == 1, case .probe(let replayed) = messages[0] else {
      Issue.record("\(messages)")
      return
    }
    #expect(replayed == found.first)
  }
}

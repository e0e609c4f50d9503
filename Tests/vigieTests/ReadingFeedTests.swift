import Console
import Fleet
import Glibc
import Operations
import Remote
import Telemetry
import Testing

@testable import vigie

/// What pages read, by real commands on this machine.
@Suite(.serialized) struct `A reading` {
  private static let host = HostName("here")

  /// A host that is this machine, and what is read from it.
  @MainActor
  private final class Here {
    let live: LiveFeed
    let feed: ReadingFeed
    private(set) var news: [ReadingNews] = []
    private(set) var batches: [Int] = []
    private let clock = Clock()
    private var ahead = Duration.zero

    init() async throws {
      live = try LiveFeed(.thisMachine(named: host.text))
      feed = ReadingFeed(feed: live)
      try await run(until: "sampler") { live.link(host)?.state == .live }
    }

    isolated deinit {
      feed.close()
      live.close()
    }

    func start(_ command: [String], kind: Reading.Kind = .log, number: Int = 1) {
      let line = Lifeline.line(command, sudo: false)
      take(feed.start(ReadingOrder(number: number, kind: kind, host: host, line: line), now: now))
    }

    func stop() { feed.stop(now: now) }

    func run(until what: String, _ condition: () -> Bool) async throws {
      try await wait(
        for: what, interests: { live.interests + feed.interests },
        turn: { ready in
          _ = live.turn(ready: ready, now: now)
          take(feed.turn(ready: ready, now: now))
        }, evidence: { "\(news.suffix(3))" }, until: condition)
    }

    func skip(_ time: Duration) { ahead += time }

    private var now: Moment { clock.now() + ahead }

    private func take(_ messages: [Message]) {
      for case .reading(_, let new) in messages {
        news.append(new)
        if case .lines(let lines) = new { batches.append(lines.count) }
      }
    }

    var lines: [LogLine] {
      news.flatMap { new -> [LogLine] in if case .lines(let lines) = new { lines } else { [] } }
    }

    var end: ReadingEnd? {
      if case .ended(let end)? = news.last { end } else { nil }
    }
  }

  private static func isAlive(_ process: String) -> Bool { pid_t(process).map { kill($0, 0) == 0 } ?? false }

  @Test func `of a log brings what comes on both outputs, in order, and how it ended`() async throws {
    let here = try await Here()
    let stamp = "2026-11-24T15:02:45.247803418Z"
    here.start(["bash", "-c", "echo '\(stamp) one'; echo '\(stamp) \u{1B}[31mtwo' >&2; echo three; exit 3"])
    try await here.run(until: "end") { here.end != nil }
    #expect(
      here.lines == [
        LogLine(stamp: stamp, text: "one"), LogLine(stamp: stamp, text: "two"), LogLine(text: "three"),
      ])
    #expect(here.end == .exited(status: 3, words: "three"))
  }

  @Test func `ends on the host when nobody looks any more, and the next one begins after it`() async throws {
    let here = try await Here()
    here.start(["bash", "-c", "echo $$; exec sleep 1000"])
    try await here.run(until: "line") { !here.lines.isEmpty }
    let first = here.lines[0].text
    #expect(Self.isAlive(first))
    here.start(["bash", "-c", "echo $$; exec sleep 1000"], number: 2)
    try await here.run(until: "second line") { here.lines.count == 2 }
    #expect(!Self.isAlive(first))
    here.stop()
    let second = here.lines[1].text
    try await here.run(until: "end of the second") { !Self.isAlive(second) }
    #expect(here.end == nil)
  }

  @Test func `is told that somebody looks, or it would end by itself`() async throws {
    let here = try await Here()
    // In place of the watch, the command itself tells what it is sent.
    let line = "while IFS= read -r word; do echo \"told '$word'\"; done"
    _ = here.feed.start(ReadingOrder(number: 1, kind: .log, host: Self.host, line: line), now: Clock().now())
    for count in 1...2 {
      here.skip(.seconds(20))
      try await here.run(until: "word") { here.lines.count == count }
    }
    #expect(here.lines.map(\.text) == ["told ''", "told ''"])
  }

  @Test func `that floods comes in pieces, and can be stopped`() async throws {
    let here = try await Here()
    here.start([
      "bash", "-c", "echo $$; exec yes '2026-11-24T15:02:45.247803418Z a line of a container that writes and writes'",
    ])
    try await here.run(until: "many lines") { here.batches.reduce(0, +) > 50_000 }
    // A quarter of a megabyte at most.
    #expect(here.batches.max() ?? 0 <= 3500)
    let process = here.lines[0].text
    here.stop()
    let count = here.batches.count
    try await here.run(until: "end of the flood") { !Self.isAlive(process) }
    #expect(here.batches.count == count)
  }

  @Test func `of an inspection gives it masked, or not at all`() async throws {
    let here = try await Here()
    for (number, (text, status, expected)) in [
      (
        "[{\"Env\":[\"A=hunter2\"]}]", 0,
        ReadingNews.document(["[", "    {", "        \"Env\": [", "            \"A=***\"", "        ]", "    }", "]"])
      ),
      ("[{\"Env\":[\"A=hunter2\"", 0, .document(nil)),
      ("[{\n\"Env\":[\"A=hunter2\"", 124, .ended(.exited(status: 124, words: ""))),
      ("[]\nError: No such container: ab", 1, .ended(.exited(status: 1, words: "Error: No such container: ab"))),
    ].enumerated() {
      here.start(["bash", "-c", "printf %s \"$1\"; exit \(status)", "x", text], kind: .inspection, number: number)
      try await here.run(until: "answer") { here.news.count == number + 1 }
      #expect(here.news.last == expected)
    }
  }

  @Test func `that can't be begun says why`() async throws {
    let feed = ReadingFeed(feed: nil)
    let order = ReadingOrder(number: 7, kind: .log, host: Self.host, line: "true")
    guard case .reading(7, .ended(.refused(let reason, true)))? = feed.start(order, now: Clock().now()).first else {
      Issue.record("it was begun")
      return
    }
    #expect(reason == "a recording is played: there is no host to ask")
  }
}

import Glibc
import Remote
import Testing

@MainActor
struct `A child` {
  @Test func `gives whole lines, and at its end the one that is not whole`() async throws {
    let child = try Child(["sh", "-c", "printf 'one\\ntw'; read word; printf \"o\\n$word\\nthr\""])
    var lines: [[UInt8]] = []
    try await wait(for: "line", interests: { child.interests }, turn: { lines += child.turn($0) }) { !lines.isEmpty }
    #expect(lines == [Array("one".utf8)])
    child.send(Array("order\n".utf8))
    let outcome = try await child.outcome()
    #expect(outcome.lines == ["two", "order", "thr"])
    #expect(outcome.status == .exited(0))
  }

  @Test func `reads all that was queued before its input ends`() async throws {
    let child = try Child(["wc", "-c"])
    #expect(child.send([UInt8](repeating: 0x78, count: 700_000)))
    child.closeInputWhenSent()
    #expect(!child.send([0x78]))
    #expect(try await child.outcome().lines == ["700000"])
  }

  @Test func `tells how it ended`() async throws {
    #expect(try await Child.run(["sh", "-c", "exit 3"]).status == .exited(3))
    #expect(try await Child.run(["sh", "-c", "kill -9 $$"]).status == .killed(signal: SIGKILL))
  }

  @Test func `keeps the last words of its standard error`() async throws {
    let outcome = try await Child.run(["sh", "-c", "yes babble | head -n 20000 >&2; echo last >&2"])
    #expect(outcome.errors.utf8.count == Child.mostErrors)
    #expect(outcome.errors.hasSuffix("babble\nlast\n"))
  }

  @Test func `that can't be started says why`() {
    #expect(throws: SpawnFailure(program: "no-such-program", code: ENOENT)) { try Child(["no-such-program"]) }
    #expect(throws: SpawnFailure(program: "/etc/passwd", code: EACCES)) { try Child(["/etc/passwd"]) }
    #expect(throws: SpawnFailure.self) { try Child([]) }
    #expect(
      "\(SpawnFailure(program: "tsh", code: ENOENT))" == "tsh is not installed on this machine, or not on the PATH")
  }

  @Test func `inherits no descriptor, no ignored and no blocked signal, and has its own group`() async throws {
    let other = try Child(["cat"])
    // The fourth is the directory that it lists.
    #expect(try await Child.run(["ls", "/proc/self/fd"]).lines == ["0", "1", "2", "3"])
    other.closeInput()
    _ = try await other.outcome()
    let child = try Child(["grep", "-E", "SigBlk|SigIgn|NSpgid", "/proc/self/status"])
    let fields = try await child.outcome().lines.map {
      $0.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
    }
    #expect(fields.first == "\(child.process)")
    // Signals 32 and 33 are the C library's own.
    #expect(fields.dropFirst().map { UInt64($0, radix: 16).map { $0 & 0x7FFF_FFFF } } == [0, 0])
  }

  @Test func `that prints 500 MB costs no memory`() async throws {
    for command in ["yes \(String(repeating: "x", count: 999)) | head -c 250000000", "head -c 250000000 /dev/zero"] {
      let child = try Child(["sh", "-c", command])
      child.closeInput()
      let before = Process.resident
      var (bytes, longest, most) = (0, 0, 0)
      try await wait(
        for: "end of the flood", limit: .seconds(120), interests: { child.interests },
        turn: { ready in
          var ready = ready
          // Several at once: between them others have their turns.
          for _ in 0..<50 {
            let lines = child.turn(ready)
            longest = max(longest, lines.map(\.count).max() ?? 0)
            bytes += lines.reduce(0) { $0 + $1.count + 1 }
            ready = Poller.wait(child.interests, timeout: .milliseconds(1))
          }
          most = max(most, Process.resident)
        }
      ) { !child.isReadable && child.reap() != nil }
      // The second has no newline at all: one line, cut.
      #expect(bytes == 250_000_000 || (bytes == LineSplitter.longest + 1 && longest == LineSplitter.longest))
      // Other tests run in this process meanwhile, and take their own.
      #expect(most - before < 160 << 20)
    }
  }

  @Test func `that does not read is sent no more than a megabyte`() async throws {
    let child = try Child(["sleep", "600"])
    let piece = [UInt8](repeating: 0x78, count: 10_000)
    var sent = 0
    while child.send(piece), sent < 100 << 20 { sent += piece.count }
    #expect(sent > 500_000 && sent <= Child.mostPending + 65_536)
    #expect(child.interests.contains { $0.events == .write })
    #expect(!child.send([UInt8](repeating: 0x78, count: 2 << 20)))
    child.signal(SIGKILL)
    #expect(try await child.outcome().status == .killed(signal: SIGKILL))
  }

  @Test func `that closed its input is not written to, and not waited for`() async throws {
    let child = try Child(["sh", "-c", "exec <&-; echo closed; sleep 600"])
    var lines: [[UInt8]] = []
    let piece = [UInt8](repeating: 0x78, count: 100_000)
    child.send(piece)
    try await wait(for: "line", interests: { child.interests }, turn: { lines += child.turn($0) }) { !lines.isEmpty }
    try await wait(for: "broken pipe", interests: { child.interests }, turn: { _ = child.turn($0) }) {
      !child.interests.contains { $0.events == .write }
    }
    #expect(!child.send(piece))
    child.signal(SIGKILL)
    _ = try await child.outcome()
  }

  @Test func `is reaped though what it left behind holds its pipes, and that is ended where asked`() async throws {
    let child = try Child(["sh", "-c", "sleep 600 & echo done"])
    try await wait(for: "end", until: { child.hasEnded })
    #expect(child.status == nil)
    #expect(Process.living(inGroup: child.process).count == 1)
    #expect(child.reap(endingGroup: true) == .exited(0))
    #expect(child.takeRest() == [Array("done".utf8)])
    try await wait(for: "end of the group", until: { Process.living(inGroup: child.process).isEmpty })
  }

  @Test func `has no terminal that could stop it in the background`() async throws {
    // The sixth field is the session, whose leader the child is.
    let child = try Child(["sh", "-c", "cut -d ' ' -f 6 /proc/$$/stat; (: < /dev/tty) 2> /dev/null || echo none"])
    #expect(try await child.outcome().lines == ["\(child.process)", "none"])
  }
}

import Glibc
import Remote
import Testing

@MainActor
struct `A program that has the terminal` {
  private func end(of words: [String]) async throws -> Remote.ExitStatus? {
    let foreground = try Foreground(words)
    try await wait(for: "end of \(words)", until: { foreground.turn() != nil })
    return foreground.status
  }

  @Test func `is looked at without waiting, until it has ended`() async throws {
    #expect(try await end(of: ["sh", "-c", "exit 7"]) == .exited(7))
    #expect(throws: SpawnFailure(program: "no-such-program", code: ENOENT)) { try Foreground(["no-such-program"]) }
  }

  @Test func `is ended where a person stops it: no shell is there to continue it`() async throws {
    #expect(try await end(of: ["sh", "-c", "kill -STOP $$; exit 7"]) == .killed(signal: SIGTERM))
  }

  @Test func `goes on where it asked for the terminal too early`() async throws {
    #expect(try await end(of: ["sh", "-c", "kill -TTIN $$; exit 7"]) == .exited(7))
  }

  @Test func `ends when it is hung up on`() async throws {
    let foreground = try Foreground(["sleep", "1000"])
    #expect(foreground.turn() == nil)
    foreground.hangUp()
    try await wait(for: "the end", until: { foreground.turn() != nil })
    #expect(foreground.status == .killed(signal: SIGHUP))
  }
}

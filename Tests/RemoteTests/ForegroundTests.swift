import Glibc
import Remote
import Testing

@MainActor
struct `A program that has the terminal` {
  @Test func `is waited for`() throws {
    #expect(try runInForeground(["sh", "-c", "exit 7"]) == .exited(7))
    #expect(throws: SpawnFailure(program: "no-such-program", code: ENOENT)) { try runInForeground(["no-such-program"]) }
  }

  @Test func `is ended where a person stops it: no shell is there to continue it`() throws {
    #expect(try runInForeground(["sh", "-c", "kill -STOP $$; exit 7"]) == .killed(signal: SIGTERM))
  }

  @Test func `goes on where it asked for the terminal too early`() throws {
    #expect(try runInForeground(["sh", "-c", "kill -TTIN $$; exit 7"]) == .exited(7))
  }
}

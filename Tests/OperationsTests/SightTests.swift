import Operations
import Testing

struct SightTests {
  @Test func `what changed is told in words that a person reads`() {
    let changes = Sight.changes(
      "state=running cpus=500000000 quota=0 memory=67108864 started=2026-11-24T14:56:36.785137835Z",
      "state=running cpus=0 quota=0 memory=134217728 started=2026-11-24T15:31:59.057120479Z")
    #expect(changes.map(\.key) == ["state", "cpus", "memory", "started"])
    #expect(changes.map(\.before) == ["running", "0.5", "64M", "14:56:36"])
    #expect(changes.map(\.after) == ["running", "no limit", "128M", "15:31:59"])
    #expect(changes.map(\.isSame) == [true, false, false, false])
  }

  @Test func `a limit that was taken away is none, and so is any that no host has`() {
    let changes = Sight.changes(
      "memory=67108864 swap=-1", "memory=1152921504606846976 swap=2305843009213693952")
    #expect(changes.map(\.before) == ["64M", "no limit"])
    #expect(changes.map(\.after) == ["no limit", "no limit"])
  }

  @Test func `what is no such words is left as it is`() {
    #expect(Sight.changes("running probe-1 (Up 3 minutes)", "running probe-1 (Up 1 second)").isEmpty)
    #expect(Sight.changes("", "state=running").isEmpty)
    #expect(Sight.changes("=x", "=y").isEmpty)
  }
}

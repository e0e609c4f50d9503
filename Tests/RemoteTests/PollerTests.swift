import Fleet
import Glibc
import Remote
import Testing

@MainActor
struct `Waiting` {
  private func pipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    _ = Glibc.pipe(&ends)
    return (ends[0], ends[1])
  }

  @Test func `finds what can be read and written, and nothing else`() {
    let (empty, full) = (pipe(), pipe())
    defer { for end in [empty.read, empty.write, full.read, full.write] { close(end) } }
    _ = write(full.write, "x", 1)
    let ready = Poller.wait(
      [
        Interest(descriptor: empty.read, events: .read), Interest(descriptor: full.read, events: .read),
        Interest(descriptor: empty.write, events: .both),
      ], timeout: nil)
    #expect(!ready.canRead(empty.read))
    #expect(ready.canRead(full.read) && !ready.canWrite(full.read))
    #expect(ready.canWrite(empty.write) && !ready.canRead(empty.write))
    #expect(!ready.canRead(-1) && !ready.canRead(10_000))
  }

  @Test func `ends when its time is over`() {
    let start = ContinuousClock.now
    #expect(Poller.wait([], timeout: .microseconds(10_500)) == Ready())
    #expect(ContinuousClock.now - start >= .milliseconds(10))
  }

  @Test func `counts a descriptor as ready whose other side is gone, or that is not open`() {
    let (broken, ended) = (pipe(), pipe())
    close(broken.read)
    close(ended.write)
    let closed = dup(broken.write)
    close(closed)
    let ready = Poller.wait(
      [
        Interest(descriptor: broken.write, events: .write), Interest(descriptor: ended.read, events: .read),
        Interest(descriptor: closed, events: .read),
      ], timeout: .seconds(20))
    #expect(ready.canWrite(broken.write))
    #expect(ready.canRead(ended.read))
    #expect(ready.canRead(closed))
    close(broken.write)
    close(ended.read)
  }

  @Test func `has a clock that tells the time`() {
    let clock = Clock()
    let wall = Int64(time(nil)) * 1000
    let now = clock.now()
    #expect(abs(now.milliseconds - wall) < 5000)
    #expect(clock.now() >= now)
  }
}

struct `Backing off` {
  @Test func `doubles from 1 to 30 seconds, with jitter, for ever`() {
    var backoff = Backoff()
    var generator = SystemRandomNumberGenerator()
    for step in [1, 2, 4, 8, 16, 30, 30, 30] {
      let wait = backoff.next(using: &generator)
      #expect(wait <= .seconds(step))
      #expect(wait >= .milliseconds(step * 700))
    }
    for _ in 0..<1000 { _ = backoff.next(using: &generator) }
    #expect(backoff.next(using: &generator) <= Backoff.longest)
    #expect(Set((0..<20).map { _ in backoff.next(using: &generator) }).count > 10)
    backoff.reset()
    #expect(backoff.attempt == 0)
    #expect(backoff.next(using: &generator) <= .seconds(1))
  }
}

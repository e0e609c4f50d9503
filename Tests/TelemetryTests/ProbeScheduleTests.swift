import Fleet
import Telemetry
import Testing

@Suite struct `The schedule of looks` {
  private let start = Moment.seconds(1000)

  /// Plays it: every look takes `lasting`; gives what was begun, and when, in milliseconds since the start.
  private func play(
    _ schedule: inout ProbeSchedule, for length: Duration, lasting: Duration = .milliseconds(100),
    failing: (Int, Int64) -> Bool = { _, _ in false }
  ) -> [(domain: Int, at: Int64)] {
    var now = start
    var begun: [(domain: Int, at: Int64)] = []
    var running: [(domain: Int, end: Moment)] = []
    var most = 0
    while now < start + length {
      for look in running where look.end <= now {
        schedule.ended(look.domain, isFailing: failing(look.domain, (now - start).milliseconds), at: now)
      }
      running.removeAll { $0.end <= now }
      while let domain = schedule.next(at: now) {
        begun.append((domain, (now - start).milliseconds))
        running.append((domain, now + lasting))
      }
      most = max(most, running.count)
      guard let next = (running.map(\.end) + [schedule.deadline].compactMap { $0 }).min() else { break }
      #expect(next > now)
      now = max(next, now + .milliseconds(1))
    }
    #expect(most <= ProbeSchedule.mostAtOnce)
    return begun
  }

  @Test func `looks at one domain every ten seconds`() {
    var schedule = ProbeSchedule(count: 1, interval: .seconds(10), start: start)
    #expect(play(&schedule, for: .seconds(35)).map(\.at) == [0, 10_000, 20_000, 30_000])
  }

  @Test func `begins at once, and spreads what follows evenly`() {
    var schedule = ProbeSchedule(count: 4, interval: .seconds(10), start: start)
    let begun = play(&schedule, for: .seconds(20))
    #expect(begun.prefix(4).map(\.at) == [0, 500, 1000, 1500])
    #expect(begun.filter { $0.at >= 10_000 }.map(\.at) == [10_000, 12_500, 15_000, 17_500])
    #expect(begun.filter { $0.at >= 10_000 }.map(\.domain) == [0, 1, 2, 3])
  }

  @Test func `takes fifty seconds for a hundred domains, two a second`() {
    var schedule = ProbeSchedule(count: 100, interval: .seconds(10), start: start)
    let begun = play(&schedule, for: .seconds(100))
    #expect(begun.map(\.domain) == Array(0..<100) + Array(0..<100))
    #expect(begun.map(\.at) == (0..<200).map { Int64($0) * 500 })
  }

  @Test func `has no more than eight at once, and forgets none`() {
    var schedule = ProbeSchedule(count: 30, interval: .seconds(10), start: start)
    let begun = play(&schedule, for: .seconds(120), lasting: .seconds(10))
    let counts = (0..<30).map { domain in begun.count { $0.domain == domain } }
    #expect(counts.min() ?? 0 >= 3)
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
  }

  @Test func `looks at a failing domain again after three seconds, once`() {
    var schedule = ProbeSchedule(count: 2, interval: .seconds(10), start: start)
    let begun = play(&schedule, for: .seconds(50)) { domain, at in domain == 1 && at > 9000 && at < 30_000 }
    #expect(begun.filter { $0.domain == 0 }.map(\.at) == [0, 10_000, 20_000, 30_000, 40_000])
    #expect(begun.filter { $0.domain == 1 }.map(\.at) == [500, 5000, 15_000, 18_100, 25_000, 35_000, 45_000])
  }

  @Test func `makes up for nothing after a long sleep`() {
    var schedule = ProbeSchedule(count: 3, interval: .seconds(10), start: start)
    _ = play(&schedule, for: .seconds(9))
    let woken = start + .seconds(3600)
    var begun: [Int] = []
    for tick in 0..<20 {
      let now = woken + .milliseconds(250) * tick
      while let domain = schedule.next(at: now) {
        begun.append(domain)
        schedule.ended(domain, isFailing: false, at: now)
      }
    }
    #expect(begun.sorted() == [0, 1, 2])
  }

  @Test func `looks at each once, eight at once, where it is for one answer`() {
    var schedule = ProbeSchedule(count: 10, interval: .seconds(10), isOnce: true, start: start)
    #expect(!schedule.isOver)
    let begun = play(&schedule, for: .seconds(60), lasting: .seconds(1)) { _, _ in true }
    #expect(begun.map(\.domain) == Array(0..<10))
    #expect(begun.map(\.at) == [Int64](repeating: 0, count: 8) + [1000, 1000])
    #expect(schedule.isOver)
  }

  @Test func `of no domains is over`() {
    var schedule = ProbeSchedule(count: 0, interval: .seconds(10), isOnce: true, start: start)
    #expect(schedule.isOver)
    #expect(schedule.deadline == nil)
    #expect(schedule.next(at: start) == nil)
    schedule.ended(3, isFailing: true, at: start)
  }
}

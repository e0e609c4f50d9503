import Fleet
import Telemetry
import Testing

@Suite struct CacheTelemetryTests {
  /// Answers of one Redis: when, its hits and its misses, and what else is particular.
  private func figures(
    _ answers: [(at: Double, hits: UInt64, misses: UInt64)], runs: [String] = [], uptimes: [UInt64] = []
  ) -> [CacheFigures] {
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 10)
    return answers.enumerated().compactMap { index, answer in
      var reading = CacheReading(containerID: "a")
      (reading.hits, reading.misses, reading.commands) = (answer.hits, answer.misses, answer.hits + answer.misses)
      reading.runID = index < runs.count ? runs[index] : "r1"
      reading.uptimeSeconds = index < uptimes.count ? uptimes[index] : 1000 + UInt64(answer.at)
      telemetry.apply(.cache(reading), at: .seconds(answer.at))
      return telemetry.caches["a"]?.figures
    }
  }

  @Test func `the hit rate is of the last minute, the lifetime's of all`() {
    var answers: [(at: Double, hits: UInt64, misses: UInt64)] = []
    for step in 0...12 { answers.append((Double(step) * 10, 1000 + UInt64(min(step, 6)) * 100, UInt64(step) * 100)) }
    let figures = figures(answers)
    #expect(figures[0].hitRatio == nil)
    #expect(figures[0].lifetimeHitRatio == Ratio(1))
    #expect(figures[0].hitsPerSecond == nil)
    #expect(figures[1].hitRatio == Ratio(0.5))
    #expect(figures[1].hitsPerSecond == 10 && figures[1].commandsPerSecond == 20)
    #expect(figures[6].hitRatio == Ratio(0.5))
    #expect(figures[9].hitRatio == Ratio(300.0 / 900))
    #expect(figures[12].hitRatio == Ratio(0))
    #expect(figures[12].hitsPerSecond == 0 && figures[12].missesPerSecond == 10)
    #expect(figures[12].lifetimeHitRatio == Ratio(1600.0 / 2800))
  }

  @Test func `the hit rate of the hour is coarser, and of no more than an hour`() {
    // A miss each second for an hour, then a hit each second.
    var answers: [(at: Double, hits: UInt64, misses: UInt64)] = []
    for step in 0...720 {
      let at = UInt64(step) * 10
      answers.append((Double(at), at > 3600 ? at - 3600 : 0, min(at, 3600)))
    }
    let figures = figures(answers)
    #expect(figures[0].hitRatioHour == nil)
    #expect(figures[1].hitRatioHour == Ratio(0))
    #expect(figures[360].hitRatioHour == Ratio(0) && figures[370].hitRatio == Ratio(1))
    #expect(figures[540].hitRatioHour.map { abs($0.value - 0.5) < 0.02 } == true)
    #expect(figures[720].hitRatioHour.map { $0.value > 0.97 } == true)
  }

  @Test func `the hour begins anew with a restart, but not with a refusal`() {
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 10)
    func hour(_ at: Double, _ hits: UInt64, _ misses: UInt64, run: String?, problem: String? = nil) -> Ratio? {
      var reading = CacheReading(containerID: "a")
      (reading.hits, reading.misses, reading.runID, reading.problem) = (hits, misses, run, problem)
      telemetry.apply(.cache(reading), at: .seconds(at))
      return telemetry.caches["a"]?.figures.hitRatioHour
    }
    _ = hour(0, 0, 0, run: "r1")
    #expect(hour(10, 50, 50, run: "r1") == Ratio(0.5))
    #expect(hour(20, 0, 0, run: nil, problem: "no answer") == nil)
    #expect(hour(30, 150, 50, run: "r1") == Ratio(0.75))
    _ = hour(40, 0, 0, run: nil, problem: "no answer")
    #expect(hour(50, 900, 900, run: "r2") == nil)
    #expect(hour(60, 910, 900, run: "r2") == Ratio(1))
    // Without the name of its run nobody knows what happened meanwhile.
    _ = hour(70, 0, 0, run: nil, problem: "no answer")
    #expect(hour(80, 1000, 1000, run: nil) == nil)
  }

  @Test func `no look-up in the minute is no hit rate`() {
    let figures = figures([(0, 500, 500), (10, 500, 500), (20, 500, 500)])
    #expect(figures[2].hitRatio == nil)
    #expect(figures[2].hitsPerSecond == 0)
    #expect(figures[2].lifetimeHitRatio == Ratio(0.5))
  }

  @Test func `a restart begins anew and is no negative rate`() {
    let answers: [(Double, UInt64, UInt64)] = [(0, 500, 500), (10, 600, 500), (20, 700, 900), (30, 790, 910)]
    for figures in [
      figures(answers, runs: ["r1", "r1", "r2", "r2"]), figures(answers, uptimes: [1000, 1010, 3, 13]),
    ] {
      #expect(figures[1].hitRatio == Ratio(1))
      #expect(figures[2].hitRatio == nil)
      #expect(figures[2].hitsPerSecond == nil && figures[2].missesPerSecond == nil)
      #expect(figures[3].hitRatio == Ratio(0.9))
      #expect(figures[3].hitsPerSecond == 9)
    }
  }

  @Test func `counters set back begin anew, even where only one shows it`() {
    let figures = figures([(0, 500, 5), (10, 600, 5), (20, 7, 9), (30, 16, 10)])
    #expect(figures[2].hitRatio == nil && figures[2].hitsPerSecond == nil)
    #expect(figures[2].lifetimeHitRatio == Ratio(7.0 / 16))
    #expect(figures[3].hitRatio == Ratio(0.9))
  }

  @Test func `answers that arrive together give no rate of their own`() {
    let figures = figures([(0, 0, 0), (30, 10, 0), (30, 300, 0)])
    #expect(figures[2].hitsPerSecond == 10)
  }

  @Test func `a Redis that refuses has a reason and no figures`() {
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 10)
    var reading = CacheReading(containerID: "a")
    (reading.hits, reading.misses, reading.usedMemory) = (1, 1, ByteCount(5))
    telemetry.apply(.cache(reading), at: .seconds(0))
    reading = CacheReading(containerID: "a")
    reading.problem = "NOAUTH"
    telemetry.apply(.cache(reading), at: .seconds(10))
    var expected = CacheFigures(containerID: "a")
    expected.problem = "NOAUTH"
    #expect(telemetry.caches["a"]?.figures == expected)
    #expect(telemetry.caches["a"]?.lastReading == .seconds(10))
  }

  @Test func `the history has one value per frame, and none from an answer that is too old`() {
    var scene = Scene()
    for (at, hits) in [(0.0, 0), (10.0, 10)] {
      var reading = CacheReading(containerID: "a")
      (reading.hits, reading.misses) = (UInt64(hits), 0)
      scene.telemetry.apply(.cache(reading), at: .seconds(at))
    }
    scene.frame(12)
    scene.frame(14)
    scene.hello(at: 80)
    scene.frame(82)
    let history = scene.telemetry.caches["a"]?.hitHistory
    #expect(history?.recent(10) == Array(repeating: nil, count: 10) || history?.last == nil)
    #expect(history?.count == 10)
  }
}

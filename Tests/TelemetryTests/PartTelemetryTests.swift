import Fleet
import Telemetry
import Testing

/// A host with one container, whose parts' answers the test makes by hand.
private struct Stack {
  var scene = Scene()

  init() { scene.container("a") }

  @discardableResult
  mutating func answer(_ kind: PartKind, _ fields: String, at: Double) -> PartTelemetry? {
    for event in StreamDecoder.events(["part a \(kind.rawValue) \(fields)"]) {
      scene.telemetry.apply(event, at: .seconds(at))
    }
    return self[kind]
  }

  subscript(kind: PartKind) -> PartTelemetry? { scene.telemetry.parts[PartID(containerID: "a", kind: kind)] }

  mutating func php(_ fields: String, at: Double) -> PHPFigures? {
    if case .php(let figures)? = answer(.fpm, fields, at: at)?.figures { figures } else { nil }
  }

  mutating func web(_ kind: PartKind, _ fields: String, at: Double) -> WebFigures? {
    if case .web(let figures)? = answer(kind, fields, at: at)?.figures { figures } else { nil }
  }

  mutating func database(_ fields: String, at: Double) -> DatabaseFigures? {
    if case .database(let figures)? = answer(.mysql, fields, at: at)?.figures { figures } else { nil }
  }

  mutating func proxy(_ fields: String, at: Double) -> ProxyFigures? {
    if case .proxy(let figures)? = answer(.traefik, fields, at: at)?.figures { figures } else { nil }
  }

  mutating func log(_ fields: String, at: Double) -> AccessLogFigures? {
    if case .accessLog(let figures)? = answer(.accesslog, fields, at: at)?.figures { figures } else { nil }
  }
}

@Suite struct PartTelemetryTests {
  @Test func `a pool's gauges are those of the answer, its counters are changes`() {
    var stack = Stack()
    let gauges = "pool=www queue=4 idle=2 active=6 total=8 limit=10 source=status"
    let first = stack.php("\(gauges) uptime=100 accepted=1000 max-children-reached=7 slow=3", at: 10)
    #expect(first?.pool == "www" && first?.queue == 4 && first?.idle == 2 && first?.active == 6)
    #expect(first?.total == 8 && first?.limit == 10 && first?.busy == Ratio(0.6) && first?.isFromProcesses == false)
    #expect(first?.requestsPerSecond == nil && first?.limitReached == nil && first?.slow == nil)
    let second = stack.php("\(gauges) uptime=110 accepted=1050 max-children-reached=7 slow=4", at: 20)
    #expect(second?.requestsPerSecond == 5 && second?.limitReached == 0 && second?.slow == 1)
  }

  @Test func `changes are those of five minutes`() {
    var stack = Stack()
    var last: PHPFigures?
    // One more every ten seconds, for ten minutes.
    for step in 0...60 { last = stack.php("accepted=\(step * 20) max-children-reached=\(step)", at: Double(step) * 10) }
    #expect(last?.limitReached == 30)
    #expect(last?.requestsPerSecond == 2)
    // Nothing happened since, for as long.
    for step in 61...92 { last = stack.php("accepted=1200 max-children-reached=60", at: Double(step) * 10) }
    #expect(last?.limitReached == 0 && last?.requestsPerSecond == 0)
  }

  @Test func `a part that is asked oftener keeps no more, and seldom ones have their changes too`() {
    for interval in [2.0, 60, 300, 600] {
      var stack = Stack()
      var last: PHPFigures?
      for step in 0...400 {
        let at = Double(step) * interval
        last = stack.php("accepted=\(Int(at) * 3) slow=\(Int(at))", at: at)
      }
      #expect(last?.requestsPerSecond == 3)
      #expect(last?.slow.map { Double($0) >= 300 && Double($0) <= max(308, interval) } == true, "\(interval)")
    }
  }

  @Test func `after a restart nothing is negative, and nothing is of before`() {
    var stack = Stack()
    _ = stack.php("uptime=900 accepted=5000 max-children-reached=9 slow=9", at: 10)
    // More was counted since than before: only its uptime shows that it restarted.
    let restarted = stack.php("uptime=4 accepted=9000 max-children-reached=20 slow=30", at: 20)
    #expect(restarted?.requestsPerSecond == nil && restarted?.limitReached == nil && restarted?.slow == nil)
    let next = stack.php("uptime=14 accepted=9010 max-children-reached=21 slow=30", at: 30)
    #expect(next?.requestsPerSecond == 1 && next?.limitReached == 1 && next?.slow == 0)
    #expect(stack.php("accepted=3", at: 40)?.requestsPerSecond == nil)
  }

  @Test func `while nobody takes the question what was counted before still holds`() {
    var stack = Stack()
    _ = stack.php("uptime=100 accepted=10 max-children-reached=1 source=status", at: 0)
    _ = stack.php("uptime=110 accepted=20 max-children-reached=3 source=status", at: 10)
    let full = stack.php("total=4 limit=4 active=4 idle=0 queue=6 source=queue", at: 20)
    #expect(full?.busy == Ratio(1) && full?.queue == 6 && full?.isFromProcesses == false)
    #expect(full?.limitReached == 2 && full?.requestsPerSecond == nil)
    // It was started anew meanwhile.
    let next = stack.php("uptime=5 accepted=30 max-children-reached=9 source=status", at: 30)
    #expect(next?.limitReached == nil && next?.requestsPerSecond == nil)
  }

  @Test func `workers counted from processes say so`() {
    var stack = Stack()
    let figures = stack.php(#"total=5 limit=5 source=processes why=its\040status\040page\040is\040off"#, at: 10)
    #expect(figures?.whyProcesses == "its status page is off")
    #expect(figures?.isFromProcesses == true && figures?.total == 5 && figures?.active == nil && figures?.busy == nil)
  }

  @Test func `answers that arrive together give no rate of their own`() {
    var stack = Stack()
    _ = stack.web(.nginx, "requests=0", at: 0)
    #expect(stack.web(.nginx, "requests=100", at: 10)?.requestsPerSecond == 10)
    #expect(stack.web(.nginx, "requests=250", at: 10)?.requestsPerSecond == 25)
    #expect(stack.web(.nginx, "requests=260", at: 10.5)?.requestsPerSecond != 20)
  }

  @Test func `Nginx and Apache have the same figures under other names`() {
    var stack = Stack()
    let fields = "active=9 accepts=5 handled=5 requests=40 reading=1 writing=2 waiting=6"
    _ = stack.web(.nginx, fields, at: 0)
    let nginx = stack.web(.nginx, fields.replacing("requests=40", with: "requests=140"), at: 10)
    #expect(nginx?.active == 9 && nginx?.reading == 1 && nginx?.writing == 2 && nginx?.waiting == 6)
    #expect(nginx?.requestsPerSecond == 10)
    _ = stack.web(.apache, "busy=3 idle=7 requests=10 uptime=5", at: 0)
    let apache = stack.web(.apache, "busy=3 idle=7 requests=30 uptime=15", at: 10)
    #expect(apache?.active == 3 && apache?.waiting == 7 && apache?.requestsPerSecond == 2)
  }

  @Test func `an access log's answer is of its own time`() {
    var stack = Stack()
    let figures = stack.log("seconds=10.000 requests=50 s2=30 s3=5 s4=10 s5=5 unread=0", at: 10)
    #expect(
      figures?.requestsPerSecond == 5 && figures?.clientErrorsPerSecond == 1 && figures?.serverErrorsPerSecond == 0.5)
    #expect(stack.log("requests=50", at: 20) == AccessLogFigures())
    #expect(stack.log("seconds=10 requests=50", at: 30)?.serverErrorsPerSecond == nil)
  }

  @Test func `an access log's answer about a moment waits for the next`() {
    var stack = Stack()
    #expect(stack.log("seconds=0.2 requests=1 s4=0 s5=1", at: 10) == AccessLogFigures())
    #expect(stack.log("seconds=1.8 requests=3 s4=2 s5=1", at: 12)?.requestsPerSecond == 2)
    #expect(stack.log("seconds=0.1 requests=9 s4=0 s5=0", at: 12)?.requestsPerSecond == 2)
    let figures = stack.log("seconds=9.9 requests=1 s4=0 s5=5", at: 22)
    #expect(figures?.requestsPerSecond == 1 && figures?.serverErrorsPerSecond == 0.5)
  }

  @Test func `a proxy's services are compared each by itself, the busiest first`() {
    var stack = Stack()
    _ = stack.proxy(
      #"requests=1000 s5=10 routers=6 routers-in-error=1 service:a@docker=600/0 service:b@docker=100/9 service:c=5/5"#
        + " router:a@docker=10/0", at: 0)
    let figures = stack.proxy(
      #"requests=1300 s5=11 routers=6 service:a@docker=700/0 service:b@docker=300/10 service:c=1/0 service:d\040e=9/0 "#
        + #"service:f=x/1 service:g=5 router:a@docker=20/5 in-error=x\075 why=no\040y servers=3 servers-down=1"#, at: 10
    )
    #expect(figures?.requestsPerSecond == 30 && figures?.serverErrorsPerSecond == 0.1)
    #expect(figures?.routers == 6 && figures?.routersInError == nil)
    #expect(figures?.traffic.map(\.name) == ["b@docker", "a@docker", "c", "d e"])
    #expect(figures?.traffic.map(\.requestsPerSecond) == [20, 10, nil, nil])
    #expect(figures?.traffic.first?.serverErrorsPerSecond == 0.1)
    #expect(figures?.routerTraffic.map(\.name) == ["a@docker"])
    #expect(figures?.routerTraffic.first?.serverErrorsPerSecond == 0.5)
    #expect(figures?.routerInError == "x=" && figures?.whyInError == "no y")
    #expect(figures?.servers == 3 && figures?.serversDown == 1)
  }

  @Test func `a database's figures`() {
    var stack = Stack()
    let same =
      #"version=11.4 connections=40 max-connections=50 running=3 waiting=2 longest=12.5 longest-text=SELECT\0401"#
      + " replica=yes replica-running=no lag=7 size=5000000000"
    _ = stack.database("\(same) uptime=50 queries=100 slow=1 buffer-reads=10 buffer-requests=100 lock-waits=0", at: 0)
    let figures = stack.database(
      "\(same) uptime=60 queries=600 slow=3 buffer-reads=20 buffer-requests=200 lock-waits=5", at: 10)
    #expect(figures?.version == "11.4" && figures?.full == Ratio(0.8) && figures?.running == 3)
    #expect(figures?.queriesPerSecond == 50 && figures?.slowPerSecond == 0.2 && figures?.lockWaitsPerSecond == 0.5)
    #expect(figures?.bufferHits == Ratio(0.9) && figures?.waitingForLocks == 2)
    #expect(figures?.longestQuery == .milliseconds(12500) && figures?.longestText == "SELECT 1")
    #expect(figures?.replication == DatabaseFigures.Replication(isRunning: false, lag: .seconds(7)))
    #expect(figures?.size == ByteCount(5_000_000_000))
    #expect(stack.database("replica=no", at: 20)?.replication == nil)
    #expect(stack.database("replica=yes", at: 30)?.replication == nil)
  }

  @Test func `no request is no hit rate of the buffer`() {
    var stack = Stack()
    for at in [0.0, 10] {
      #expect(stack.database("buffer-reads=10 buffer-requests=100", at: at)?.bufferHits == nil)
    }
  }

  @Test(arguments: ["-1", "1e9", "99999999999999999999", "1152921504606846977", "0x10", "", "NaN", "٣"])
  func `what is no number is unknown`(_ value: String) {
    var stack = Stack()
    for at in [0.0, 10] {
      let php = stack.php("active=\(value) limit=\(value) accepted=\(value) slow=\(value) pool=x", at: at)
      #expect(php?.active == nil && php?.limit == nil && php?.requestsPerSecond == nil && php?.slow == nil)
      let database = stack.database("longest=\(value) size=\(value) lag=\(value) version=x", at: at)
      #expect(database?.longestQuery == nil && database?.size == nil)
      #expect(stack.log("seconds=\(value) requests=5", at: at)?.requestsPerSecond == nil)
    }
  }

  @Test func `with a problem there are no figures, and they come back`() {
    var stack = Stack()
    _ = stack.web(.nginx, "active=1 requests=10", at: 0)
    let refused = stack.answer(.nginx, "error it answers 404; add a location with stub_status", at: 10)
    #expect(refused?.problem == "it answers 404; add a location with stub_status")
    #expect(refused?.figures == nil && refused?.lastReading == .seconds(10))
    #expect(stack.web(.nginx, "active=1 requests=30", at: 20)?.requestsPerSecond == 1)
    #expect(stack[.nginx]?.problem == nil)
  }

  @Test func `an answer that is too old is no figure any more, a refusal stays`() {
    var stack = Stack()
    stack.answer(.nginx, "active=1 requests=10", at: 0)
    stack.answer(.fpm, "error it refuses; allow it", at: 0)
    stack.scene.frame(45)
    #expect(stack[.nginx]?.figures != nil)
    stack.scene.frame(47)
    #expect(stack[.nginx]?.figures == nil)
    #expect(stack[.nginx]?.problem?.hasPrefix("no answer for 45s") == true)
    #expect(stack[.fpm]?.problem == "it refuses; allow it")
    stack.answer(.nginx, "active=1 requests=10", at: 50)
    #expect(stack[.nginx]?.problem == nil && stack[.nginx]?.figures != nil)
  }

  @Test func `a part that is asked seldom is not too old so soon`() {
    var stack = Stack()
    for at in [0.0, 60, 120] { stack.answer(.nginx, "active=1", at: at) }
    stack.scene.frame(280)
    #expect(stack[.nginx]?.figures != nil)
    stack.scene.frame(302)
    #expect(stack[.nginx]?.figures == nil)
  }

  @Test func `the history has one value per frame, of what matters most`() {
    var stack = Stack()
    stack.scene.frame(8)
    stack.answer(.fpm, "active=3 limit=4", at: 9)
    stack.scene.frame(10)
    stack.scene.frame(12)
    stack.answer(.fpm, "error it is gone", at: 13)
    stack.scene.frame(14)
    #expect(stack[.fpm]?.history.recent(9) == [0.75, 0.75, nil])
  }

  @Test func `what stops loses its figures, what is gone goes`() {
    var stack = Stack()
    stack.answer(.fpm, "active=3 limit=4 accepted=5", at: 2)
    stack.scene.frame(4)
    stack.scene.container("a", state: .exited)
    #expect(stack[.fpm]?.figures == nil && stack[.fpm]?.problem == nil && stack[.fpm]?.history.count == 1)
    // One that was under way.
    stack.answer(.fpm, "active=3 limit=4 accepted=9", at: 5)
    #expect(stack[.fpm]?.figures == nil)
    stack.scene.container("a", started: 6)
    #expect(stack.php("active=3 limit=4 accepted=99", at: 12)?.requestsPerSecond == nil)
    stack.scene.telemetry.apply(.containerGone(id: "a"), at: .seconds(14))
    #expect(stack.scene.telemetry.parts.isEmpty)
    stack.answer(.fpm, "active=3", at: 15)
    #expect(stack.scene.telemetry.parts.isEmpty)
  }

  @Test func `a flood of parts is bounded`() {
    var scene = Scene()
    for index in 0..<2000 {
      scene.container("c\(index)")
      let reading = PartReading(id: PartID(containerID: "c\(index)", kind: .fpm), fields: ["active": "1"])
      scene.telemetry.apply(.part(reading), at: .seconds(1))
    }
    #expect(scene.telemetry.parts.count == 1024)
  }

  @Test func `a Memcached is a cache`() {
    var stack = Stack()
    let same = "version=1.6.31 evicted=0 expired=5 used=1000 max=67108864 keys=12 clients=3"
    stack.answer(.memcached, "\(same) uptime=10 hits=10 misses=10 commands=25", at: 0)
    stack.answer(.memcached, "\(same) uptime=20 hits=40 misses=20 commands=75", at: 10)
    let figures = stack.scene.telemetry.caches["a"]?.figures
    #expect(figures?.engine == .memcached && figures?.version == "1.6.31" && figures?.hitRatio == Ratio(0.75))
    #expect(figures?.commandsPerSecond == 5 && figures?.usedMemory == ByteCount(1000) && figures?.keys == 12)
    #expect(figures?.maxMemory == ByteCount(67_108_864) && figures?.clients == 3 && figures?.evictedPerSecond == 0)
    #expect(stack.scene.telemetry.parts.isEmpty)
    stack.answer(.memcached, "error nothing answers; see its log", at: 20)
    #expect(stack.scene.telemetry.caches["a"]?.figures.problem == "nothing answers; see its log")
    #expect(stack.scene.telemetry.caches["a"]?.figures.engine == .memcached)
  }
}

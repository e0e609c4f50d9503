import Fleet
import Telemetry
import Testing

/// The same bytes for each run, so that a failure can be seen again.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Suite struct HostileStreamTests {
  /// Lines of every kind, to be broken.
  static let samples: [[UInt8]] = {
    var simulation = Simulation(host: "web1", containers: 9, seed: 3, start: .seconds(0))
    var lines = simulation.opening(token: "t0")
    for frame in 0..<40 { lines += simulation.next(at: .seconds(Double(frame) * 2)) }
    lines += ["gone abc", "dropped 5", "bye x", "redis abc error NOAUTH", "can redis no Why."]
    lines += [
      "part abc fpm error it refuses; allow it", "part abc traefik requests=5 service:a\\040b=5/1",
      "part abc memcached hits=5 misses=3 uptime=9 used=77 max=99", "part abc postgres longest=0.5 longest-text=select",
      "answer - disk Images 5", "answer-end - disk",
    ]
    return lines.map { Array($0.utf8) }
  }()

  /// Feeds it all to a decoder and a host's figures, and looks at every text that comes out.
  func endure(_ lines: [[UInt8]]) {
    var decoder = StreamDecoder()
    var telemetry = HostTelemetry(host: HostName("web1"), capacity: 30)
    _ = decoder.decode(text: helloLine)
    for (index, line) in lines.enumerated() {
      for event in decoder.decode(line) {
        #expect(texts(in: event).allSatisfy { !holdsControl($0) }, "\(line)")
        telemetry.apply(event, at: .seconds(Double(index)))
      }
    }
    for container in telemetry.containers.values {
      #expect(container.figures.cpuCores.map { $0.isFinite && $0 >= 0 } ?? true)
      _ = container.figures.memory?.short
    }
    for ratio in [telemetry.figures.cpu, telemetry.figures.steal, telemetry.figures.fullest?.usedRatio] {
      #expect(ratio.map { 0...1 ~= $0.value } ?? true)
      _ = ratio?.percent
    }
    for part in telemetry.parts.values {
      #expect(part.history.recent(30).allSatisfy { $0.map { $0.isFinite && $0 >= 0 } ?? true })
    }
    for cache in telemetry.caches.values {
      #expect(cache.figures.hitRatio.map { 0...1 ~= $0.value } ?? true)
      #expect(cache.figures.hitsPerSecond.map { $0.isFinite && $0 >= 0 } ?? true)
    }
  }

  private func texts(in value: Any) -> [String] {
    if let text = value as? String { return [text] }
    return Mirror(reflecting: value).children.flatMap { texts(in: $0.value) }
  }

  @Test func `random bytes do no harm`() {
    var dice = Dice(state: 0x1234_5678_9ABC)
    var lines: [[UInt8]] = []
    for _ in 0..<1500 {
      let kind =
        ["", "c ", "= ", "cpu ", "fs ", "container ", "journal ", "event ", "redis ", "net ", "disk "]
        + ["part a fpm ", "part a ", "answer a "]
      let length = Int(dice.next() % 120)
      lines.append(Array(kind.randomElement(using: &dice)!.utf8) + (0..<length).map { _ in UInt8(dice.next() & 255) })
    }
    endure(lines)
  }

  @Test func `broken lines do no harm`() {
    var dice = Dice(state: 0xABCD_EF01)
    let insertions = [
      "\u{1B}[2J", "\u{202E}", "99999999999999999999", "-", "\u{0}", "\"", "{", "=", " ", "e308", "\u{9B}",
    ]
    var lines: [[UInt8]] = []
    for round in 0..<6 {
      for sample in Self.samples {
        var line = sample
        switch dice.next() % (round == 0 ? 6 : 5) {
        case 0: line = Array(line.prefix(Int(dice.next() % UInt64(line.count + 1))))
        case 1:
          let insertion = Array(insertions.randomElement(using: &dice)!.utf8)
          line.insert(contentsOf: insertion, at: Int(dice.next() % UInt64(line.count + 1)))
        case 2: line[Int(dice.next() % UInt64(line.count))] = UInt8(dice.next() & 255)
        case 3: line = line.map { 0x30...0x39 ~= $0 ? 0x39 : $0 }
        case 4:
          let digits = line.indices.filter { 0x30...0x39 ~= line[$0] }
          if let digit = digits.randomElement(using: &dice) {
            line.insert(contentsOf: "8446744073709551".utf8, at: digit)
          }
        default: break
        }
        lines.append(line)
      }
    }
    endure(lines)
  }

  @Test func `lines that are far too long do no harm`() {
    let kinds =
      ["", "c ", "cpu ", "container ", "journal ", "redis a ", "bye ", "can docker no ", "fs ", "= ", "net "]
      + ["part a fpm ", "part a mysql error ", "answer a slowlog ", "part "]
    for filling in [" ", "9", "a=1 ", "\u{1B}[", "[", "{\"a\":", "\"", "é", "db0:keys=9 "] {
      let long = Array(String(repeating: filling, count: 90_000 / filling.utf8.count).utf8)
      endure(kinds.map { Array($0.utf8) + long })
      endure(kinds.map { Array($0.utf8) + long.prefix(60_000) })
    }
  }

  @Test func `a hostile name is clean wherever it comes from`() {
    let evil = "x\u{1B}]0;t\u{7}\u{202E}\u{200B}"
    let json = #"x\u001b]0;t\u0007\u202e\u200b"#
    let lines = [
      "can docker no \(evil)", "fs \(evil) ext4 9 5 4 /\(evil)", "fs /d ext4 9 5 4 \\033[2J\\007", "fs-end",
      "gone \(evil)", "bye \(evil)", "redis \(evil) run_id:\(evil) redis_version:\(evil) maxmemory_policy:\(evil)",
      "redis a error \(evil)", "part \(evil) fpm pool=\(evil) \(evil)=1 x=\\033[2J\\007\\342\\200\\256",
      "part a fpm error \(evil)", "answer \(evil) \(evil) \(evil)", "answer-end \(evil) \(evil)", "= 1 1.0 1.0",
      "net \(evil): 1 1 1 1 1 1 1 1 1 1", "c \(evil) mem=5", "\(evil)",
      "disk 8 0 \(evil) 1 1 1 1 1 1 1 1 1 1 1 1", ".",
      "vigie-stream 1 token=\(evil) host=\(evil) boot=\(evil) kernel=\(evil) pid=9 cgroup=2 interval=2000",
      #"container {"id":"\#(json)","name":"\#(json)","image":"\#(json)","project":"\#(json)","service":"\#(json)","#
        + #""dir":"\#(json)","files":"\#(json)","state":"running","ports":["\#(json)"],"policy":"\#(json)","#
        + #""role":"\#(json)","exposed":{"\#(json)":{}}}"#,
      #"event {"Type":"container","Action":"die","Actor":{"ID":"\#(json)","Attributes":{"name":"\#(json)","image":"#
        + #""\#(json)","com.docker.compose.project":"\#(json)","com.docker.compose.service":"\#(json)"}},"time":1700000000}"#,
      #"journal {"__REALTIME_TIMESTAMP":"1700000000000000","SYSLOG_IDENTIFIER":"\#(json)","_SYSTEMD_UNIT":"\#(json)","#
        + #""CONTAINER_NAME":"\#(json)","MESSAGE":"\#(json)"}"#,
    ]
    #expect(StreamDecoder.events(lines).filter { $0.isGarbage }.count == 1)
    endure(lines.map { Array($0.utf8) })
  }
}

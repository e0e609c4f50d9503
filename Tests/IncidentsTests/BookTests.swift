import Fleet
import Telemetry
import Testing

@testable import Incidents

struct BookTests {
  @Test func `repeats of a log line fold, whatever their numbers`() {
    var story = Story()
    story.log("Failed password for root from 10.0.0.7 port 4711")
    story.log("Failed password for root from 10.0.0.99 port 17")
    story.log("Connection reset by peer")
    #expect(story.open == ["warning journal", "warning journal ×2"])
    #expect(story.book.incidents.last?.text == "sshd: Failed password for root from 10.0.0.99 port 17")
  }

  @Test(arguments: [(0, Severity.critical), (2, .critical), (3, .warning), (4, .notice)])
  func `severity comes from the priority`(_ priority: Int, _ severity: Severity) {
    var story = Story()
    story.log("something", priority: priority)
    #expect(story.book.incidents.map(\.severity) == [severity])
  }

  @Test func `a source of ever new lines has a bounded number of incidents`() {
    var story = Story()
    for word in 0..<1000 {
      story.log(String(repeating: "x", count: word % 90) + "\(Character(Unicode.Scalar(97 + UInt8(word % 26))))y")
    }
    #expect(story.book.incidents.count == Rules.kindsPerSource + 1)
    #expect(story.book.incidents.first?.text.hasPrefix("sshd: and ") == true)
  }

  @Test func `of a kernel report only the first line counts`() {
    var story = Story()
    story.log("php invoked oom-killer: gfp_mask=0xcc0", priority: 4, source: "kernel", isKernel: true)
    for line in ["CPU: 1 UID: 0 PID: 26054 Comm: php", "Call Trace:", " <TASK>", " dump_stack_lvl+0x57/0x80"] {
      story.log(line, priority: 4, source: "kernel", isKernel: true)
    }
    story.log("Memory cgroup out of memory: Killed process 1 (php)", priority: 3, source: "kernel", isKernel: true)
    #expect(story.open == ["critical out-of-memory"])
  }

  @Test func `a message that the host did not send is still an incident`() {
    var story = Story()
    story.log(nil)
    #expect(story.book.incidents.first?.text.contains("over 4096 bytes") == true)
  }

  @Test func `a threshold waits for its time, does not flap, and clears below its level`() {
    var story = Story()
    for _ in 0..<14 { story.sample(busy: 180) }
    #expect(story.open.isEmpty)
    for _ in 0..<3 { story.sample(busy: 180) }
    #expect(story.open == ["warning threshold"])
    #expect(story.book.incidents.first?.text == "CPU 90% busy for 30s; sort Containers by CPU, or see top on the host")
    story.sample(busy: 156)
    #expect(story.open == ["warning threshold"])
    story.sample(busy: 100)
    #expect(story.open.isEmpty)
    #expect(story.book.incidents.count == 1)
    #expect(story.book.incidents.first?.text == "CPU 90% busy at most; sort Containers by CPU, or see top on the host")
  }

  @Test func `a threshold that stays at the critical level becomes critical, and falls back from there`() {
    var story = Story()
    for _ in 0..<18 { story.sample(busy: 180) }
    story.sample(busy: 196)
    #expect(story.open == ["warning threshold"])
    for _ in 0..<15 { story.sample(busy: 196) }
    #expect(story.open == ["critical threshold"])
    #expect(story.book.incidents.first?.text.hasPrefix("CPU 98% busy") == true)
    story.sample(busy: 182)
    #expect(story.open == ["critical threshold"])
    story.sample(busy: 178)
    #expect(story.open == ["warning threshold"])
    #expect(story.book.incidents.first?.worst == .critical)
    #expect(story.book.incidents.first?.peak?.text.hasPrefix("CPU 98% busy at most") == true)
    story.sample(busy: 20)
    #expect(story.all == ["critical threshold"])
    #expect(story.book.incidents.first?.text.hasPrefix("CPU 98% busy at most") == true)
  }

  @Test func `a figure that comes back is not less than it was`() {
    var story = Story()
    story.inspected()
    for _ in 0..<18 { story.sample(memory: 990) }
    for _ in 0..<2 { story.sample(memory: 100) }
    for _ in 0..<18 { story.sample(memory: 940) }
    #expect(story.open == ["warning threshold ×2"])
    story.sample(memory: 100)
    #expect(story.book.incidents.map(\.text).first?.hasPrefix("redis of boutique uses 99%") == true)
    #expect(story.all == ["critical threshold ×2"])
  }

  @Test func `of equal severity what is down comes before figures and lines, however new these are`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 1)
    story.log("something", priority: 2)
    for _ in 0..<18 { story.sample(memory: 990) }
    #expect(story.open.count == 3)
    #expect(story.book.worst(for: story.host)?.key.kind == .containerCrashed)
  }

  @Test func `Docker that falls silent is an incident until it answers; where there never was any, it is none`() {
    var story = Story()
    let silent = Capability(name: .docker, isAvailable: false, reason: "Docker did not answer within 20 seconds.")
    story.tell(.capability(silent))
    #expect(story.all.isEmpty)
    story.tell(.capability(Capability(name: .docker, isAvailable: true)))
    story.tell(.capability(silent))
    story.tell(.capability(silent))
    #expect(story.open == ["critical docker-silent"])
    #expect(story.book.worst(for: story.host)?.text == silent.reason)
    story.tell(.capability(Capability(name: .docker, isAvailable: true)))
    #expect(story.open.isEmpty)
  }

  @Test func `where a declared project needs Docker, its silence is an incident from the start`() {
    let shop = Project(name: "shop", profile: .vps, hosts: [HostName("web-1")], environment: .dev)
    var story = Story(FleetDefinition(hosts: [], projects: [shop]))
    story.tell(.capability(Capability(name: .docker, isAvailable: false, reason: "It does not run.")))
    #expect(story.open == ["critical docker-silent"])
  }

  @Test func `a container that is gone crosses no threshold any more`() {
    var story = Story()
    story.inspected()
    for _ in 0..<18 { story.sample(memory: 990) }
    #expect(story.open == ["critical threshold"])
    story.tell(.containerGone(id: "a1"))
    #expect(story.open.isEmpty)
  }

  @Test func `a host that is lost is one incident until it returns`() {
    var story = Story()
    story.book.lost(story.host, reason: "it does not answer", at: story.now)
    story.book.lost(story.host, reason: "no route", at: story.now)
    #expect(story.open == ["critical host-lost"])
    #expect(story.book.incidents.first?.text == "web-1 is lost: no route")
    #expect(story.book.worst(for: story.host)?.key.kind == .hostLost)
    #expect(story.book.openCounts == (critical: 1, warning: 0))
    story.book.returned(story.host, at: story.now)
    #expect(story.book.worst(for: story.host) == nil)
  }

  @Test func `the book is bounded, and what is over goes first`() {
    var story = Story()
    story.book.lost(story.host, reason: "gone", at: story.now)
    for source in 0..<(Rules.kept + 50) { story.log("x", source: "source\(source)") }
    #expect(story.book.incidents.count == Rules.kept)
    #expect(story.book.incidents.first?.key.subject == "source\(Rules.kept + 49)")
    #expect(story.book.worst(for: story.host)?.key.kind == .hostLost)
  }

  @Test func `what comes back after ten minutes is another incident`() {
    var story = Story()
    story.inspected()
    story.container(.unhealthy)
    story.container(.healthy)
    story.wait(601)
    story.container(.unhealthy)
    #expect(story.all == ["critical container-unhealthy", "critical container-unhealthy"])
  }
}

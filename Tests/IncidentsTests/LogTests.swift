import Fleet
import Telemetry
import Testing

@testable import Incidents

struct LogTests {
  @Test(arguments: [
    ("Failed password for root from 10.0.0.7 port 4711", "Failed password for root from # port #"),
    ("Connection closed by 2001:db8::1 [preauth]", "Connection closed by # [preauth]"),
    ("Connection closed by fe80::abcd:1 and", "Connection closed by # and"),
    ("retry: bad: face", "retry: bad: face"),
    ("request 3f2a9c4e-11d2-4b77-9a01-aabbccddeeff took 12ms", "request # took #"),
    ("open \"/var/www/a b.php\" failed", "open # failed"),
    ("can't open 'x y' or `z'", "can't open # or #"),
    ("he said \"no end", "he said \"no end"),
    ("hash deadbeefcafe is bad", "hash # is bad"),
    ("a faded face", "a faded face"),
    ("2026-11-23T16:03:37.250Z GET /a", "# GET /a"),
    ("échec à l'étape 3", "échec à l'étape #"),
    ("", ""),
  ]) func `a line's shape has no numbers, addresses, identifiers or quotes`(_ line: String, _ shape: String) {
    #expect(LogShape.of(line) == shape)
  }

  @Test func `folded kinds are counted, and each severity has room of its own`() {
    var story = Story()
    for letter in Story.letters.prefix(14) { story.log("kind \(letter)", priority: 4) }
    #expect(story.book.incidents.first?.text == "sshd: and 4 more kinds of messages, the newest: kind n")
    story.log("disk is on fire", priority: 2)
    #expect(story.book.incidents.first?.text == "sshd: disk is on fire")
    #expect(story.book.incidents.count == Rules.kindsPerSource + 2)
  }

  @Test func `lines that are over make room for other kinds`() {
    var story = Story()
    for letter in Story.letters.prefix(11) { story.log("kind \(letter)") }
    story.wait(600)
    story.sample()
    #expect(story.open.isEmpty)
    story.log("another")
    #expect(story.book.incidents.first?.text == "sshd: another")
  }

  @Test func `a line that comes again and again stays open`() {
    var story = Story()
    for _ in 0..<5 {
      story.log("again")
      story.wait(500)
      story.sample()
    }
    #expect(story.open == ["warning journal ×5"])
  }

  @Test func `a flood of sources leaves what matters in the book`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 1)
    for source in 0..<2000 { story.log("x", priority: 4, source: "source\(source)") }
    #expect(story.book.incidents.count == Rules.kept)
    #expect(story.book.worst(for: story.host)?.key.kind == .containerCrashed)
  }

  @Test func `the kernel speaks before the engine, and it is one kill`() {
    var story = Story()
    story.inspected()
    story.log("php invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL)", priority: 4, source: "kernel", isKernel: true)
    story.container(.oom)
    story.container(.die, exitCode: 137)
    story.log("Memory cgroup out of memory: Killed process 7 (php)", source: "kernel", isKernel: true)
    #expect(story.all == ["critical out-of-memory"])
    #expect(story.book.incidents.first?.container == "boutique-redis-1")
  }

  @Test func `a kill of the host's own names the process`() {
    var story = Story()
    story.log("apt invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL)", priority: 4, source: "kernel", isKernel: true)
    story.log("Out of memory: Killed process 714 (apt) total-vm:9kB", source: "kernel", isKernel: true)
    #expect(
      story.book.incidents.map(\.text) == [
        "apt was killed by the kernel for want of memory; sort Containers by memory"
      ])
  }

  @Test func `the kernel's own report names the container`() {
    let id = String(repeating: "6b301697", count: 8)
    let line = "oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/docker/\(id),task_memcg=/docker/\(id),task=php,pid=1"
    #expect(KernelKill(line)?.container == id)
    #expect(KernelKill("eth0: renamed from veth8ec4d58") == nil)
  }

  @Test(arguments: [
    "Call Trace:", " <TASK>", "do_anonymous_page+0x340/0x900", "? ___pte_offset_map+0x17/0x100",
    "asm_exc_page_fault+0x22/0x30",
  ]) func `a kernel report's detail is no incident`(_ line: String) {
    var story = Story()
    story.log(line, priority: 4, source: "kernel", isKernel: true)
    #expect(story.all.isEmpty)
  }

  @Test func `an incident is found by its number until it is gone`() {
    var story = Story()
    story.log("one")
    story.log("two")
    #expect(story.book.incidents.map { story.book[$0.id]?.text } == ["sshd: two", "sshd: one"])
    #expect(story.book[99] == nil)
  }

  @Test func `what was written before the stream is as old as it is, and of long ago there is none`() {
    var story = Story()
    story.begin()
    for (text, ago) in [("too old", 3601), ("old", 3599), ("young", 300), ("new", 1)] { story.log(text, ago: ago) }
    #expect(story.book.incidents.map(\.text) == ["sshd: new", "sshd: young", "sshd: old"])
    #expect(story.book.incidents.map { story.now - $0.firstSeen } == [.zero, .seconds(300), .seconds(3599)])
    story.sample()
    #expect(story.book.incidents.map { $0.clearedAt == nil } == [true, true, false])
  }

  @Test func `a stream that begins anew tells nothing twice, and what came meanwhile`() {
    var story = Story()
    story.begin()
    story.log("one", ago: 60)
    story.log("two")
    story.wait(300)
    story.begin()
    story.log("one", ago: 360)
    story.log("two", ago: 300)
    story.log("three", ago: 200)
    // From then on, two within one millisecond are two.
    story.log("four", ago: 200)
    story.log("five", ago: 200)
    #expect(Set(story.book.incidents.map(\.text)).count == 5)
    #expect(story.book.incidents.allSatisfy { $0.count == 1 })
  }

  @Test func `a clock that was set back during a loss hides no more than the entries of one beginning`() {
    var story = Story()
    story.begin()
    story.log("before")
    story.begin()
    for n in 0..<Rules.pastEntries { story.log("after", source: "source\(n)", ago: 1000) }
    #expect(story.book.incidents.count == 1)
    story.log("live", ago: 1000)
    #expect(story.book.incidents.count == 2)
  }

  @Test(arguments: [-86_400, 0, 86_400]) func `how old an entry is, no wrong clock of the host spoils`(off: Int) {
    var story = Story()
    story.begin()
    story.sample(clockOff: off)
    story.log("old", ago: 1200 - off)
    #expect(story.book.incidents.map { story.now - $0.lastSeen } == [.seconds(1200)])
  }

  @Test func `one killed before the stream, that runs well since, was killed then`() {
    let id = String(repeating: "6b301697", count: 8)
    var story = Story()
    story.begin()
    story.inspected { $0.id = id }
    story.log(
      "oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/docker/\(id),task_memcg=/docker/\(id),task=redis,pid=1",
      priority: 4, source: "kernel", isKernel: true, ago: 1800)
    #expect(story.open == ["critical out-of-memory"])
    #expect(story.book.incidents.map { story.now - $0.firstSeen } == [.seconds(1800)])
    story.sample()
    #expect(story.open.isEmpty && story.all == ["critical out-of-memory"])
  }

  @Test func `what a sampler left out is a notice`() {
    var story = Story()
    story.tell(.dropped(count: -1))
    story.tell(.dropped(count: 12))
    #expect(story.open == ["notice journal ×2"])
    #expect(story.book.incidents.first?.text.hasPrefix("12 journal entries were left out") == true)
  }
}

extension Story {
  static let letters = (0..<26).map { Character(Unicode.Scalar(97 + UInt8($0))) }
}

import Fleet
import Telemetry
import Testing

@testable import Incidents

/// What no event tells: what was so before we looked, or happened while the host was lost.
struct InspectionTests {
  @Test func `a container that was unhealthy before we looked is an incident, once`() {
    var story = Story()
    story.inspected { $0.health = .unhealthy }
    story.inspected { $0.health = .unhealthy }
    #expect(story.open == ["critical container-unhealthy"])
    story.inspected { $0.health = .healthy }
    #expect(story.open.isEmpty)
  }

  @Test func `an inspection after an event does not count twice`() {
    var story = Story()
    story.inspected { $0.health = .healthy }
    story.container(.unhealthy)
    story.inspected { $0.health = .unhealthy }
    #expect(story.open == ["critical container-unhealthy"])
  }

  @Test func `an end whose inspection says OOMKilled is no crash`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 137)
    story.wait(2)
    story.inspected {
      $0.state = .exited
      $0.oomKilled = true
    }
    #expect(story.all == ["critical out-of-memory"])
    #expect(
      story.book.incidents.first?.text
        == "redis of boutique was over its memory limit of 1.0K: the kernel killed a process in it; "
        + "see its memory chart")
  }

  @Test func `one that was killed and stays down is open until it runs well again`() {
    var story = Story()
    story.inspected { $0.restartPolicy = "no" }
    story.container(.oom)
    story.container(.die, exitCode: 137)
    story.inspected { $0.state = .exited }
    for _ in 0..<400 { story.sample() }
    #expect(story.open == ["critical out-of-memory"])
    story.container(.start)
    story.inspected()
    for _ in 0..<29 { story.sample() }
    #expect(story.open == ["critical out-of-memory"])
    story.sample()
    #expect(story.open.isEmpty)
  }

  @Test(arguments: [
    ("unless-stopped", 137, "notice container-stopped", "was stopped by someone before this console looked"),
    ("no", 1, "critical container-crashed", "crashed (exit status 1) before this console looked"),
    ("on-failure", 0, "notice container-stopped", "came to its end before this console looked"),
  ])
  func `one that ended before we looked is told, as old as its end`(
    policy: String, code: Int, incident: String, words: String
  ) {
    var story = Story()
    story.container(.unhealthy, id: "b1", name: "other")
    let end = story.now - .seconds(1200)
    for _ in 0..<2 {
      story.inspected(policy: policy) { ($0.state, $0.exitCode, $0.finishedAt) = (.exited, code, end) }
    }
    #expect(story.all == ["critical container-unhealthy", incident])
    #expect(story.book.incidents.last?.text.contains(words) == true)
    #expect(story.book.incidents.last?.firstSeen == end)
    story.container(.start)
    story.inspected(policy: policy)
    for _ in 0..<31 { story.sample() }
    #expect(story.open == ["critical container-unhealthy"])
  }

  @Test func `an end that the first look told of is not told again by its event`() {
    var story = Story()
    let end = story.now
    story.inspected { ($0.state, $0.exitCode, $0.finishedAt) = (.exited, 0, end) }
    story.container(.die, exitCode: 0)
    #expect(story.all == ["notice container-stopped"])
    story.container(.start)
    story.inspected { $0.finishedAt = end }
    story.wait(5)
    story.container(.die, exitCode: 1)
    #expect(story.open == ["critical container-crashed"])
  }

  @Test(arguments: [(86_401, "boutique-redis-1"), (60, "boutique-redis-run-6fa1c2")])
  func `one that lay dead for longer, or was made for once, is no news`(seconds: Int, name: String) {
    var story = Story()
    let end = story.now - .seconds(seconds)
    story.inspected {
      ($0.name, $0.state, $0.exitCode, $0.finishedAt, $0.oomKilled) = (name, .exited, 1, end, true)
    }
    #expect(story.all.isEmpty)
  }

  @Test func `restarts that happened while the host was lost are told`() {
    var story = Story()
    story.inspected { $0.restartCount = 4 }
    #expect(story.all.isEmpty)
    story.wait(300)
    story.inspected { $0.restartCount = 6 }
    #expect(story.open == ["critical container-crashed"])
    #expect(story.book.incidents.first?.text.contains("was restarted by Docker 2× while nobody watched") == true)
  }

  @Test func `a restart that an event told of is not told again by the inspection`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 1)
    story.container(.start)
    story.inspected { $0.restartCount = 1 }
    #expect(story.open == ["critical container-crashed"])
  }

  @Test func `one that Docker is restarting when we first look does not stay up`() {
    var story = Story()
    story.inspected {
      $0.state = .restarting
      $0.restartCount = 17
    }
    #expect(story.open == ["critical container-restarting"])
  }

  @Test func `one that crashed and is gone when the host is back is no longer open`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 1)
    #expect(story.open == ["critical container-crashed"])
    story.tell(.containerGone(id: "a1"))
    for _ in 0..<31 { story.sample() }
    #expect(story.open.isEmpty)
  }

  @Test(arguments: [
    ("no", 1, "critical container-crashed", "crashed (exit status 1) while nobody watched"),
    ("on-failure", 0, "notice container-stopped", "came to its end while nobody watched"),
    ("no", 143, "notice container-stopped", "came to its end while nobody watched (143: terminated)"),
    ("unless-stopped", 137, "notice container-stopped", "was stopped by someone while nobody watched (137: killed)"),
  ])
  func `one that ended while the host was lost is told`(policy: String, code: Int, incident: String, words: String) {
    var story = Story()
    story.inspected(policy: policy)
    story.wait(300)
    story.inspected(policy: policy) { ($0.state, $0.exitCode) = (.exited, code) }
    story.inspected(policy: policy) { ($0.state, $0.exitCode) = (.exited, code) }
    #expect(story.all == [incident])
    #expect(story.book.incidents.first?.text.contains(words) == true)
  }

  @Test func `a host that booted anew while it was lost says so`() {
    var story = Story()
    func hello(_ boot: String) -> StreamEvent {
      .hello(
        Hello(
          version: 1, hostname: "web-1", bootID: boot, kernel: "6.1", processID: 1, cgroupVersion: 2,
          interval: .seconds(2)))
    }
    story.tell(hello("a"))
    story.tell(hello("a"))
    #expect(story.all.isEmpty)
    story.tell(hello("b"))
    #expect(story.all == ["notice host-rebooted"])
  }

  @Test func `the limit of memory crossed by one that then stopped is over`() {
    var story = Story()
    story.inspected()
    for _ in 0..<18 { story.sample(memory: 990) }
    #expect(story.open == ["critical threshold"])
    story.inspected { $0.state = .exited }
    story.sample()
    #expect(story.open == ["notice container-stopped"])
    story.inspected()
    #expect(story.open.isEmpty)
  }
}

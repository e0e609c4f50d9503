import Fleet
import Telemetry
import Testing

@testable import Incidents

struct ContainerRulesTests {
  @Test func `docker stop is no crash: a kill comes before the end`() {
    var story = Story()
    story.inspected()
    story.container(.kill, signal: 15)
    story.container(.die, exitCode: 143)
    story.container(.stop)
    #expect(story.open == ["notice container-stopped"])
    #expect(story.book.incidents.first?.text == "redis of boutique was stopped by someone (143: terminated)")
    story.container(.start)
    #expect(story.open.isEmpty)
  }

  @Test(arguments: [
    (Environment.prod, "boutique-redis-1", Severity.warning), (.dev, "boutique-redis-1", .notice),
    (.prod, "boutique-redis-run-6fa1c2", .notice),
  ]) func `a part of production that somebody stops is a warning`(
    _ environment: Environment, _ name: String, _ severity: Severity
  ) {
    let project = Project(name: "boutique", profile: .vps, hosts: [HostName("web-1")], environment: environment)
    var story = Story(FleetDefinition(hosts: [], projects: [project]))
    story.inspected { $0.name = name }
    story.container(.kill, name: name, signal: 15)
    story.container(.die, name: name, exitCode: 143)
    #expect(story.all == ["\(severity.rawValue) container-stopped"])
    #expect(story.book.worst(for: story.host)?.severity == (severity == .warning ? .warning : nil))
    story.container(.start, name: name)
    #expect(story.open.isEmpty)
  }

  @Test func `who stopped it is named where that is known`() {
    var story = Story()
    story.inspected()
    story.actor = "by anna with vigie"
    story.container(.kill, signal: 15)
    story.container(.die, exitCode: 143)
    #expect(story.book.incidents.first?.text == "redis of boutique was stopped by anna with vigie (143: terminated)")
  }

  @Test func `of several containers of a service the number is named, of one alone it is not`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 1)
    #expect(story.book.incidents.first?.text.hasPrefix("redis of boutique crashed") == true)
    story.inspected { ($0.id, $0.name) = ("a2", "boutique-redis-2") }
    for (name, number) in [("boutique-redis-1", 1), ("boutique-redis-2", 2)] {
      story.container(.die, name: name, exitCode: 1)
      #expect(story.book.incidents.first?.text.hasPrefix("redis \(number) of boutique crashed") == true)
      #expect(story.book.incidents.first?.replica == number)
      #expect(story.book.incidents.first?.service == "redis")
    }
  }

  @Test func `an end that nobody asked for is a crash, and says the code in words`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 139)
    #expect(story.open == ["critical container-crashed"])
    #expect(story.book.incidents.first?.text == "redis of boutique crashed (139: segmentation fault); its log says why")
    #expect(story.book.incidents.first?.container == "boutique-redis-1")
  }

  @Test func `a signal that reloads does not make the next end a stop`() {
    var story = Story()
    story.inspected()
    story.container(.kill, signal: 1)
    story.container(.die, exitCode: 1)
    #expect(story.open == ["critical container-crashed"])
  }

  @Test func `a stop long ago does not excuse a crash now`() {
    var story = Story()
    story.inspected()
    story.container(.kill, signal: 15)
    story.wait(61)
    story.container(.die, exitCode: 1)
    #expect(story.open == ["critical container-crashed"])
  }

  @Test func `compose up that recreates a container is no alarm`() {
    var story = Story()
    story.inspected()
    story.container(.kill, signal: 15)
    story.container(.die, exitCode: 0)
    story.container(.stop)
    story.container(.destroy)
    story.container(.create, id: "b2")
    story.container(.start, id: "b2")
    #expect(story.open.isEmpty)
    #expect(story.all == ["notice container-stopped"])
  }

  @Test func `three ends in two minutes are a restart loop`() {
    var story = Story()
    story.inspected()
    for _ in 0..<3 {
      story.container(.die, exitCode: 1)
      story.container(.start)
      story.wait(10)
    }
    #expect(story.open == ["critical container-restarting"])
    #expect(
      story.book.incidents.first?.text
        == "redis of boutique does not stay up: 3 ends in 2m (exit status 1); its log says why")
  }

  @Test func `a container that runs well for a minute has recovered`() {
    var story = Story()
    story.inspected()
    story.container(.die, exitCode: 1)
    story.container(.start)
    for _ in 0..<29 { story.sample() }
    #expect(story.open == ["critical container-crashed"])
    for _ in 0..<2 { story.sample() }
    #expect(story.open.isEmpty)
  }

  @Test func `the engine, the counter and the kernel speak of one OOM kill`() {
    var story = Story()
    story.inspected()
    story.sample(oom: 0)
    story.container(.oom)
    story.container(.die, exitCode: 137)
    story.log("Memory cgroup out of memory: Killed process 7 (redis)", source: "kernel", isKernel: true)
    story.sample(oom: 1)
    #expect(story.open == ["critical out-of-memory"])
  }

  @Test func `an OOM kill that only the counter shows is told all the same`() {
    var story = Story()
    story.inspected()
    story.sample(oom: 4)
    #expect(story.open.isEmpty)
    story.sample(oom: 5)
    #expect(story.open == ["critical out-of-memory"])
  }

  @Test func `a one-shot container that ends with 0 is a notice`() {
    var story = Story()
    story.inspected(policy: "no")
    story.container(.die, exitCode: 0)
    #expect(story.open == ["notice container-stopped"])
  }

  @Test func `unhealthy lasts until healthy`() {
    var story = Story()
    story.inspected()
    story.container(.unhealthy)
    #expect(story.open == ["critical container-unhealthy"])
    story.container(.healthy)
    #expect(story.open.isEmpty)
    story.wait(60)
    story.container(.unhealthy)
    #expect(story.open == ["critical container-unhealthy ×2"])
  }
}

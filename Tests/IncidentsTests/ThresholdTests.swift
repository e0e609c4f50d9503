import Fleet
import Telemetry
import Testing

@testable import Incidents

struct ThresholdTests {
  /// One figure at a value, sample after sample, and what comes of it.
  struct Scene: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Of the second in which the incident opens, its samples two seconds apart.
    var opens: Int?
    var text = ""
    var tell: @Sendable (inout Story) -> Void
  }

  static let scenes = [
    Scene(
      testDescription: "memory", opens: 30,
      text: "memory 90% used, 1.0G left; sort Containers by memory to see what uses it"
    ) { $0.sample(available: 1 << 30) },
    Scene(
      testDescription: "steal", opens: 60,
      text: "15% of its CPU time goes to other machines on the same hardware; where it stays so, ask the hoster, or "
        + "take another model"
    ) { $0.sample(stolen: 30) },
    Scene(
      testDescription: "swap", opens: 60, text: "swap 60% used: memory has been short; sort Containers by memory"
    ) { $0.sample(swapFree: 0.4) },
    Scene(testDescription: "less memory than the level", opens: nil) { $0.sample(available: 2 << 30) },
    Scene(
      testDescription: "disk, at once", opens: 0, text: "/var 91% full, 9B left; docker system df shows Docker's part"
    ) {
      $0.tell(
        .filesystems([
          FilesystemFigures(
            mount: "/var", device: "/dev/vda", used: ByteCount(91), total: ByteCount(100), available: ByteCount(9))
        ]))
      $0.sample()
    },
    Scene(
      testDescription: "a container's memory", opens: 30,
      text: "redis of boutique uses 90% of its memory limit of 1.0K; beyond it the kernel kills it"
    ) { $0.sample(memory: 900) },
    Scene(
      testDescription: "throttling", opens: 60,
      text: "redis of boutique is held back by its CPU limit of 0.5 in 50% of periods; see its CPU chart"
    ) { $0.sample(throttled: 10) },
    Scene(
      testDescription: "misses", opens: 60,
      text: "redis of boutique has an answer to only 40% of look-ups; see its evictions and its memory in Cache"
    ) {
      $0.lookUp(hits: 40, misses: 60)
      $0.sample()
    },
    Scene(testDescription: "misses with hardly a look-up", opens: nil) {
      $0.lookUp(hits: 0, misses: 1)
      $0.sample()
    },
    Scene(
      testDescription: "fragments", opens: 300,
      text: "redis of boutique takes 1.8 times what its entries need; MEMORY PURGE or activedefrag gives memory back"
    ) {
      $0.lookUp(hits: 0, misses: 0, used: ByteCount(20 << 20), fragmentation: 1.8)
      $0.sample()
    },
    Scene(testDescription: "fragments of a small cache", opens: nil) {
      $0.lookUp(hits: 0, misses: 0, used: ByteCount(2 << 20), fragmentation: 8)
      $0.sample()
    },
    Scene(
      testDescription: "a clock ahead", opens: 10,
      text: "its clock is 7s ahead: times in its logs are off by that; see timedatectl on the host"
    ) { $0.sample(clockOff: 7) },
    Scene(
      testDescription: "a clock behind", opens: 10,
      text: "its clock is 5m behind: times in its logs are off by that; see timedatectl on the host"
    ) { $0.sample(clockOff: -301) },
    Scene(testDescription: "a clock a little off", opens: nil) { $0.sample(clockOff: 4) },
  ]

  @Test(arguments: scenes) func `a figure opens its incident after its time, and says it`(_ scene: Scene) {
    var story = Story()
    story.inspected {
      $0.cpuLimit = 0.5
      $0.memoryLimit = ByteCount(1000)
    }
    // Differences need a first sample.
    scene.tell(&story)
    let begin = story.now
    var opened: Int?
    for _ in 0..<180 where opened == nil {
      if let incident = story.book.incidents.first { opened = Int((incident.firstSeen - begin).inSeconds) }
      if opened == nil { scene.tell(&story) }
    }
    #expect(story.book.incidents.map(\.text) == (scene.text.isEmpty ? [] : [scene.text]))
    // One sample more where the figure is a difference.
    let late = opened.flatMap { opened in scene.opens.map { opened - $0 } }
    #expect(late.map { 0...2 ~= $0 } ?? (opened == nil && scene.opens == nil), "opened after \(opened ?? -1) s")
  }

  @Test func `a wait does not go on across a gap`() {
    var story = Story()
    for _ in 0..<10 { story.sample(available: 1 << 30) }
    story.wait(600)
    story.tell(
      .hello(
        Hello(
          version: 1, hostname: "web-1", bootID: "b", kernel: "6", processID: 1, cgroupVersion: 2, interval: .seconds(2)
        )))
    for _ in 0..<10 { story.sample(available: 1 << 30) }
    #expect(story.all.isEmpty)
  }

  @Test func `a figure that nobody knows any more is no longer an alarm, but not at once`() {
    var story = Story()
    for _ in 0..<18 { story.sample(available: 1 << 30) }
    #expect(story.open == ["critical threshold"] || story.open == ["warning threshold"])
    for _ in 0..<20 { story.sample() }
    #expect(story.open.count == 1)
    for _ in 0..<30 { story.sample() }
    #expect(story.open.isEmpty)
  }

  @Test func `a figure that keeps rising is told again, and counts once`() {
    var story = Story()
    func fill(_ used: UInt64) {
      story.tell(
        .filesystems([
          FilesystemFigures(
            mount: "/", device: "/dev/vda", used: ByteCount(used), total: ByteCount(100),
            available: ByteCount(100 - used))
        ]))
      story.sample()
    }
    for used in [81, 83, 85, 87] as [UInt64] { fill(used) }
    #expect(story.open == ["warning threshold"])
    #expect(story.book.incidents.first?.text.hasPrefix("/ 87% full") == true)
    fill(90)
    #expect(story.open == ["critical threshold"])
    fill(86)
    #expect(story.open == ["critical threshold"])
    fill(84)
    #expect(story.open == ["warning threshold"])
    fill(76)
    #expect(story.open == ["warning threshold"])
    fill(74)
    #expect(story.open.isEmpty)
  }

  @Test func `a file system that fills steadily is told before it is full`() {
    var story = Story()
    var used: UInt64 = 10 << 30
    func fill(minutes: Int, by step: UInt64) {
      for _ in 0..<minutes {
        used += step
        story.wait(58)
        story.tell(
          .filesystems([
            FilesystemFigures(
              mount: "/", device: "/dev/vda", used: ByteCount(used), total: ByteCount(100 << 30),
              available: ByteCount(100 << 30 - used))
          ]))
        story.sample()
      }
    }
    fill(minutes: 20, by: 100 << 20)
    #expect(story.all.isEmpty)
    fill(minutes: 3, by: 100 << 20)
    #expect(story.open == ["warning threshold"])
    #expect(
      story.book.incidents.first?.text
        == "/ will be full in 14h if it fills on, 88G left; du -xh / shows by what")
    fill(minutes: 30, by: 0)
    #expect(story.open.isEmpty)
  }

  @Test func `a low level is left too`() {
    var thresholds = Thresholds()
    thresholds.disk = Threshold(warning: 0.04, critical: 0.08)
    var story = Story(thresholds: thresholds)
    for used in [5, 2] as [UInt64] {
      story.tell(
        .filesystems([
          FilesystemFigures(
            mount: "/", device: "/dev/vda", used: ByteCount(used), total: ByteCount(100),
            available: ByteCount(100 - used))
        ]))
      story.sample()
    }
    #expect(story.all == ["warning threshold"])
    #expect(story.open.isEmpty)
  }
}

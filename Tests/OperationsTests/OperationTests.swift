import Fleet
import Operations
import Testing

/// How jobs follow each other, and what is said of how they ended.
struct OperationTests {
  private let start = Moment(milliseconds: 1_795_449_817_000)

  private func job(_ host: String, reboots: Bool = false) -> Job {
    var job = Job(
      host: HostName(host), title: "Restart redis on \(host)", lock: "shop", project: "shop", subject: "redis",
      steps: [Step(["docker", "restart", "0cab"])], look: Look(["true"], wanted: "x", words: "running"))
    job.isReboot = reboots
    return job
  }

  private func operation(_ hosts: [String], batch: Int = 1, pause: Duration = .zero) -> Operation {
    Operation(
      Plan(
        title: "Restart", effect: "", wayBack: "", danger: .interrupting, environment: .dev,
        jobs: hosts.map { job($0) },
        pacing: Pacing(batch: batch, pause: pause)), at: start)
  }

  private func end(_ operation: inout Operation, _ index: Int, _ end: JobEnd = .done, at now: Moment? = nil) {
    operation.take(.line(.end(end)), of: index, at: now ?? start)
  }

  @Test func `one after the other, and none after one that failed`() {
    var operation = operation(["a", "b", "c"])
    #expect(operation.begin(at: start) == [0])
    #expect(operation.begin(at: start) == [])
    end(&operation, 0)
    #expect(operation.begin(at: start) == [1])
    operation.take(.line(.ended(0, .exited(7), .zero)), of: 1, at: start)
    end(&operation, 1, .failed)
    #expect(operation.begin(at: start) == [])
    #expect(operation.isOver && !operation.isDone)
    #expect(operation.jobs[2].state == .skipped)
    #expect(operation.outcome == "1 of 3 done; b: failed with exit status 7")
    #expect(operation.unfinished == [1, 2])
  }

  @Test func `batches run side by side, with a pause between them`() {
    var operation = operation(["a", "b", "c"], batch: 2, pause: .seconds(10))
    #expect(operation.begin(at: start) == [0, 1])
    end(&operation, 1)
    #expect(operation.begin(at: start) == [])
    end(&operation, 0, at: start + .seconds(5))
    #expect(operation.begin(at: start + .seconds(14)) == [])
    #expect(operation.pauseLeft(at: start + .seconds(14)) == .seconds(1))
    #expect(operation.begin(at: start + .seconds(15)) == [2])
    end(&operation, 2)
    #expect(operation.begin(at: start + .seconds(15)) == [])
    #expect(operation.isDone && operation.outcome == "all 3 done")
  }

  @Test func `a host that is away holds the rest back until it is known how it ended`() {
    var operation = operation(["a", "b"])
    _ = operation.begin(at: start)
    operation.take(.lost(reason: "the connection broke"), of: 0, at: start)
    #expect(operation.begin(at: start) == [] && !operation.isOver)
    end(&operation, 0)
    #expect(operation.begin(at: start) == [1])
  }

  @Test func `what was cancelled begins nothing more`() {
    var operation = operation(["a", "b"])
    _ = operation.begin(at: start)
    #expect(operation.cancel(at: start) == [0])
    end(&operation, 0, .cancelled)
    #expect(operation.begin(at: start) == [])
    #expect(operation.isOver && operation.outcome.hasPrefix("0 of 2 done; a: cancelled"))
  }

  @Test(
    arguments: [
      ([.ended(0, .late, .zero), .end(.late)], "did not end within 2m"),
      ([.after("state=exited", isAsWanted: false), .end(.done)], "it ran, but redis is not running: state=exited"),
      ([.refused(reason: "no room"), .end(.refused)], "no room"),
      ([.interrupted(hasRebooted: true), .end(.interrupted)], "the host has booted again meanwhile"),
      ([.unknown, .end(.unknown)], "the host knows nothing of it"),
      (
        [.held(by: "ana", user: "ops", since: Moment(milliseconds: 0), title: "Scale"), .end(.refused)], "ana is at it"
      ),
    ] as [([JobLine], String)]) func `each way to end badly is said`(lines: [JobLine], words: String)
  {
    var operation = operation(["a"])
    _ = operation.begin(at: start)
    for line in lines { operation.take(.line(line), of: 0, at: start) }
    #expect(operation.begin(at: start) == [])
    #expect(operation.outcome.hasPrefix(words), "\(operation.outcome)")
  }

  @Test func `a reboot ends well when the host has booted again and is as wanted`() {
    var operation = operation(["a"])
    operation.plan.jobs[0].isReboot = true
    _ = operation.begin(at: start)
    operation.take(.line(.interrupted(hasRebooted: true)), of: 0, at: start)
    operation.take(.line(.after("running", isAsWanted: true)), of: 0, at: start)
    end(&operation, 0, .interrupted)
    #expect(operation.isDone)
  }
}

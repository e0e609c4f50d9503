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
    #expect(operation.jobs[2].state == .skipped(reason: "b did not end well"))
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

  /// What a job says that is about Docker, and whether it needs Docker's answer beforehand.
  @Test(
    arguments: [
      (
        [.silent, .end(.refused)],
        "Docker on a did not answer within 10s, and was asked for nothing; see why with systemctl status docker there, "
          + "then retry"
      ),
      (
        [.begin(0), .ended(0, .late, .zero), .silent, .after("", isAsWanted: false), .end(.late)],
        "did not end within 2m and was ended; how far it got is not known; Docker on a does not answer now: how redis is "
          + "is not known, and what Docker was asked for it may still do when it goes on"
      ),
      (
        [.begin(0), .ended(0, .exited(0), .zero), .silent, .after("", isAsWanted: false), .end(.failed)],
        "it ran; Docker on a does not answer now"
      ),
      (
        [.begin(0), .ended(0, .exited(143), .zero), .silent, .end(.cancelled)],
        "cancelled; how far it got stands above; Docker on a does not answer now"
      ),
    ] as [([JobLine], String)]) func `a Docker that hangs is said`(lines: [JobLine], words: String)
  {
    var operation = operation(["a"])
    operation.plan.jobs[0].look?.isNeeded = true
    _ = operation.begin(at: start)
    for line in lines { operation.take(.line(line), of: 0, at: start) }
    #expect(operation.outcome.hasPrefix(words), "\(operation.outcome)")
  }

  @Test(
    arguments: [
      (
        ["sudo", "-n", "systemctl", "reboot"], "sudo: a password is required",
        "sudo asks for a password on a, so systemctl reboot did not run; allow it there by sudo visudo -f "
          + "/etc/sudoers.d/vigie with the line: ops ALL=(root) NOPASSWD: /usr/bin/systemctl reboot"
      ),
      (
        ["sudo", "-n", "docker", "restart", "0cab"],
        "Sorry, user ops is not allowed to execute '/usr/bin/docker' as root.",
        "sudo on a does not allow it, so docker did not run; allow it there by sudo visudo -f /etc/sudoers.d/vigie "
          + "with the line: ops ALL=(root) NOPASSWD: /usr/bin/docker"
      ),
      (
        ["sh", "-c", "exec sudo -n docker ps"], "sudo: a password is required",
        "sudo asks for a password on a: allow this user that command without one (NOPASSWD in sudoers)"
      ),
      (["sudo", "-n", "true"], "no room", "failed with exit status 1: no room"),
    ]) func `a refusal of sudo is said with the line that would allow it`(
      words: [String], said: String, expected: String
    )
  {
    var operation = operation(["a"])
    operation.plan.jobs[0].steps = [Step(words)]
    _ = operation.begin(at: start)
    let lines: [JobLine] = [
      .hello(user: "ops", boot: "b"), .begin(0), .output(0, said), .ended(0, .exited(1), .zero), .end(.failed),
    ]
    for line in lines { operation.take(.line(line), of: 0, at: start) }
    #expect(operation.outcome == expected)
  }

  @Test func `what was cancelled beforehand says so, and not that another failed`() {
    var operation = operation(["a", "b"])
    _ = operation.begin(at: start)
    _ = operation.cancel(at: start)
    end(&operation, 0)
    _ = operation.begin(at: start)
    #expect(operation.jobs[1].state == .skipped(reason: "cancelled"))
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

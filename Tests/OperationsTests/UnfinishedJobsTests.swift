import Fleet
import Operations
import Testing

/// Jobs whose end no console saw.
struct UnfinishedJobsTests {
  private let start = Moment(milliseconds: 1_795_449_817_250)

  private func record(_ id: String, _ phase: AuditRecord.Phase = .started) -> AuditRecord {
    let job = Job(
      host: HostName("web-1"), title: "Restart redis on web-1", subject: "redis",
      steps: [Step(["docker", "restart", "0cab"])], look: Look(["uptime"], wanted: "up*"))
    var record = AuditRecord(time: start, id: id, user: "ana", job: job, environment: .dev)
    record.phase = phase
    return record
  }

  private func found(_ lines: [JobLine]) -> AuditRecord {
    var record = record("1795449817250-77-1-0")
    var progress = JobProgress()
    progress.start(at: record.time)
    for line in lines { progress.take(.line(line), of: record.job, at: record.time) }
    record.end(foundOutAt: start + .seconds(86_400), progress: progress)
    return record
  }

  @Test func `are those that began and did not end, from the newest on`() {
    var jobs = UnfinishedJobs()
    for record in [
      record("4-77-1-0"), record("3-77-1-0", .ended), record("3-77-1-0"), record("2-77-2-1"), record("7"),
      record("1-$(reboot)-2-1"),
    ] { jobs.take(record) }
    #expect(jobs.records.map(\.id) == ["4-77-1-0", "2-77-2-1"])
  }

  @Test func `an identifier says which process began the job`() {
    let id = UnfinishedJobs.identifier(at: start, process: 4711, JobID(plan: 3, job: 2))
    #expect(id == "1795449817250-4711-3-2")
    #expect(UnfinishedJobs.process(of: id) == 4711)
    for text in [
      "", "7", "1-2-3", "1-2-3-4-5", "1--3-4", "1-x-3-4", "1-2-3-", "a-2-3-4", "1-99999999999-3-4", "1-٢-3-4",
    ] {
      #expect(UnfinishedJobs.process(of: text) == nil, "\(text)")
    }
  }

  @Test func `an end that is found out says so, and how long the steps took, not how long nobody looked`() {
    let record = found([
      .hello(user: "ops", boot: "b"), .begin(0), .ended(0, .exited(0), .seconds(90)), .after("up 3", isAsWanted: true),
      .end(.done),
    ])
    #expect(record.failure == nil && record.exitStatus == 0 && record.sshUser == "ops" && record.after == "up 3")
    #expect(record.duration == .seconds(90))
    #expect(record.note == "found out later: no console was there when it ended")
    #expect(record.finding(began: start) == "an earlier Restart redis on web-1 ended well at 16:05 UTC")
  }

  @Test func `what failed, or never came to the host, is told so`() {
    let failed = found([.begin(0), .output(0, "Error: no"), .ended(0, .exited(1), .seconds(1)), .end(.failed)])
    #expect(
      failed.finding(began: start) == "an earlier Restart redis on web-1: failed with exit status 1: Error: no")
    let late = found([.begin(0), .ended(0, .late, .seconds(120)), .end(.late)])
    #expect(late.failure == "did not end within its time and was ended; how far it got is not known")
    let unknown = found([.unknown, .end(.unknown)])
    #expect(unknown.failure?.hasPrefix("the host knows nothing of it") == true && unknown.duration == nil)
  }

  @Test func `a reboot that nobody waited for ended well where the host is up again as wanted`() {
    var record = record("1795449817250-77-1-0")
    record.isReboot = true
    var progress = JobProgress()
    progress.start(at: record.time)
    for line in [JobLine.interrupted(hasRebooted: true), .after("up 1", isAsWanted: true), .end(.interrupted)] {
      progress.take(.line(line), of: record.job, at: record.time)
    }
    record.end(foundOutAt: start, progress: progress)
    #expect(record.failure == nil)
    #expect(record.finding(began: start) == "an earlier Restart redis on web-1 ended well")
  }
}

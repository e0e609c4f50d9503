package import Fleet

/// One job of one plan that was confirmed.
package struct JobID: Hashable, Sendable {
  package var plan: Int
  /// Its place in the plan.
  package var job: Int

  package init(plan: Int, job: Int) {
    self.plan = plan
    self.job = job
  }
}

/// What is heard of a job that was started.
package enum JobEvent: Hashable, Sendable {
  case line(JobLine)
  /// It could not be started: nothing was run.
  case notRun(reason: String)
  /// The connection broke; the job goes on on its host, and is asked for when the host is back.
  case lost(reason: String)
}

/// A plan that was confirmed, and how far it got: which jobs may begin, and how each ended.
package struct Operation: Hashable, Sendable {
  package var plan: Plan
  package var startedAt: Moment
  package var jobs: [JobProgress]
  package private(set) var endedAt: Moment?
  /// When the last batch was through, for the pause after it.
  private var batchEndedAt: Moment?
  /// The operator wants no more of it.
  package private(set) var isCancelled = false

  package init(_ plan: Plan, at now: Moment) {
    self.plan = plan
    startedAt = now
    jobs = plan.jobs.map { _ in JobProgress() }
  }

  /// The jobs that begin now, by their places; they are taken for started from here on.
  package mutating func begin(at now: Moment) -> [Int] {
    guard endedAt == nil, !jobs.contains(where: \.isActive) else { return [] }
    guard !isCancelled, jobs.allSatisfy({ $0.state == .waiting || $0.isDone }) else {
      skip(at: now)
      return []
    }
    let waiting = jobs.indices.filter { jobs[$0].state == .waiting }
    if waiting.isEmpty {
      endedAt = now
      return []
    }
    if let batchEndedAt, now - batchEndedAt < plan.pacing.pause { return [] }
    let next = Array(waiting.prefix(plan.pacing.batch))
    for index in next { jobs[index].start(at: now) }
    return next
  }

  /// How long the next batch still waits; `nil` where nothing waits for time.
  package func pauseLeft(at now: Moment) -> Duration? {
    guard endedAt == nil, let batchEndedAt, !jobs.contains(where: \.isActive) else { return nil }
    let left = plan.pacing.pause - (now - batchEndedAt)
    return left > .zero ? left : nil
  }

  /// Takes in what was heard of one job.
  package mutating func take(_ event: JobEvent, of index: Int, at now: Moment) {
    guard jobs.indices.contains(index), plan.jobs.indices.contains(index), jobs[index].isActive else { return }
    jobs[index].take(event, of: plan.jobs[index], at: now)
    if !jobs.contains(where: \.isActive) { batchEndedAt = now }
  }

  /// Begins no further job; those that run are for the caller to cancel.
  /// - Returns: their places.
  package mutating func cancel(at now: Moment) -> [Int] {
    isCancelled = true
    if !jobs.contains(where: \.isActive) { skip(at: now) }
    return jobs.indices.filter { jobs[$0].isActive }
  }

  private mutating func skip(at now: Moment) {
    let failed = jobs.indices.first { jobs[$0].problem != nil }.map { index in
      let (job, hosts) = (plan.jobs[index], Set(plan.jobs.map(\.host)))
      return "\(hosts.count == 1 ? job.subject : "\(job.host)") did not end well"
    }
    let reason = isCancelled ? "cancelled" : failed ?? "an earlier one did not end well"
    for index in jobs.indices where jobs[index].state == .waiting { jobs[index].state = .skipped(reason: reason) }
    endedAt = now
  }

  package var isOver: Bool { endedAt != nil }
  package var isDone: Bool { jobs.allSatisfy(\.isDone) }
  /// The jobs that can be tried again, by their places: those that did not end well, and those that never began.
  package var unfinished: [Int] { jobs.indices.filter { !jobs[$0].isDone } }

  /// How it ended, in a sentence, such as `2 of 3 done; web-2: failed with exit status 1`.
  package var outcome: String {
    let done = jobs.count(where: \.isDone)
    if isDone { return jobs.count == 1 ? "done" : "all \(done) done" }
    let reasons = jobs.indices.compactMap { index in
      jobs[index].problem.map { jobs.count == 1 ? $0 : "\(plan.jobs[index].host): \($0)" }
    }
    let reason = reasons.first ?? (isCancelled ? "cancelled" : "not run")
    return jobs.count == 1 ? reason : "\(done) of \(jobs.count) done; \(reason)"
  }
}

package import Fleet

/// How far one job got.
package struct JobProgress: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case waiting
    case running
    /// The host does not answer; the job goes on there.
    case lost(reason: String)
    case done
    /// It came to an end that is not what was wanted.
    case failed(reason: String)
    /// Nothing was run.
    case notRun(reason: String)
    /// It was not begun: an earlier one did not end well, or the operator cancelled.
    case skipped(reason: String)
  }

  package enum StepState: Hashable, Sendable {
    case running(since: Moment)
    case ended(StepEnd, took: Duration)
  }

  /// A line that was printed.
  package struct Output: Hashable, Sendable {
    /// Which step printed it; `nil` for what is said about the output itself.
    package var step: Int?
    package var text: String
  }

  package var state = State.waiting
  /// Of the steps that began, in their order.
  package var steps: [StepState] = []
  /// The last lines that its steps printed.
  package var output: [Output] = []
  /// The looks before and after.
  package var before: String?
  package var after: String?
  /// Whether the look after is as wanted; `nil` until then, and where nothing was wanted.
  package var isAsWanted: Bool?
  package var startedAt: Moment?
  package var endedAt: Moment?
  /// Who it ran as on the host.
  package var user: String?
  private var problemSoFar: String?
  /// Whether the look after its steps got no answer.
  private var isSilent = false
  private var isHeld = false

  package static let mostOutput = 200

  package init() {}

  package var isActive: Bool {
    switch state {
    case .running, .lost: true
    default: false
    }
  }
  package var isDone: Bool { state == .done }

  /// The exit status of the last step that ended by itself.
  package var exitStatus: Int? {
    for step in steps.reversed() { if case .ended(.exited(let status), _) = step { return status } }
    return nil
  }

  /// What its steps took; `nil` before one ended.
  package var took: Duration? {
    let times = steps.compactMap { if case .ended(_, let took) = $0 { took } else { nil } }
    return times.isEmpty ? nil : times.reduce(.zero, +)
  }

  /// Why it did not end well.
  package var problem: String? {
    switch state {
    case .failed(let reason), .notRun(let reason), .lost(let reason): reason
    case .waiting, .running, .done, .skipped: nil
    }
  }

  package mutating func start(at now: Moment) {
    state = .running
    startedAt = now
  }

  package mutating func take(_ event: JobEvent, of job: Job, at now: Moment) {
    switch event {
    case .notRun(let reason): end(.notRun(reason: reason), at: now)
    case .lost(let reason): state = .lost(reason: reason)
    case .line(let line):
      state = .running
      take(line, of: job, at: now)
    }
  }

  private mutating func take(_ line: JobLine, of job: Job, at now: Moment) {
    switch line {
    case .hello(let user, _): self.user = user
    case .held(let by, let user, let since, let title):
      isHeld = true
      problemSoFar =
        "\(by.isEmpty ? user : by) is at it since \(Calendar.clock(since)) UTC: \(title); wait for the end of that, then retry"
    case .refused(let reason): problemSoFar = reason
    case .before(let text): before = text
    case .silent: takeSilence(of: job)
    case .begin: steps.append(.running(since: now))
    case .output(let index, let text):
      output.append(Output(step: index, text: text))
      if output.count > Self.mostOutput { output.removeFirst() }
    case .cut: output.append(Output(text: "… it printed more than is shown"))
    case .ended(let index, let end, let took):
      if steps.indices.contains(index) { steps[index] = .ended(end, took: took) }
      problemSoFar = problem(of: end, at: index, in: job)
    case .after(let text, let isAsWanted):
      after = text
      self.isAsWanted = isAsWanted
      if isAsWanted == false, problemSoFar == nil, !isSilent {
        let words = job.look?.words ?? ""
        problemSoFar = "it ran, but \(job.subject) is not \(words.isEmpty ? "as wanted" : words): \(text)"
      }
    case .interrupted(let hasRebooted):
      if job.isReboot && hasRebooted {
        // What was ended on the way down was to be ended.
        problemSoFar = nil
      } else {
        problemSoFar =
          hasRebooted
          ? "the host has booted again meanwhile; how far the job got is not known"
          : "the job was ended from outside; how far it got is not known"
      }
    case .unknown: problemSoFar = "the host knows nothing of it: the connection broke before it began"
    case .end(let end): finish(end, of: job, at: now)
    }
  }

  /// What does not answer is Docker: whatever is looked at is asked of it.
  private mutating func takeSilence(of job: Job) {
    if !steps.isEmpty {
      isSilent = true
    } else if job.look?.isNeeded == true {
      problemSoFar =
        "Docker on \(job.host) did not answer within \(Look.limit.short), and was asked for nothing; see why with "
        + "systemctl status docker there, then retry"
    }
  }

  /// A reason with what can't be known where Docker gave no answer afterwards.
  private func whole(_ reason: String?, _ job: Job) -> String? {
    guard isSilent else { return reason }
    return (reason ?? "it ran") + "; Docker on \(job.host) does not answer now: how \(job.subject) is is not known, "
      + "and what Docker was asked for it may still do when it goes on"
  }

  private mutating func finish(_ end: JobEnd, of job: Job, at now: Moment) {
    switch end {
    case .done where isAsWanted != false: self.end(.done, at: now)
    case .interrupted where job.isReboot && problemSoFar == nil && isAsWanted != false: self.end(.done, at: now)
    case .refused, .unknown: self.end(.notRun(reason: problemSoFar ?? "the host refused it"), at: now)
    case .cancelled:
      self.end(.failed(reason: whole("cancelled; how far it got stands above", job) ?? ""), at: now)
    default: self.end(.failed(reason: whole(problemSoFar, job) ?? "it did not end well"), at: now)
    }
  }

  private mutating func end(_ state: State, at now: Moment) {
    self.state = state
    endedAt = now
  }

  private func problem(of end: StepEnd, at index: Int, in job: Job) -> String? {
    switch end {
    case .exited(0): return nil
    case .exited(let status):
      let step = job.steps.indices.contains(index) ? job.steps[index] : Step([])
      if let refusal = step.sudoRefusal(output.last?.text ?? "", of: user, on: job.host) { return refusal }
      // From 125 on it is docker's or the shell's own word that it could not be run.
      let isOwn = step.isOwn && !(125...127).contains(status)
      let last = isOwn ? nil : output.last { !$0.text.isEmpty }
      return "failed with exit status \(status)\(last.map { ": \($0.text)" } ?? "")"
    case .late:
      let limit = job.steps.indices.contains(index) ? job.steps[index].limit.short : "its time"
      return "did not end within \(limit) and was ended; how far it got is not known"
    }
  }
}

import Fleet

extension JobProgress {
  /// Whether a step may have changed something: it ended well, or nobody knows how far it got, or the subject is not as
  /// it was. One that failed is taken to have changed nothing, unless that is seen.
  var hasChangedSomething: Bool {
    if let before, let after, before != after { return true }
    return steps.indices.contains { mayHaveTakenEffect($0) }
  }

  /// Whether a step ended well, or nobody knows how far it got.
  func mayHaveTakenEffect(_ index: Int) -> Bool {
    guard steps.indices.contains(index) else { return false }
    switch steps[index] {
    // Above 128 a signal ended it.
    case .ended(.exited(let status), _): return status == 0 || status > 128
    case .ended(.late, _), .running: return true
    }
  }
}

extension Operation {
  /// What takes back what it has done so far, or `nil` where there is no such plan: all of it where it ended well, else
  /// only what has changed something. What an earlier plan did of which this is the retry counts as done.
  package var wayBack: Plan? {
    guard isOver, var back = plan.undo.first else { return nil }
    if isDone { return back }
    let untouched = jobs.indices.filter { !jobs[$0].hasChangedSomething }.map { plan.jobs[$0] }
    back.jobs.removeAll { job in untouched.contains { $0.host == job.host && $0.subject == job.subject } }
    if let limits = plan.limits {
      let done = limits.done(in: self)
      if done.members.isEmpty { return nil }
      back.limits = done.reversed
    }
    return back.jobs.isEmpty ? nil : back
  }
}

extension LimitsChange {
  /// The part of it that may have taken effect by an operation's steps.
  package func done(in operation: Operation) -> LimitsChange {
    if operation.isDone { return self }
    var change = self
    change.members = members.compactMap { member in
      // What is in no job of a retry was done by the plan before it.
      guard let index = operation.plan.jobs.firstIndex(where: { $0.host == member.target.host.name }) else {
        return member
      }
      return member.done(by: operation.plan.jobs[index].steps, operation.jobs[index], client, hostCores)
    }
    return change
  }
}

extension LimitsChange.Member {
  /// `nil` where none of its steps may have taken effect.
  fileprivate func done(
    by steps: [Step], _ progress: JobProgress, _ client: CacheClient, _ hostCores: [HostName: Cores]
  ) -> Self? {
    // A step is known by what it does: what was planned is planned again, and looked for.
    func isDone(_ step: Step?) -> Bool {
      step.flatMap(steps.firstIndex).map(progress.mayHaveTakenEffect) ?? false
    }
    var member = self
    if !isDone(try? update(hostCores[target.host.name])) { member.after = before }
    if !isDone(try? childrenStep()) { member.children = nil }
    if !isDone(try? maxMemoryStep(client)) { member.maxMemory = nil }
    return member.after == before && member.children == nil && member.maxMemory == nil ? nil : member
  }
}

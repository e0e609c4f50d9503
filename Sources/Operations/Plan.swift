package import Fleet

/// What a person reads before it happens: exactly what will run, and where.
package struct Plan: Hashable, Sendable {
  /// As in `Restart redis of boutique on web-1`.
  package var title: String
  /// What a visitor or colleague will notice, in a sentence.
  package var effect: String
  /// How to go back, in a sentence.
  package var wayBack: String
  package var danger: Danger
  package var environment: Environment
  /// One for each thing that is acted on, in their order.
  package var jobs: [Job]
  package var pacing: Pacing
  /// The plan that takes this one back, where one is known beforehand; at most one.
  package var undo: [Plan] = []
  /// What a person should know besides: that a change is temporary, that a limit is tight.
  package var warnings: [String] = []
  /// The limits that it changes, so that what comes of it is shown beside what was.
  package var limits: LimitsChange?

  package init(
    title: String, effect: String, wayBack: String, danger: Danger, environment: Environment, jobs: [Job],
    pacing: Pacing = Pacing()
  ) {
    self.title = title
    self.effect = effect
    self.wayBack = wayBack
    self.danger = danger
    self.environment = environment
    self.jobs = jobs
    self.pacing = pacing
  }

  /// What has to be typed where the plan is severe: the one project that it is about, else the one host.
  ///
  /// Where it is about several of both, `nil`: then the number of what is acted on is asked for.
  package var nameToType: String? {
    let projects = Set(jobs.map(\.project))
    if projects.count == 1, let project = projects.first ?? nil { return project }
    let hosts = Set(jobs.map(\.host))
    return hosts.count == 1 ? hosts.first?.text : nil
  }

  /// What must be typed, as it is.
  package var answer: String { nameToType ?? String(jobs.count) }

  /// The same plan for those jobs alone that did not end well.
  package func retry(of indices: [Int]) -> Plan {
    var plan = self
    plan.jobs = indices.map { jobs[$0] }
    return plan
  }
}

extension Plan {
  /// Named as what it is: both directions of a change have the same words otherwise, in the history too.
  package var asUndo: Plan {
    var plan = self
    plan.title = "Undo: \(title)"
    for index in plan.jobs.indices { plan.jobs[index].title = "Undo: \(plan.jobs[index].title)" }
    return plan
  }
}

/// How several jobs follow each other.
package struct Pacing: Hashable, Sendable {
  /// How many run side by side.
  package var batch: Int
  /// Between two batches.
  package var pause: Duration

  package init(batch: Int = 1, pause: Duration = .zero) {
    self.batch = max(1, batch)
    self.pause = pause
  }
}

/// Why an action can't be done, in one sentence.
package struct Unavailable: Error, Hashable, Sendable {
  package var reason: String

  package init(reason: String) { self.reason = reason }
}

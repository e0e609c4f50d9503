package import Fleet

/// How a step ended.
package enum StepEnd: Hashable, Sendable {
  case exited(Int)
  case late
}

package enum JobEnd: String, Sendable {
  case done, failed, late, cancelled, refused, interrupted, unknown
}

package enum JobLine: Hashable, Sendable {
  case hello(user: String, boot: String)
  case held(by: String, user: String, since: Moment, title: String)
  case refused(reason: String)
  case before(String)
  case begin(Int)
  case output(Int, String)
  case cut(Int)
  case ended(Int, StepEnd, Duration)
  case after(String, isAsWanted: Bool?)
  case interrupted(hasRebooted: Bool)
  case unknown
  case end(JobEnd)
}

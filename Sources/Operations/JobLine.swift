package import Fleet
import Telemetry

/// One line of what a job says, as `docs/jobs.md` lists them.
///
/// Its text comes from the host and is clean: it may be shown as it is.
package enum JobLine: Hashable, Sendable {
  /// Who speaks: its user there, and this boot of the host. No part of the log, and so without a number.
  case hello(user: String, boot: String)
  /// Somebody else's job has the lock; nothing was run.
  case held(by: String, user: String, since: Moment, title: String)
  /// Nothing was run.
  case refused(reason: String)
  /// The look before the first step.
  case before(String)
  /// The look did not end in its time: who it asks does not answer.
  case silent
  case begin(Int)
  /// A line that the step printed.
  case output(Int, String)
  /// The step printed more than was kept.
  case cut(Int)
  case ended(Int, StepEnd, Duration)
  /// The look after the last step; `nil` where nothing was wanted.
  case after(String, isAsWanted: Bool?)
  /// The job is over and did not come to its end.
  case interrupted(hasRebooted: Bool)
  /// The host has no such job.
  case unknown
  /// The last line, always.
  case end(JobEnd)

  /// `nil` for what is not understood: banners, and the lines of later versions.
  package static func decode(_ line: some Collection<UInt8>) -> JobLine? {
    var words = JobWords(line)
    switch words.next() {
    case "vigie-job": return hello(&words)
    case "held": return held(&words)
    case "refused": return .refused(reason: words.rest)
    case "before": return .before(words.rest)
    case "silent": return .silent
    case "begin": return words.step.map { .begin($0) }
    case "out": return words.step.map { .output($0, words.rest) }
    case "cut": return words.step.map { .cut($0) }
    case "ended": return ended(&words)
    case "after":
      switch words.next() {
      case "yes": return .after(words.rest, isAsWanted: true)
      case "no": return .after(words.rest, isAsWanted: false)
      case "-": return .after(words.rest, isAsWanted: nil)
      default: return nil
      }
    case "interrupted":
      switch words.next() {
      case "same": return .interrupted(hasRebooted: false)
      case "other": return .interrupted(hasRebooted: true)
      default: return nil
      }
    case "unknown": return .unknown
    case "end": return JobEnd(rawValue: words.next()).map { .end($0) }
    default: return nil
    }
  }

  private static func hello(_ words: inout JobWords) -> JobLine? {
    guard words.next() == "1" else { return nil }
    let fields = words.fields
    guard let user = fields["user"], let boot = fields["boot"] else { return nil }
    return .hello(user: user, boot: boot)
  }

  private static func held(_ words: inout JobWords) -> JobLine? {
    let fields = words.fields
    guard let since = fields["since"].flatMap({ JobWords.number($0, atMost: 1 << 40) }) else { return nil }
    return .held(
      by: fields["by"] ?? "", user: fields["user"] ?? "", since: Moment(milliseconds: Int64(since) * 1000),
      title: fields["title"] ?? "")
  }

  private static func ended(_ words: inout JobWords) -> JobLine? {
    guard let step = words.step else { return nil }
    let status = words.next()
    guard let took = JobWords.number(words.next(), atMost: 1 << 40) else { return nil }
    if status == "late" { return .ended(step, .late, .milliseconds(took)) }
    return JobWords.number(status, atMost: 255).map { .ended(step, .exited($0), .milliseconds(took)) }
  }
}

/// How a step ended.
package enum StepEnd: Hashable, Sendable {
  /// As the shell counts: 128 and the signal's number where one ended it.
  case exited(Int)
  /// It took longer than it might, and was ended.
  case late
}

/// How a job ended.
package enum JobEnd: String, Hashable, Sendable {
  /// All steps ended well and, where something was wanted, it came out so.
  case done
  /// A step did not end well, or it did not come out as wanted.
  case failed
  /// A step took longer than it might.
  case late
  case cancelled
  /// Nothing was run.
  case refused
  /// It did not come to its end.
  case interrupted
  /// The host has no such job.
  case unknown
}

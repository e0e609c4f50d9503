import Console
import Fleet
import Glibc
import Remote
import Telemetry

/// Looks at every domain of the fleet from this machine, with `curl`: what a visitor meets.
///
/// `ProbeSchedule` says when; every look is a child of its own, so that none can hold up another or the loop.
final class Prober {
  private struct Look {
    var index: Int
    var child: Child
    /// When the first of its children started.
    var since: Moment
    /// When this child is killed.
    var end: Moment
    var lines: [[UInt8]] = []
    var isKilled = false
    /// What the look that was refused for its certificate printed, while a second one looks behind it.
    var refused: (report: CurlReport, errors: [UInt8])?

    /// Keeps what counts: the server's own certificate ends it.
    mutating func take(_ new: [[UInt8]]) {
      for line in new where lines.count < Prober.mostLines && lines.last != CurlReport.lastLine { lines.append(line) }
    }
  }

  private let targets: [ProbeTarget]
  private let authorities: String?
  private var schedule: ProbeSchedule
  private var looks: [Look] = []
  /// Every look goes here too, while the console records.
  var recorder: Recorder?

  /// After this a curl that ignores its own limit is killed.
  private static let patience = CurlCommand.longest + .seconds(2)
  /// A page's certificates fill some hundred lines; what is beyond this was made up.
  private static let mostLines = 1000
  private static let blink = Duration.milliseconds(50)

  /// - Parameter isOnce: each domain is looked at once.
  init(_ targets: [ProbeTarget], defaults: Defaults, isOnce: Bool = false, start: Moment) {
    self.targets = targets
    authorities = defaults.authorities
    schedule = ProbeSchedule(count: targets.count, interval: defaults.probeInterval, isOnce: isOnce, start: start)
  }

  var interests: [Interest] { looks.flatMap { $0.child.interests } }

  /// When it wants a turn even if nothing is ready.
  var deadline: Moment? { ([schedule.deadline, lookAgain] + looks.map(\.end)).compactMap { $0 }.min() }

  /// When to see whether a child that closed its pipes has ended, which it does within moments.
  private var lookAgain: Moment?

  /// Whether every domain was looked at; only where that happens once.
  var isOver: Bool { schedule.isOver }

  /// Takes what the children printed, and starts those that are due.
  func turn(ready: Ready, now: Moment) -> [Message] {
    var readings: [ProbeReading] = []
    var left: [Look] = []
    for look in looks {
      var look = look
      look.take(look.child.turn(ready))
      if now >= look.end, !look.isKilled {
        look.child.signal(SIGKILL)
        look.isKilled = true
      }
      guard let status = look.child.reap(endingGroup: true) else {
        if look.isKilled { look.end = now + Self.blink }
        left.append(look)
        continue
      }
      look.take(look.child.takeRest() + [look.child.unfinished].filter { !$0.isEmpty })
      look.child.abandon()
      if let next = second(after: look, now: now) {
        left.append(next)
      } else {
        let reading = reading(of: look, status, now: now)
        schedule.ended(look.index, isFailing: reading.isFailing, at: now)
        readings.append(reading)
      }
    }
    looks = left
    while let index = schedule.next(at: now) {
      if let reading = start(index, now: now) {
        schedule.ended(index, isFailing: false, at: now)
        readings.append(reading)
      }
    }
    lookAgain = looks.contains { !$0.child.isReadable } ? now + Self.blink : nil
    for reading in readings { recorder?.append(ProbeLine.encode(reading), of: ProbeLine.host, at: now) }
    return readings.map { .probe($0) }
  }

  /// - Returns: what is to be said where it could not be started.
  private func start(_ index: Int, now: Moment) -> ProbeReading? {
    do {
      let child = try Child(CurlCommand.look(at: targets[index], authorities: authorities))
      child.closeInput()
      looks.append(Look(index: index, child: child, since: now, end: now + Self.patience))
      return nil
    } catch {
      let reason = error.code == ENOENT ? ProbeVerdict.missing : "\(error)"
      return ProbeVerdict.reading(of: targets[index], failure: reason, isOwn: true)
    }
  }

  /// A look behind a certificate that was refused, within what is left of the time for the whole.
  private func second(after look: Look, now: Moment) -> Look? {
    guard look.refused == nil, let report = CurlReport(look.lines), report.exitCode == CurlReport.refusedCertificate,
      !report.isTooOld
    else { return nil }
    let limit = max(.seconds(2), CurlCommand.longest - (now - look.since))
    let words = CurlCommand.lookBehindCertificate(of: targets[look.index], within: limit)
    guard let child = try? Child(words) else { return nil }
    child.closeInput()
    return Look(
      index: look.index, child: child, since: look.since, end: max(look.since + Self.patience, now + .seconds(2)),
      refused: (report, look.child.errors))
  }

  private func reading(of look: Look, _ status: Remote.ExitStatus, now: Moment) -> ProbeReading {
    let target = targets[look.index]
    let report = CurlReport(look.lines)
    if let refused = look.refused {
      return ProbeVerdict.reading(of: target, refused.report, errors: refused.errors, behind: report, at: now)
    }
    if let report { return ProbeVerdict.reading(of: target, report, errors: look.child.errors, at: now) }
    if look.isKilled {
      return ProbeVerdict.reading(of: target, failure: "no answer within \(Self.patience.short)", isOwn: false)
    }
    // 2 is a curl that does not know an option.
    let reason = status == .exited(2) ? ProbeVerdict.tooOld : "curl ended without a word (\(status))"
    return ProbeVerdict.reading(of: target, failure: reason, isOwn: true)
  }

  /// Ends all looks; returns when no child is left, or after half a second.
  func close() {
    for look in looks { look.child.signal(SIGKILL) }
    let clock = Clock()
    let start = clock.now()
    while !looks.isEmpty, clock.now() - start < .milliseconds(500) {
      looks.removeAll { $0.child.reap(endingGroup: true) != nil }
      if !looks.isEmpty { _ = Poller.wait([], timeout: .milliseconds(5)) }
    }
    looks = []
  }
}

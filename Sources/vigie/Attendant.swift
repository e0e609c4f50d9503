import Console
import Fleet
import Glibc
import Operations
import Remote

/// Who has the terminal instead of the console: a job's first step, or `ssh` that asks a person something.
///
/// The loop goes on meanwhile: hosts are read, jobs are followed, nothing is drawn. The screen must have been put away.
final class Attendant {
  private struct Guest {
    var foreground: Foreground
    var purpose: Purpose
  }

  private enum Purpose {
    case answer(HostName)
    case job(Attended)
    /// A person reads what the one before has printed.
    case reading
  }

  private struct Attended {
    var id: JobID
    var job: Job
    var record: AuditRecord
    var since: Moment
  }

  private let feed: LiveFeed?
  private let runner: Runner
  private var guest: Guest?
  private var isClosing = false

  /// What ends badly within that time has not begun: its words are to be read before the screen covers them.
  private static let atOnce = Duration.seconds(2)

  init(feed: LiveFeed?, runner: Runner) {
    self.feed = feed
    self.runner = runner
  }

  var isBusy: Bool { guest != nil }

  /// Lets a person answer `ssh` for a host.
  func answer(_ host: HostName, now: Moment) {
    guard let feed, let words = feed.link(host)?.answering else { return }
    say("ssh asks for \(host). Answer it, or press Ctrl-C to go back.")
    guard let foreground = try? Foreground(words) else { return feed.reconnect(host, now: now) }
    guest = Guest(foreground: foreground, purpose: .answer(host))
  }

  /// Gives the terminal to a job's first step, once its record is on the disk.
  func attend(_ id: JobID, _ job: Job, _ environment: Environment, now: Moment) -> [Message] {
    do throws(Unavailable) {
      let (session, record) = try runner.ready(id, job, environment, now: now) { _ in
        job.terminalLine
      }
      let hangingUp = feed?.link(job.host)?.answering == nil ? "" : " (Enter ~ . where it hangs)"
      say("\(job.title): exit or Ctrl-d comes back\(hangingUp).")
      let attended = Attended(id: id, job: job, record: record, since: now)
      do throws(SpawnFailure) {
        guest = Guest(foreground: try session.attend(), purpose: .job(attended))
      } catch {
        return [.audit(.wrote(record))] + end(attended, [.notRun(reason: error.description)], now: now)
      }
      return [.audit(.wrote(record)), .job(id, .line(.begin(0)))]
    } catch {
      return [.job(id, .notRun(reason: error.reason))]
    }
  }

  /// Looks whether whoever has the terminal has ended.
  func turn(now: Moment) -> [Message] {
    guard let guest, let status = guest.foreground.turn() else { return [] }
    self.guest = nil
    switch guest.purpose {
    case .reading: return []
    case .answer(let host):
      if status == .exited(0) { feed?.answered(host, now: now) } else { feed?.reconnect(host, now: now) }
      return []
    case .job(let attended):
      let took = now - attended.since
      guard let reason = problem(status, of: attended.job, took: took) else {
        return end(
          attended, [.line(.ended(0, .exited(status.asShell), took)), .line(.end(.done))], now: now)
      }
      letRead("\(reason). Enter goes back.")
      return end(
        attended,
        [
          .line(.output(0, reason)), .line(.ended(0, .exited(status.asShell), took)), .line(.end(.failed)),
        ], now: now)
    }
  }

  /// Why it was not what the operator wanted; a shell's own exit status, that of its last command, is no reason.
  private func problem(_ status: ExitStatus, of job: Job, took: Duration) -> String? {
    switch status {
    case .exited(0): return nil
    case .exited(255):
      return "the connection to \(job.host) broke, or carries no further session"
    case .exited(126), .exited(127):
      return took < Self.atOnce ? "\(job.subject) has no shell that could be run" : nil
    case .exited(let code): return took < Self.atOnce ? "it ended at once, with exit status \(code)" : nil
    case .killed(let signal): return "it was ended by signal \(signal)"
    }
  }

  private func end(_ attended: Attended, _ events: [JobEvent], now: Moment) -> [Message] {
    var progress = JobProgress()
    progress.start(at: attended.since)
    for event in [.line(.begin(0))] + events { progress.take(event, of: attended.job, at: now) }
    return events.map { .job(attended.id, $0) } + [runner.keepEnd(of: attended.record, progress, now: now)]
  }

  /// The console covers what was printed: a person says when.
  private func letRead(_ text: String) {
    if isClosing { return }
    let words = ["/bin/sh", "-c", "printf '\\r\\nvigie: %s\\r\\n' \"$0\"; read -r _", text]
    guest = (try? Foreground(words)).map { Guest(foreground: $0, purpose: .reading) }
  }

  private func say(_ text: String) { Files.write("vigie: \(text)\r\n", to: STDOUT_FILENO) }

  /// Hangs up on whoever has the terminal, which goes back as it was.
  func close() {
    isClosing = true
    guard let guest else { return }
    guest.foreground.hangUp()
    let clock = Clock()
    let start = clock.now()
    while guest.foreground.turn() == nil, clock.now() - start < .seconds(1) {
      _ = Poller.wait([], timeout: .milliseconds(20))
    }
    if guest.foreground.status == nil { kill(-guest.foreground.process, SIGKILL) }
    _ = turn(now: clock.now())
    self.guest = nil
  }
}

extension ExitStatus {
  /// As the shell counts: 128 and the signal's number where one ended it.
  fileprivate var asShell: Int {
    switch self {
    case .exited(let code): Int(code)
    case .killed(let signal): 128 + Int(signal)
    }
  }
}

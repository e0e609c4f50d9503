import Console
import Fleet
import Glibc
import Journal
import Operations
import Remote
import Telemetry

/// Runs the steps of plans on their hosts, and keeps the record of each: before it starts, and when it ended.
final class Runner {
  private struct Running {
    var id: StepID
    var child: Child
    var record: AuditRecord
    var since: Moment
  }

  private let feed: LiveFeed?
  private let audit: AppendLog?
  /// Why no record can be kept; without records nothing is run.
  private let auditFailure: String?
  private let user: String
  private var running: [Running] = []

  init(feed: LiveFeed?) {
    self.feed = feed
    user = Files.variable("USER") ?? Files.variable("LOGNAME") ?? "uid \(getuid())"
    do {
      audit = try AppendLog(path: Files.stateDirectory + "/audit.jsonl")
      auditFailure = nil
    } catch {
      audit = nil
      auditFailure = "\(error)"
    }
  }

  var interests: [Interest] { running.flatMap { $0.child.interests } }

  /// When to look whether a child that closed its pipes has ended, which it does within moments.
  private(set) var deadline: Moment?

  /// Starts a step, once its record is on the disk.
  func start(_ id: StepID, _ step: Plan.Step, _ entry: AuditEntry, now: Moment) -> [Message] {
    func failed(_ reason: String) -> [Message] { [.stepEnded(id, .failed(reason: reason))] }
    guard let feed else { return failed("a recording is played: there is no host to run it on") }
    guard let audit else { return failed("nothing was run, because no record can be kept: \(auditFailure ?? "")") }
    guard let link = feed.link(step.host) else { return failed("nothing was run: there is no host \(step.host)") }
    let session: HostLink.Session
    do {
      session = try link.session(step.line)
    } catch {
      return failed("nothing was run: \(error)")
    }
    var record = AuditRecord(
      time: now, id: "\(now.milliseconds)-\(getpid())-\(id.plan).\(id.step)", user: user, host: step.host,
      environment: entry.environment, project: entry.project,
      subject: entry.subject, title: entry.title, command: entry.command)
    do {
      try audit.append(record.line, isSynced: true)
    } catch {
      return failed("nothing was run, because no record can be kept: \(error)")
    }
    do {
      let child = try session.start()
      child.closeInput()
      running.append(Running(id: id, child: child, record: record, since: now))
      return []
    } catch {
      record.end(at: now, failure: "\(error)")
      keep(record)
      return failed("\(error)")
    }
  }

  /// Takes what running steps printed, and those that ended.
  func turn(ready: Ready, now: Moment) -> [Message] {
    var messages: [Message] = []
    var left: [Running] = []
    for step in running {
      var lines = step.child.turn(ready)
      let status = step.child.reap()
      // What it left behind may hold its pipes open for as long as it likes.
      if status != nil { lines += step.child.takeRest() + [step.child.unfinished].filter { !$0.isEmpty } }
      messages += lines.map { .stepOutput(step.id, Clean.text($0, limit: 400)) }
      guard let status else {
        left.append(step)
        continue
      }
      step.child.abandon()
      for line in step.child.errors.split(separator: 0x0A).suffix(4) {
        messages.append(.stepOutput(step.id, Clean.text(line, limit: 400)))
      }
      var record = step.record
      switch status {
      case .exited(let code):
        record.end(at: now, exitStatus: Int(code))
        // 255 is ssh's own: the connection, and not the command, failed.
        messages.append(
          .stepEnded(
            step.id,
            code == 255
              ? .failed(reason: "the connection broke: whether it ran is not known") : .exited(status: Int(code))))
      case .killed(let signal):
        record.end(at: now, failure: "ended by signal \(signal)")
        messages.append(.stepEnded(step.id, .killed(signal: Int(signal))))
      }
      keep(record)
    }
    running = left
    deadline = left.contains { !$0.child.isReadable } ? now + .milliseconds(50) : nil
    return messages
  }

  private func keep(_ record: AuditRecord) { try? audit?.append(record.line, isSynced: true) }

  /// Lets a person answer `ssh` for a host; the screen must have been put away.
  func handOver(_ host: HostName) {
    guard let feed, let words = feed.link(host)?.answering else { return }
    Files.write("vigie: ssh asks for \(host). Answer it, or press Ctrl-C to go back.\r\n", to: STDOUT_FILENO)
    if (try? runInForeground(words)) == .exited(0) {
      feed.answered(host, now: Clock().now())
    }
  }
}

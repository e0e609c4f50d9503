import Console
import Fleet
import Glibc
import Journal
import Operations
import Remote
import Telemetry

/// Runs jobs on their hosts, asks for those that outlived their connection, and keeps the record of each: before it
/// starts, and when it ended.
final class Runner {
  private struct Running {
    var id: JobID
    var job: Job
    var record: AuditRecord
    /// The session that follows it; `nil` while the host is away.
    var child: Child?
    /// How far it got, as the screen sees it too.
    var progress: JobProgress
    /// Lines of the job's log that came; asked for from there on.
    var heard = 0
    var hasSpoken = false
    var since: Moment
    var nextTry: Moment
  }

  private let feed: LiveFeed?
  private let audit: AppendLog?
  /// Why no record can be kept; without records nothing is run.
  private let auditFailure: String?
  private let user: String
  private var running: [Running] = []

  /// Between two questions for a job that outlived its connection.
  private static let patience = Duration.seconds(1)

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

  var interests: [Interest] { running.flatMap { $0.child?.interests ?? [] } }

  /// When to look again though nothing is ready: at a child that closed its pipes, and for a host that was away.
  private(set) var deadline: Moment?

  /// Starts a job, once its record is on the disk.
  func start(_ id: JobID, _ job: Job, _ environment: Environment, now: Moment) -> [Message] {
    func notRun(_ reason: String) -> [Message] { [.job(id, .notRun(reason: reason))] }
    guard let feed else { return notRun("a recording is played: there is no host to run it on") }
    guard let audit else { return notRun("no record can be kept: \(auditFailure ?? "")") }
    guard let link = feed.link(job.host) else { return notRun("there is no host \(job.host)") }
    let name = "\(now.milliseconds)-\(getpid())-\(id.plan)-\(id.job)"
    let session: HostLink.Session
    do {
      session = try link.session(JobScript.command(id: name))
    } catch {
      return notRun("\(error)")
    }
    let record = AuditRecord(time: now, id: name, user: user, job: job, environment: environment)
    do {
      try audit.append(record.line, isSynced: true)
    } catch {
      return notRun("no record can be kept: \(error)")
    }
    var new = Running(id: id, job: job, record: record, progress: JobProgress(), since: now, nextTry: now)
    new.progress.start(at: now)
    do {
      let child = try session.start()
      child.send(JobScript.script + JobScript.orders(running: job, who: user))
      new.child = child
      running.append(new)
      deadline = now
      return []
    } catch {
      return take(.notRun(reason: "\(error)"), &new, now: now)
    }
  }

  /// Ends the step of a job that runs, and begins no other of it.
  func cancel(_ id: JobID) {
    for step in running where step.id == id { step.child?.send(JobScript.cancel) }
  }

  /// Takes what running jobs said, and asks again for those whose connection broke.
  func turn(ready: Ready, now: Moment) -> [Message] {
    var messages: [Message] = []
    var left: [Running] = []
    for var job in running {
      messages += job.child == nil ? attach(&job, now: now) : hear(&job, ready, now: now)
      // Its session has said all: without pipes it counts as over as soon as it has ended.
      if job.progress.isActive { left.append(job) } else { job.child?.abandon() }
    }
    running = left
    deadline = left.compactMap { job in
      job.child.map { $0.isReadable ? nil : now + .milliseconds(50) } ?? max(job.nextTry, now + .milliseconds(50))
    }.min()
    return messages
  }

  private func hear(_ job: inout Running, _ ready: Ready, now: Moment) -> [Message] {
    guard let child = job.child else { return [] }
    var lines = child.turn(ready)
    let status = child.reap()
    if status != nil { lines += child.takeRest() }
    var messages: [Message] = []
    for bytes in lines {
      guard let line = JobLine.decode(bytes) else {
        if job.hasSpoken { job.heard += 1 }
        continue
      }
      if case .hello = line { job.hasSpoken = true } else if job.hasSpoken { job.heard += 1 } else { continue }
      messages += take(.line(line), &job, now: now)
      if !job.progress.isActive { return messages }
    }
    guard let status else { return messages }
    let words = Clean.text(child.errors.split(separator: 0x0A).last ?? [], limit: 400)
    child.abandon()
    job.child = nil
    job.nextTry = now + Self.patience
    if case .exited(let code) = status, code != 255, !job.hasSpoken {
      let reason = words.isEmpty ? "exit status \(code)" : words
      return messages + take(.notRun(reason: "\(job.job.host) can't run jobs: \(reason)"), &job, now: now)
    }
    job.hasSpoken = false
    return messages + take(.lost(reason: "the connection broke"), &job, now: now)
  }

  /// Asks a host that is back what became of a job.
  private func attach(_ job: inout Running, now: Moment) -> [Message] {
    guard now >= job.nextTry, let link = feed?.link(job.job.host) else { return [] }
    job.nextTry = now + Self.patience
    guard let session = try? link.session(JobScript.command(id: job.record.id)), let child = try? session.start()
    else { return [] }
    child.send(JobScript.script + JobScript.orders(attachingTo: job.job, from: job.heard))
    job.child = child
    return []
  }

  private func take(_ event: JobEvent, _ job: inout Running, now: Moment) -> [Message] {
    job.progress.take(event, of: job.job, at: now)
    if !job.progress.isActive { keepEnd(&job, now: now) }
    return [.job(job.id, event)]
  }

  private func keepEnd(_ job: inout Running, now: Moment) {
    job.record.end(at: now, progress: job.progress)
    try? audit?.append(job.record.line, isSynced: true)
  }

  /// Lets a person answer `ssh` for a host; the screen must have been put away.
  func handOver(_ host: HostName) {
    guard let feed, let words = feed.link(host)?.answering else { return }
    Files.write("vigie: ssh asks for \(host). Answer it, or press Ctrl-C to go back.\r\n", to: STDOUT_FILENO)
    if (try? runInForeground(words)) == .exited(0) {
      feed.answered(host, now: Clock().now())
    }
  }
}

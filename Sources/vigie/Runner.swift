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
    /// An earlier console began it, and what became of it is asked.
    var isAdopted = false
    /// Nothing can be learned of it now.
    var isGivenUp = false
  }

  private let feed: LiveFeed?
  private let path: String
  private let audit: AppendLog?
  /// Why no record can be kept; without records nothing is run.
  private let auditFailure: String?
  let user: String
  private var running: [Running] = []
  /// The sessions on this machine, until they are reaped; those on hosts are for their links to reap.
  private var local: [Child] = []
  /// The hosts that are being asked for a job of an earlier console.
  private var busy: Set<HostName> = []

  /// Between two questions for a job that outlived its connection.
  private static let patience = Duration.seconds(1)

  /// - Parameter path: where the records are kept.
  init(feed: LiveFeed?, path: String = Files.auditPath) {
    self.path = path
    self.feed = feed
    // Not what the environment says: that is for anybody to set.
    user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
    do {
      audit = try AppendLog(path: path)
      auditFailure = nil
    } catch {
      audit = nil
      auditFailure = "\(error)"
    }
  }

  var interests: [Interest] { running.flatMap { $0.child?.interests ?? [] } }

  /// When to look again though nothing is ready: at a child that closed its pipes, and for a host that was away.
  private(set) var deadline: Moment?

  /// Whether a session on this machine has not been reaped yet.
  var hasSessionsHere: Bool { !local.isEmpty }

  /// Readies a terminal on a host: nothing runs before its record is on the disk.
  /// - Parameter command: the command line for the job's name.
  func ready(
    _ id: JobID, _ job: Job, _ environment: Environment, now: Moment, command: (String) -> String
  ) throws(Unavailable) -> (session: HostLink.Session, record: AuditRecord) {
    // Of a terminal nothing is left on the host that could be asked for later: by its name it is no job.
    try record(id, job, environment, now: now, suffix: "-terminal") { name in
      guard let link = feed?.link(job.host) else {
        throw SessionRefusal(description: "there is no host \(job.host)")
      }
      return try link.session(command(name), onTerminal: true)
    }
  }

  /// Readies a session, and puts the record of what it will run on the disk.
  private func record<Session>(
    _ id: JobID, _ job: Job, _ environment: Environment, now: Moment, suffix: String = "",
    readying: (String) throws -> Session
  ) throws(Unavailable) -> (session: Session, record: AuditRecord) {
    guard feed != nil else { throw Unavailable(reason: "a recording is played: there is no host to run it on") }
    guard let audit else { throw Unavailable(reason: "no record can be kept: \(auditFailure ?? "")") }
    let name = UnfinishedJobs.identifier(at: now, process: getpid(), id) + suffix
    let session: Session
    do {
      session = try readying(name)
    } catch {
      throw Unavailable(reason: "\(error)")
    }
    let record = AuditRecord(time: now, id: name, user: user, job: job, environment: environment)
    do {
      try audit.append(record.line, isSynced: true)
    } catch {
      throw Unavailable(reason: "no record can be kept: \(error)")
    }
    return (session, record)
  }

  /// Starts a job, once its record is on the disk.
  func start(_ id: JobID, _ job: Job, _ environment: Environment, now: Moment) -> [Message] {
    let session: () throws -> Child
    let record: AuditRecord
    do {
      (session, record) = try self.record(id, job, environment, now: now) { try readied(job, $0) }
    } catch {
      return [.job(id, .notRun(reason: error.reason))]
    }
    var new = Running(id: id, job: job, record: record, progress: JobProgress(), since: now, nextTry: now)
    new.progress.start(at: now)
    do {
      let child = try session()
      child.send(JobScript.script + JobScript.orders(running: job, who: user))
      new.child = child
      running.append(new)
      deadline = now
      return [.audit(.wrote(record))]
    } catch {
      return [.audit(.wrote(record))] + take(.notRun(reason: "\(error)"), &new, now: now)
    }
  }

  /// Readies what follows a job; it is started by another call, because the record comes in between.
  private func readied(_ job: Job, _ name: String) throws -> () throws -> Child {
    let command = JobScript.command(id: name)
    if job.place == .here {
      return {
        let child = try Child(["/bin/sh", "-c", command])
        self.local.append(child)
        return child
      }
    }
    guard let link = feed?.link(job.host) else {
      throw SessionRefusal(description: "there is no host \(job.host)")
    }
    let session = try link.session(command)
    return { try session.start() }
  }

  /// Ends the step of a job that runs, and begins no other of it.
  func cancel(_ id: JobID) {
    for step in running where step.id == id { step.child?.send(JobScript.cancel) }
  }

  /// Takes what running jobs said, and asks again for those whose connection broke.
  func turn(ready: Ready, now: Moment) -> [Message] {
    var messages: [Message] = []
    var left: [Running] = []
    busy = Set(running.filter { $0.isAdopted && $0.child != nil }.map(\.job.host))
    for var job in running {
      messages += job.child == nil ? attach(&job, now: now) : hear(&job, ready, now: now)
      // Its session has said all: without pipes it counts as over as soon as it has ended.
      if job.progress.isActive, !job.isGivenUp { left.append(job) } else { job.child?.abandon() }
    }
    running = left
    local.removeAll { $0.reap() != nil }
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
      job.isGivenUp = job.isAdopted
      if job.isGivenUp { return messages }
      let reason = words.isEmpty ? "exit status \(code)" : words
      return messages + take(.notRun(reason: "\(job.job.host) can't run jobs: \(reason)"), &job, now: now)
    }
    job.hasSpoken = false
    return messages + take(.lost(reason: "the connection broke"), &job, now: now)
  }

  /// Asks a host that is back what became of a job.
  private func attach(_ job: inout Running, now: Moment) -> [Message] {
    guard now >= job.nextTry else { return [] }
    job.nextTry = now + Self.patience
    // The operator's own actions need the connection's few sessions: earlier jobs are asked for one at a time.
    if job.isAdopted, !busy.insert(job.job.host).inserted { return [] }
    guard let child = try? readied(job.job, job.record.id)() else { return [] }
    child.send(JobScript.script + JobScript.orders(attachingTo: job.job, from: job.heard))
    job.child = child
    return []
  }

  private func take(_ event: JobEvent, _ job: inout Running, now: Moment) -> [Message] {
    job.progress.take(event, of: job.job, at: now)
    if job.isAdopted { return job.progress.isActive ? [] : keepFinding(&job, now: now) }
    guard !job.progress.isActive else { return [.job(job.id, event)] }
    return [.job(job.id, event), keepEnd(of: job.record, job.progress, now: now)]
  }

  /// The second record of a job: how it ended.
  func keepEnd(of record: AuditRecord, _ progress: JobProgress, now: Moment) -> Message {
    var record = record
    record.end(at: now, progress: progress)
    try? audit?.append(record.line, isSynced: true)
    return .audit(.wrote(record))
  }

  // MARK: Jobs of earlier consoles

  /// Asks what became of a job that another console began and did not see the end of, once its host is live; not where
  /// that console still runs, and follows it itself.
  func adopt(_ record: AuditRecord, now: Moment) {
    guard audit != nil, let process = UnfinishedJobs.process(of: record.id),
      !Consoles.isRunning(process, since: record.time), record.place == .here || feed?.link(record.host) != nil,
      !running.contains(where: { $0.record.id == record.id })
    else { return }
    var adopted = Running(
      id: JobID(plan: 0, job: 0), job: record.job, record: record, progress: JobProgress(), since: now, nextTry: now)
    adopted.isAdopted = true
    adopted.progress.start(at: record.time)
    running.append(adopted)
    deadline = now
  }

  /// Keeps the end of such a job, unless a third console has done so meanwhile.
  private func keepFinding(_ job: inout Running, now: Moment) -> [Message] {
    let began = job.record.time
    let lines = BackwardLines(path: path)
    for _ in 0..<500 {
      guard let line = try? lines.next() else { break }
      if let other = AuditRecord.decode(line), other.id == job.record.id, other.phase == .ended { return [] }
    }
    job.record.end(foundOutAt: now, progress: job.progress)
    try? audit?.append(job.record.line, isSynced: true)
    return [.audit(.foundOut(job.record, began: began))]
  }
}

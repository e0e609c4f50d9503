import Console
import Fleet
import Glibc
import Journal
import Operations
import Remote
import Testing

@testable import vigie

/// Jobs that outlive the console that began them, with the real job script on this machine.
@Suite(.serialized) struct `A job whose console is gone` {
  private static let host = HostName("here")
  private static let id = JobID(plan: 1, job: 0)

  /// A directory of its own, for the records and for what a job waits for.
  private func folder() -> String {
    let template = strdup("/tmp/vigie-following-XXXXXX")
    defer { free(template) }
    return template.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
  }

  /// Gives `body` the links to this machine, which is a fleet of one host.
  private func withFeed(_ body: (LiveFeed) async throws -> Void) async throws {
    let feed = try LiveFeed(FleetDefinition(hosts: [Host(name: Self.host, connection: .local, environment: .dev)]))
    defer { feed.close() }
    try await body(feed)
  }

  /// Ends when the file is there.
  private func job(waitingFor file: String) -> Job {
    let line = "until test -e \(ShellWord.quoted(file)); do sleep 0.05; done; echo over"
    return Job(
      host: Self.host, title: "Wait on here", subject: "here", steps: [Step(line: line)],
      look: Look(["echo", "calm"], wanted: "calm", patience: .seconds(5), words: "calm"))
  }

  /// Gives a runner turns until it has said something like that.
  private func hear(_ runner: Runner, from begin: [Message] = [], until isIt: (Message) -> Bool) async throws -> Message
  {
    let clock = Clock()
    var messages = begin
    try await wait(
      for: "news", interests: { runner.interests },
      turn: { ready in messages += runner.turn(ready: ready, now: clock.now()) }, evidence: { "\(messages)" },
      until: { messages.contains(where: isIt) })
    let found = messages.first(where: isIt)
    return try #require(found)
  }

  private func records(_ path: String) throws -> [AuditRecord] {
    let lines = BackwardLines(path: path)
    var records: [AuditRecord] = []
    while let line = try lines.next() { records += AuditRecord.decode(line).map { [$0] } ?? [] }
    return records.reversed()
  }

  private func finding(of runner: Runner) async throws -> (AuditRecord, began: Moment) {
    let news = try await hear(runner) { if case .audit(.foundOut) = $0 { true } else { false } }
    guard case .audit(.foundOut(let record, let began)) = news else { throw Impatience(description: "\(news)") }
    return (record, began)
  }

  private func unfinished(_ path: String) throws -> [AuditRecord] {
    let reader = AuditReader(path: path)
    reader.begin(findsUnfinished: true)
    while reader.isReading { _ = reader.turn(clock: Clock()) }
    return reader.takeUnfinished()
  }

  /// The record of a job that another process began a minute ago.
  private func record(of job: Job, begunBy process: Int32) -> AuditRecord {
    let now = Clock().now()
    return AuditRecord(
      time: now - .seconds(60), id: UnfinishedJobs.identifier(at: now, process: process, Self.id), user: "ana",
      job: job, environment: .dev)
  }

  /// No process has such a number.
  private static let nobody: Int32 = 999_999_999

  @Test func `is followed by the next one, which keeps its end`() async throws {
    let folder = folder()
    let path = folder + "/audit.jsonl"
    try await withFeed { feed in
      var first: Runner? = Runner(feed: feed, path: path)
      let begun = first?.start(Self.id, job(waitingFor: folder + "/go"), .dev, now: Clock().now()) ?? []
      if let runner = first { _ = try await hear(runner, from: begun) { $0.isLine(.begin(0)) } }
      first = nil
      let open = try unfinished(path)
      #expect(open.map(\.title) == ["Wait on here"])

      let second = Runner(feed: feed, path: path)
      for record in open { second.adopt(record, now: Clock().now()) }
      #expect(second.deadline != nil)
      close(Glibc.open(folder + "/go", O_WRONLY | O_CREAT, 0o600))
      let (record, began) = try await finding(of: second)
      #expect(record.failure == nil && record.exitStatus == 0 && record.before == "calm" && record.after == "calm")
      #expect(began == open.first?.time && record.note != nil && record.sshUser != nil)
      #expect(try records(path).map(\.phase) == [.started, .ended])
      #expect(try unfinished(path).isEmpty)

      // A third console that asked as well finds the end recorded, and adds nothing.
      let third = Runner(feed: feed, path: path)
      for record in open { third.adopt(record, now: Clock().now()) }
      try await wait(
        for: "an end", interests: { third.interests }, turn: { _ = third.turn(ready: $0, now: Clock().now()) },
        until: { third.deadline == nil })
      #expect(try records(path).count == 2)
    }
    run("rm", "-rf", folder)
  }

  @Test func `is told as unknown where the host knows nothing of it`() async throws {
    let folder = folder()
    let path = folder + "/audit.jsonl"
    try await withFeed { feed in
      try AppendLog(path: path).append(
        record(of: job(waitingFor: "/never"), begunBy: Self.nobody).line, isSynced: false)
      let runner = Runner(feed: feed, path: path)
      for record in try unfinished(path) { runner.adopt(record, now: Clock().now()) }
      let (end, _) = try await finding(of: runner)
      #expect(end.failure?.hasPrefix("the host knows nothing of it") == true && end.exitStatus == nil)
      #expect(try records(path).last?.failure == end.failure)
    }
    run("rm", "-rf", folder)
  }

  @Test func `is left alone where its host is no more in the fleet, or its console still runs`() async throws {
    let folder = folder()
    // A program of that name that stays until its input ends.
    run("cp", "/bin/cat", folder + "/vigie")
    let other = try Child([folder + "/vigie"])
    let plain = try Child(["/bin/cat"])
    let now = Clock().now()
    try await wait(
      for: "the program", interests: { [] }, turn: { _ in }, until: { Consoles.isRunning(other.process, since: now) })
    #expect(!Consoles.isRunning(other.process, since: now - .seconds(3600)), "it came after that time")
    #expect(!Consoles.isRunning(plain.process, since: now), "it is no console")
    #expect(!Consoles.isRunning(getpid(), since: now), "itself is no other")
    #expect(!Consoles.isRunning(Self.nobody, since: now))

    try await withFeed { feed in
      let runner = Runner(feed: feed, path: folder + "/audit.jsonl")
      var record = record(of: job(waitingFor: "/never"), begunBy: Self.nobody)
      record.host = HostName("gone")
      runner.adopt(record, now: now)
      record = self.record(of: job(waitingFor: "/never"), begunBy: other.process)
      record.time = now
      runner.adopt(record, now: now)
      #expect(runner.deadline == nil)
    }
    // One that nobody reaped would keep exit tests of this process waiting for ever.
    for child in [other, plain] {
      child.closeInput()
      while child.reap() == nil { sched_yield() }
    }
    run("rm", "-rf", folder)
  }

  @Test func `that runs here needs no host, is followed by the next console too, and leaves no process`() async throws {
    let folder = folder()
    let path = folder + "/audit.jsonl"
    try await withFeed { feed in
      var job = job(waitingFor: folder + "/go")
      (job.host, job.place, job.look) = (HostName("far"), .here, nil)
      var first: Runner? = Runner(feed: feed, path: path)
      let begun = first?.start(Self.id, job, .prod, now: Clock().now()) ?? []
      if let runner = first { _ = try await hear(runner, from: begun) { $0.isLine(.begin(0)) } }
      let open = try unfinished(path)
      #expect(open.map(\.place) == [.here] && open.map(\.host) == [HostName("far")])
      close(Glibc.open(folder + "/go", O_WRONLY | O_CREAT, 0o600))
      if let runner = first { _ = try await hear(runner) { $0.isLine(.end(.done)) } }
      let own = try #require(first)
      try await wait(
        for: "its session's end", interests: { own.interests },
        turn: { _ = own.turn(ready: $0, now: Clock().now()) }, until: { !own.hasSessionsHere })
      first = nil
      #expect(try records(path).map(\.phase) == [.started, .ended])

      // Another console, asking after the end, hears the same of it.
      let second = Runner(feed: feed, path: folder + "/other.jsonl")
      for record in open { second.adopt(record, now: Clock().now()) }
      let (record, _) = try await finding(of: second)
      #expect(record.failure == nil && record.exitStatus == 0 && record.place == .here)
      try await wait(
        for: "its session's end", interests: { second.interests },
        turn: { _ = second.turn(ready: $0, now: Clock().now()) }, until: { !second.hasSessionsHere })
    }
    run("rm", "-rf", folder)
  }

  @Test func `the records are read a little at a time, the newest first, and what is none is counted`() throws {
    let folder = folder()
    let path = folder + "/audit.jsonl"
    let log = try AppendLog(path: path)
    let now = Clock().now()
    for number in 0..<3000 {
      var record = record(of: job(waitingFor: "/never"), begunBy: Self.nobody)
      record.time = now - .seconds(3000 - number)
      record.title = "\(number)"
      try log.append(number == 2990 ? "torn" : record.line, isSynced: false)
    }
    let reader = AuditReader(path: path)
    reader.begin()
    var records: [AuditRecord] = []
    var skipped = 0
    var turns = 0
    while reader.isReading {
      turns += 1
      for case .audit(.read(let some, let none)) in reader.turn(clock: Clock()) {
        records += some
        skipped += none
      }
    }
    #expect(records.count == 1999 && skipped == 1 && turns > 1)
    #expect(records.first?.title == "2999" && records.last?.title == "1000")
    #expect(reader.takeUnfinished().isEmpty)
    run("rm", "-rf", folder)
  }
}

extension Message {
  fileprivate func isLine(_ line: JobLine) -> Bool {
    if case .job(_, .line(line)) = self { true } else { false }
  }
}

private func run(_ words: String...) {
  guard let child = try? Child(words) else { return }
  while child.reap() == nil { sched_yield() }
}

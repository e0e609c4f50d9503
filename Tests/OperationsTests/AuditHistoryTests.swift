import Fleet
import Operations
import Testing

/// Reading the records back.
struct AuditHistoryTests {
  private static let start = Moment(milliseconds: 1_795_449_817_250)

  /// The record of the start of a job, so many seconds after the first.
  private func started(_ id: String = "1795449817250-77-1-0", after seconds: Int = 0) -> AuditRecord {
    var job = Job(
      host: HostName("web-1"), title: "Restart redis on web-1", project: "boutique", subject: "redis",
      steps: [Step(["docker", "restart", "0cab"]), Step(line: "echo 'a b' | wc")],
      look: Look(["docker", "inspect", "a b"], wanted: "state=running *", patience: .seconds(60), words: "running"))
    job.isReboot = true
    job.place = .here
    return AuditRecord(time: Self.start + .seconds(seconds), id: id, user: "ana", job: job, environment: .prod)
  }

  private func ended(_ record: AuditRecord, after seconds: Int = 4, _ lines: [JobLine] = [.end(.done)]) -> AuditRecord {
    var progress = JobProgress()
    progress.start(at: record.time)
    for line in [JobLine.hello(user: "ops", boot: "b"), .before("up"), .begin(0), .ended(0, .exited(0), .seconds(3))]
      + lines
    { progress.take(.line(line), of: record.job, at: record.time) }
    var record = record
    record.end(at: record.time + .seconds(seconds), progress: progress)
    return record
  }

  private func decode(_ text: String) -> AuditRecord? { AuditRecord.decode(Array(text.utf8)) }

  @Test func `what was written is read back, all of it`() {
    let first = started()
    let last = ended(first)
    #expect(decode(last.line)?.line == last.line)
    let read = decode(first.line)
    #expect(read?.line == first.line)
    #expect(read?.commands == ["docker restart 0cab", "echo 'a b' | wc"])
    #expect(read?.look?.line == "docker inspect 'a b'")
    #expect(read?.job.look?.wanted == "state=running *" && read?.job.look?.patience == .seconds(60))
    #expect(read?.job.isReboot == true && read?.job.place == .here)
  }

  @Test func `a record of an earlier version is one still, and unknown names are left alone`() {
    let old =
      #"{"commands":["x"],"environment":"dev","host":"a","id":"7","phase":"ended","time":"2026-11-23T16:03:37Z","#
      + #""title":"t","user":"ana","later":{"x":[1]},"exit_status":"none","duration_seconds":-1}"#
    let record = decode(old)
    #expect(record?.time == Moment(milliseconds: 1_795_449_817_000))
    #expect(record?.place == .host && record?.isReboot == false && record?.look == nil)
    #expect(record?.exitStatus == nil && record?.duration == nil)
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "null", "\u{0}\u{0}\u{0}", #"{"id":"7"}"#, "hello", #"{"commands":["x"],"time":"now"}"#,
    #"{"commands":"x","environment":"dev","host":"a","id":"7","phase":"ended","time":"2026-11-23T16:03:37Z","title":"t","user":"u"}"#,
    #"{"commands":[],"environment":"dev","host":"a","id":"7","phase":"begun","time":"2026-11-23T16:03:37Z","title":"t","user":"u"}"#,
    #"{"commands":[],"environment":"moon","host":"a","id":"7","phase":"ended","time":"2026-11-23T16:03:37Z","title":"t","user":"u"}"#,
  ]) func `what is torn or foreign is no record`(line: String) { #expect(decode(line) == nil) }

  @Test func `every beginning of a record is no record`() {
    let bytes = Array(started().line.utf8)
    for count in 0..<bytes.count { #expect(AuditRecord.decode(bytes[..<count]) == nil) }
    #expect(AuditRecord.decode(Array(bytes[3...])) == nil)
  }

  @Test func `the two records of a job are one entry, in whatever order they come`() throws {
    let first = started()
    let last = ended(first)
    let other = started("1795449817250-77-2-0", after: 60)
    for records in [[first, last, other], [other, last, first], [last, other, first]] {
      var history = AuditHistory()
      for record in records { history.add([record]) }
      var whole = AuditHistory()
      whole.add(records)
      #expect(whole.entries == history.entries)
      #expect(history.entries.map(\.id) == [other.id, first.id])
      let entry = try #require(history[first.id])
      #expect(entry.startedAt == first.time && entry.endedAt == first.time + .seconds(4))
      #expect(entry.outcome == .well && entry.ending == "well" && entry.who == "ana as ops")
      #expect(history[other.id]?.outcome == .open)
      #expect(history[other.id]?.ending == "no end recorded")
      #expect(history["none"] == nil)
    }
  }

  @Test func `an end whose beginning is lost began as long before as it took; the first of two ends counts`() {
    let last = ended(started())
    var history = AuditHistory()
    history.add([last])
    #expect(history[last.id]?.startedAt == Self.start)
    let second = ended(started(), after: 90, [.after("down", isAsWanted: false), .end(.failed)])
    history.add([second])
    #expect(history[last.id]?.outcome == .well)
    var other = AuditHistory()
    other.add([second, last])
    #expect(other[last.id]?.outcome == .well)
  }

  @Test func `nothing in a file can steer a terminal`() {
    var record = started()
    record.title = "a\u{1B}[2Jb\u{9B}31m\u{202E}"
    record.commands = ["x\u{7}\ny"]
    record.user = "\u{1B}]0;title\u{7}"
    record.project = "p\u{0}"
    let shown = AuditEntry(record).record
    let texts = [shown.title, shown.user, shown.project ?? ""] + shown.commands
    #expect(texts == ["ab·", "·]0;title·", "p·", "x· y"])
  }

  @Test func `a query accepts what is of its host and project and young enough`() {
    let entry = AuditEntry(started())
    #expect(AuditQuery().accepts(entry))
    #expect(AuditQuery(host: "web-1", project: "boutique", since: Self.start).accepts(entry))
    #expect(!AuditQuery(host: "web-2").accepts(entry))
    #expect(!AuditQuery(project: "journal").accepts(entry))
    #expect(!AuditQuery(since: Self.start + .milliseconds(1)).accepts(entry))
  }
}

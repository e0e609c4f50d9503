import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// The page of what was done.
struct HistoryTests {
  static let start = Moment(milliseconds: 1_795_449_000_000)

  /// The records of a few jobs, the newest first, as they are read.
  static let records: [AuditRecord] = {
    var records: [AuditRecord] = []
    func job(_ host: String, _ title: String, _ steps: [String], project: String? = "shop") -> Job {
      Job(
        host: HostName(host), title: "\(title) on \(host)", project: project,
        subject: String(title.split(separator: " ").last ?? ""),
        steps: steps.map { Step(line: $0) })
    }
    func add(
      _ minutes: Int, _ id: String, _ user: String, _ job: Job, _ environment: Environment, _ lines: [JobLine]?
    ) {
      var record = AuditRecord(
        time: start - .seconds(60 * minutes), id: id, user: user, job: job, environment: environment)
      records.append(record)
      guard let lines else { return }
      var progress = JobProgress()
      progress.start(at: record.time)
      for line in [JobLine.hello(user: "ops", boot: "b")] + lines {
        progress.take(.line(line), of: job, at: record.time)
      }
      record.end(at: record.time + .milliseconds(4210), progress: progress)
      records.append(record)
    }
    add(
      1500, "1-7-1-0", "ana", job("web-1", "Remove shop-backup-1", ["docker rm --force 4da79587f2bf"]), .prod,
      [.before("state=exited"), .begin(0), .ended(0, .exited(0), .seconds(4)), .end(.done)])
    add(
      90, "2-7-2-0", "ana",
      job("web-2", "Apply the service php of shop", ["docker compose up --detach --no-deps php", "docker ps"]), .prod,
      [.begin(0), .output(0, "no such image"), .ended(0, .exited(1), .seconds(4)), .end(.failed)])
    add(
      3, "3-8-1-0", "bo", job("staging", "Restart journal-1", ["docker restart 0cab65117bf7"], project: nil), .dev, nil)
    add(
      2, "4-9-1-0", "ana", job("web-1", "Restart shop-redis-1", ["docker restart 0cab65117bf7"]), .prod,
      [
        .before("state=running health=healthy restarts=0"), .begin(0), .ended(0, .exited(0), .seconds(4)),
        .after("state=running health=healthy restarts=1", isAsWanted: true), .end(.done),
      ])
    return records.reversed()
  }()

  static let story: @Sendable (inout Desk) -> Void = { desk in
    desk.report(["web-1", "web-2", "staging"])
    desk.take(.audit(.read(records, skipped: 1)))
    desk.take(.audit(.over))
  }

  private func desk(access: Access = .locked) -> Desk {
    var desk = Desk(width: 120, height: 30)
    desk.model.access = access
    Self.story(&desk)
    return desk
  }

  @Test(arguments: [Access.locked, .readOnly, .unlocked(until: nil)])
  func `is opened by its key in every console, which asks for the records, newest first`(access: Access) {
    var desk = desk(access: access)
    #expect(desk.press("H") == [.readAudit])
    #expect(desk.text.contains("History 4"))
    #expect(
      desk.model.rows(.history) == [.record("4-9-1-0"), .record("3-8-1-0"), .record("2-7-2-0"), .record("1-7-1-0")])
    #expect(desk.text.contains("no end recorded"))
    #expect(desk.text.contains("failed with exit status 1"))
  }

  @Test func `Esc and q go back to where it was opened from, and a key of the panes goes there`() {
    var desk = desk()
    desk.press("2", "H", "Esc")
    #expect(desk.model.focus == .containers && desk.model.detail == nil)
    desk.press("Enter")
    let detail = desk.model.detail
    #expect(detail != nil)
    desk.press("H", "H")
    #expect(desk.model.focus == .history && desk.model.detail == nil)
    #expect(desk.press("q") == [])
    #expect(desk.model.detail == detail && desk.model.focus == .containers)
    desk.press("H", "1")
    #expect(desk.model.focus == .hosts)
  }

  @Test func `Tab never comes to it`() {
    var desk = Desk(width: 200, height: 50)
    var seen: Set<PaneID> = []
    for _ in 0..<10 {
      desk.press("Tab")
      seen.insert(desk.model.focus)
    }
    #expect(seen == Set(PaneID.allCases).subtracting([.history]))
  }

  @Test(arguments: [
    ("web-2", ["2-7-2-0"]), ("bo", ["3-8-1-0"]), ("redis !recorded", ["4-9-1-0"]), ("compose", ["2-7-2-0"]),
    ("shop !well", ["2-7-2-0"]), ("prod", ["4-9-1-0", "2-7-2-0", "1-7-1-0"]),
    ("ops", ["4-9-1-0", "2-7-2-0", "1-7-1-0"]),
  ]) func `is filtered as lists are`(typed: String, ids: [String]) {
    var desk = desk()
    desk.press("H", "/")
    for letter in typed { desk.press(letter == " " ? "Space" : String(letter)) }
    desk.press("Enter")
    desk.model.settle()
    #expect(desk.model.rows(.history) == ids.map { .record($0) })
    desk.press("Esc")
    desk.model.settle()
    #expect(desk.model.rows(.history).count == 4)
  }

  @Test func `is sorted by how things ended, or by host`() {
    var desk = desk()
    desk.press("H", "o", "s")
    desk.model.settle()
    #expect(desk.model.rows(.history).first == .record("3-8-1-0"))
    desk.press("o", "n")
    desk.model.settle()
    #expect(desk.model.rows(.history).first == .record("3-8-1-0"))
    desk.press("o", "u", "O")
    desk.model.settle()
    #expect(desk.model.rows(.history).first == .record("1-7-1-0"))
  }

  @Test func `one record is opened whole: every command, who, as whom, and what was seen`() {
    var desk = desk()
    desk.press("H", "j", "j", "Enter")
    #expect(desk.model.detail == .record("2-7-2-0"))
    for words in ["docker compose up --detach --no-deps php", "docker ps", "ana", "ops, on web-2", "no such image"] {
      #expect(desk.text.contains(words), "\(words)")
    }
    #expect(desk.press("y") == [.copy("docker compose up --detach --no-deps php\ndocker ps")])
    desk.press("Esc")
    #expect(desk.model.detail == nil && desk.model.focus == .history)
    #expect(desk.model.actedHost == HostName("web-2"))
  }

  @Test func `a job of this console runs until its end is written`() throws {
    var desk = desk()
    desk.press("H")
    let job = Job(host: HostName("web-2"), title: "Stop x on web-2", subject: "x", steps: [])
    var record = AuditRecord(time: desk.now, id: "5-9-1-0", user: "ana", job: job, environment: .prod)
    desk.take(.audit(.wrote(record)))
    #expect(desk.lines[3].contains("Stop x") && desk.lines[3].contains("runs"))
    var progress = JobProgress()
    progress.take(.line(.end(.done)), of: job, at: desk.now)
    record.end(at: desk.now + .seconds(1), progress: progress)
    desk.take(.audit(.wrote(record)))
    #expect(desk.lines[3].contains("Stop x") && desk.lines[3].contains("well"))
  }

  @Test func `the end of an earlier job is told, and listed`() {
    var desk = desk()
    var record = Self.records.first { $0.id == "3-8-1-0" }
    var progress = JobProgress()
    for line in [JobLine.begin(0), .ended(0, .exited(0), .seconds(30)), .end(.done)] {
      progress.take(.line(line), of: Job(host: HostName("staging"), title: "", subject: "", steps: []), at: desk.now)
    }
    let began = record?.time ?? desk.now
    record?.end(foundOutAt: desk.now, progress: progress)
    guard let record else { return }
    desk.take(.audit(.foundOut(record, began: began)))
    #expect(desk.text.contains("an earlier Restart journal-1 on staging ended well at 15:47 UTC"))
    #expect(desk.model.notice?.isProblem == false)
    desk.take(.audit(.foundOut(record, began: began)))
    #expect(desk.text.contains("2 were found out, H lists them"))
    desk.press("H", "j", "Enter")
    #expect(desk.text.contains("found out later"))
  }

  @Test func `lines that are no record are counted anew each time the records are read`() {
    var desk = desk()
    desk.press("H")
    desk.take(.audit(.read([], skipped: 1)))
    #expect(desk.text.contains("1 line is no record"))
    desk.take(.audit(.read([], skipped: 2)))
    #expect(desk.text.contains("3 lines are no record"))
    desk.press("H")
    #expect(!desk.text.contains("no record "))
  }

  @Test func `a file that can't be read is said, and no records are no good news before they were read`() {
    var desk = Desk()
    desk.press("H")
    #expect(desk.text.contains("reading the records"))
    desk.take(.audit(.over))
    #expect(desk.text.contains("nothing was done yet"))
    desk.take(.audit(.failed(reason: "/x/audit.jsonl: it can't be read: Input/output error")))
    #expect(desk.text.contains("Input/output error"))
  }
}

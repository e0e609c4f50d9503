import Console
import Fleet
import Glibc
import Operations
import Remote
import Testing

@testable import vigie

/// A job's step that has the terminal: what is said of it, and what is kept.
@MainActor @Suite(.serialized)
struct AttendantTests {
  private static let id = JobID(plan: 1, job: 0)
  private let clock = Clock()
  private let state: String

  init() throws {
    state = try Files.privateDirectory()
    // Nobody presses Enter here.
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    dup2(nothing, STDIN_FILENO)
    close(nothing)
  }

  private var records: [String] {
    let bytes = (try? Files.read(state + "/audit.jsonl")) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func attendant(_ connection: Connection = .local) throws -> Attendant {
    let host = Host(name: HostName("here"), connection: connection, environment: .dev)
    let feed = try LiveFeed(FleetDefinition(hosts: [host]))
    return Attendant(feed: feed, runner: Runner(feed: feed, path: state + "/audit.jsonl"))
  }

  private func job(_ words: String...) -> Job {
    var job = Job(host: HostName("here"), title: "Shell in x on here", subject: "x", steps: [Step(words)])
    job.takesTerminal = true
    return job
  }

  /// All that is said of a job until the terminal is free again.
  private func run(_ job: Job, _ attendant: Attendant) async throws -> [JobEvent] {
    var messages = attendant.attend(Self.id, job, .dev, now: clock.now())
    try await wait(
      for: "end of \(job.steps)", interests: { [] }, turn: { _ in messages += attendant.turn(now: clock.now()) },
      until: { !attendant.isBusy })
    return messages.compactMap { if case .job(Self.id, let event) = $0 { event } else { nil } }
  }

  @Test func `its end is told with its status, and two records have its command and nothing else`() async throws {
    let events = try await run(job("sh", "-c", "exit 0"), attendant())
    #expect(events.first == .line(.begin(0)) && events.last == .line(.end(.done)))
    #expect(events.contains { if case .line(.ended(0, .exited(0), _)) = $0 { true } else { false } })
    #expect(records.count == 2)
    #expect(records[0].contains(#""phase":"started""#) && records[0].contains(#""commands":["sh -c 'exit 0'"]"#))
    #expect(records[1].contains(#""phase":"ended""#) && records[1].contains(#""exit_status":0"#))
    #expect(!records[1].contains(#""duration_seconds":null"#))
  }

  @Test(
    arguments: [
      ("exit 127", "x has no shell that could be run"), ("exit 3", "it ended at once, with exit status 3"),
      ("exit 255", "the connection to here broke, or carries no further session"),
    ])
  func `what ends badly at once says why, and is read before the screen comes back`(
    script: String, reason: String
  ) async throws {
    let events = try await run(job("sh", "-c", script), attendant())
    #expect(events.last == .line(.end(.failed)))
    #expect(events.contains(.line(.output(0, reason))))
    #expect(records.last?.contains(reason) == true)
  }

  @Test func `a host that runs no commands is refused in a sentence, without a record`() async throws {
    let events = try await run(job("true"), attendant(.command(["true"])))
    #expect(events == [.notRun(reason: "here: its program only speaks the stream, and runs no commands")])
    #expect(records.isEmpty)
  }

  @Test func `whoever has the terminal is hung up on at the end, and that is kept`() throws {
    let attendant = try attendant()
    _ = attendant.attend(Self.id, job("sleep", "1000"), .dev, now: clock.now())
    #expect(attendant.isBusy)
    attendant.close()
    #expect(!attendant.isBusy)
    #expect(records.last?.contains("it was ended by signal 1") == true)
  }
}

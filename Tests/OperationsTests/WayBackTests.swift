import Fleet
import Operations
import Telemetry
import Testing

/// What can be taken back of a plan that came to its end, to no end, or to half of one.
struct WayBackTests {
  private let start = Moment(milliseconds: 1_795_449_817_000)

  private func member(_ host: String, _ id: String) -> LimitsChange.Member {
    var facts = ContainerFacts(id: id, name: "shop-php-1", image: "php:8.2-fpm", state: .running)
    (facts.project, facts.service) = ("shop", "php")
    (facts.composeDirectory, facts.composeFiles) = ("/srv/shop", "/srv/shop/compose.yaml")
    (facts.cpuLimit, facts.memoryLimit) = (0.5, .mebibytes(128))
    let host = Host(name: HostName(host), connection: .local, environment: .dev)
    return .init(
      Target(host: host, facts: facts, needsSudo: false),
      after: Limits(of: facts).with(memory: .mebibytes(256)))
  }

  private func change(_ members: [LimitsChange.Member]) -> LimitsChange { LimitsChange(members, hostCores: [:]) }

  /// The plan, begun, and each job's end told; those that are not told did not begin.
  private func operation(_ plan: Plan, _ jobs: [[JobLine]]) -> Operation {
    var operation = Operation(plan, at: start)
    for (index, lines) in jobs.enumerated() {
      _ = operation.begin(at: start)
      for line in lines { operation.take(.line(line), of: index, at: start) }
    }
    _ = operation.begin(at: start)
    return operation
  }

  private func operation(_ change: LimitsChange, _ jobs: [[JobLine]]) throws -> Operation {
    operation(try Plan.make(change, settings: ActionSettings()), jobs)
  }

  private func ended(_ steps: [StepEnd], _ end: JobEnd) -> [JobLine] {
    steps.enumerated().flatMap { [.begin($0), .ended($0, $1, .zero)] as [JobLine] } + [.end(end)]
  }

  /// What of a change is put back.
  private func back(_ operation: Operation) -> LimitsChange? { operation.wayBack?.limits }

  @Test func `all of it, where it ended well; nothing while it runs`() throws {
    let done = try operation(
      change([member("a", "0a")]), [ended([.exited(0), .exited(0)], .done)])
    #expect(done.isDone && done.wayBack == done.plan.undo.first)
    #expect(try operation(change([member("a", "0a")]), [[.begin(0)]]).wayBack == nil)
  }

  @Test(
    arguments: [
      ([.exited(0), .exited(1)], .failed, true), ([.exited(0), .late], .late, true), ([.late], .late, true),
      // Nobody knows what the signal of a cancellation met.
      ([.exited(143)], .cancelled, true), ([.exited(1)], .failed, false), ([], .refused, false),
    ] as [([StepEnd], JobEnd, Bool)])
  func `what a failed change has done before is taken back`(_ steps: [StepEnd], _ end: JobEnd, _ isOffered: Bool) throws
  {
    let operation = try operation(change([member("a", "0a")]), [ended(steps, end)])
    #expect(!operation.isDone && operation.isOver)
    #expect(back(operation)?.members.map(\.after.memory) == (isOffered ? [.mebibytes(128)] : nil))
  }

  @Test func `only on the hosts that it came to`() throws {
    let change = change([member("a", "0a"), member("b", "0b"), member("c", "0c")])
    let failed = ended([.exited(0), .exited(1)], .failed)
    let operation = try operation(change, [ended([.exited(0), .exited(0)], .done), failed])
    #expect(back(operation)?.members.map(\.target.host.name.text) == ["a", "b"])
    #expect(operation.wayBack?.jobs.map(\.host.text) == ["a", "b"])
    // The retry knows what its predecessor did.
    let retry = self.operation(operation.plan.retry(of: operation.unfinished), [ended([.exited(1)], .failed)])
    #expect(back(retry)?.members.map(\.target.host.name.text) == ["a"])
  }

  @Test func `only the container, and only what lives within, that was changed`() throws {
    var (first, second) = (member("a", "0a"), member("a", "0b"))
    first.children = .init(from: 6, to: 12)
    second.children = .init(from: 6, to: 12)
    let one = try operation(change([first, second]), [ended([.exited(0), .exited(1)], .failed)])
    #expect(back(one)?.members.map(\.target.facts.id) == ["0a"])
    #expect(back(one)?.members.map(\.children) == [nil])
    // Both limits and the file, then the first pool; not the second.
    let most = try operation(
      change([first, second]), [ended([.exited(0), .exited(0), .exited(0), .exited(0), .exited(1)], .failed)])
    #expect(back(most)?.members.map(\.children) == [.init(from: 12, to: 6), nil])
  }

  @Test func `more containers of a service that came only in part go again, where they are seen`() throws {
    let target = member("a", "0a").target
    let replicas = Replicas(target, among: [target.facts], role: nil, room: HostRoom(HostName("a")))
    let plan = try Plan.replicas(replicas, to: 3, settings: ActionSettings())
    func failed(_ after: String) -> Operation {
      operation(
        plan,
        [
          [
            .before("running=1 ready=1"), .begin(0), .ended(0, .exited(1), .zero), .after(after, isAsWanted: false),
            .end(.failed),
          ]
        ])
    }
    #expect(failed("running=2 ready=2").wayBack == plan.undo.first)
    #expect(failed("running=1 ready=1").wayBack == nil)
  }
}

import Fleet
import Operations
import Telemetry
import Testing

/// How many containers of a service run: where another number can't work, what is said beforehand, what runs.
struct ReplicasTests {
  private static let settings = ActionSettings()

  private func facts(
    _ number: Int, service: String = "worker", _ change: (inout ContainerFacts) -> Void = { _ in }
  ) -> ContainerFacts {
    var facts = ContainerFacts(
      id: "\(number)cab65117bf739666634e63dfaa04584", name: "journal-\(service)-\(number)", image: "php:8.2",
      state: .running)
    (facts.project, facts.service) = ("journal", service)
    (facts.composeDirectory, facts.composeFiles) = ("/srv/journal", "/srv/journal/compose.yaml")
    facts.memoryLimit = .kibibytes(48 << 10)
    change(&facts)
    return facts
  }

  private var roomy: HostRoom {
    var room = HostRoom(HostName("web-2"))
    (room.memory, room.memoryFree, room.cores) = (.kibibytes(8 << 20), .kibibytes(6 << 20), Cores(4))
    room.memoryPromised = .kibibytes(1 << 20)
    return room
  }

  private func replicas(
    _ containers: [ContainerFacts], role: PartRole? = .application, room: HostRoom? = nil,
    uses: [String: ByteCount] = [:]
  ) -> Replicas {
    let host = Host(name: HostName("web-2"), connection: .local, environment: .dev)
    return Replicas(
      Target(host: host, facts: containers[0], needsSudo: false), among: containers, role: role, room: room ?? roomy,
      uses: uses)
  }

  @Test func `more are run by Compose without touching those that run, and undone by the former number`() throws {
    let plan = try Plan.replicas(replicas([facts(1)]), to: 3, settings: Self.settings)
    let line = try #require(plan.jobs.first?.steps.first?.line)
    // With the limits that vigie keeps: what it wrote is looked for on the host.
    for part in [
      "sh -c 'grep -qs ", "/srv/journal/compose.override.yaml", "[ -e /srv/journal/compose.vigie.yaml ]",
      "exec docker compose --project-name journal --project-directory /srv/journal --file /srv/journal/compose.yaml ",
      " up --detach --no-deps --no-recreate --scale worker=3 worker'",
    ] { #expect(line.contains(part), "\(line)") }
    #expect(plan.jobs.map(\.lock) == ["journal"] && plan.danger == .interrupting)
    #expect(plan.jobs[0].look?.wanted == "running=3 ready=3 *")
    #expect(plan.undo.flatMap(\.jobs).flatMap(\.steps).map(\.line) == [line.replacing("worker=3", with: "worker=1")])
    #expect(plan.warnings.count == 1 && plan.warnings[0].hasPrefix("Temporary: "))
  }

  @Test func `fewer leave those with the lowest numbers, and say which go`() throws {
    let three = [facts(10), facts(2), facts(1)]
    #expect(replicas(three).leaving(at: 1).map(\.name) == ["journal-worker-2", "journal-worker-10"])
    let plan = try Plan.replicas(replicas(three), to: 1, settings: Self.settings)
    #expect(plan.warnings.contains { $0.hasSuffix("outside volumes: journal-worker-2, journal-worker-10.") })
    #expect(plan.undo[0].title == "Run 3 of the service worker of journal on web-2")
  }

  @Test(
    arguments: [
      (.database, "worker is a database: a second one on the same data would damage it"),
      (.cache, "worker is a cache: each of several would hold other keys, and be asked by chance"),
    ] as [(PartRole, String)])
  func `what keeps data can't be multiplied`(role: PartRole, reason: String) {
    #expect(replicas([facts(1)], role: role).obstacle == reason)
    #expect(throws: Unavailable(reason: reason)) {
      try Plan.replicas(replicas([facts(1)], role: role), to: 2, settings: Self.settings)
    }
  }

  @Test(arguments: [
    ("journal-worker-1", nil), ("journal_worker_1", nil), ("journal-worker-run-0c4f1", nil),
    ("the-worker", "the-worker has a name of its own"), ("journal-worker", "journal-worker has a name of its own"),
    ("journal-worker-1a", "journal-worker-1a has a name of its own"),
    ("journal-worker-", "journal-worker- has a name of its own"),
  ]) func `a name of its own stands for one container only`(name: String, reason: String?) {
    let obstacle = replicas([facts(1) { $0.name = name }]).obstacle
    #expect(reason.map { obstacle?.hasPrefix($0) == true } ?? (obstacle == nil), "\(obstacle ?? "none")")
  }

  @Test(arguments: [
    (["80/tcp"], nil, 1), (["0.0.0.0:8080->80/tcp"], "worker publishes the host's port 8080: only one", 1),
    (["[::]:443->443/tcp"], "worker publishes the host's port 443: only one", 1),
    // Docker may have chosen it: no reason to refuse, but one to say so.
    (["0.0.0.0:32769->80/tcp"], nil, 2), (["garbage->", "->80/tcp", ":->"], nil, 1),
  ]) func `a port of the host's can be had once`(ports: [String], reason: String?, warnings: Int) throws {
    let replicas = replicas([facts(1) { $0.ports = ports }])
    let obstacle = replicas.obstacle
    #expect(reason.map { obstacle?.hasPrefix($0) == true } ?? (obstacle == nil), "\(obstacle ?? "none")")
    if obstacle == nil {
      #expect(try Plan.replicas(replicas, to: 2, settings: Self.settings).warnings.count == warnings)
    }
  }

  @Test func `more than the host has room for is said, by use, by limits, and where it is not known`() throws {
    var tight = roomy
    (tight.memory, tight.memoryFree, tight.cores) = (.kibibytes(1 << 20), .kibibytes(64 << 10), Cores(1))
    tight.memoryPromised = .kibibytes(1000 << 10)
    tight.coresPromised = Cores(0.8)
    let one = facts(1) { $0.cpuLimit = 0.1 }
    #expect(
      try Plan.replicas(
        replicas([one], room: tight, uses: [one.id: .kibibytes(40 << 10)]), to: 4, settings: Self.settings
      ).warnings.dropFirst() == [
        "3 more would use about 120M, 40M each; 64M of the host's memory is available.",
        "The memory limits of what runs there would come to 1.1G of 1.0G.",
        "The CPU limits of what runs there would come to 1.1 of 1.0 cores.",
      ])
    let unknown = facts(1) { $0.memoryLimit = nil }
    #expect(
      try Plan.replicas(replicas([unknown], room: HostRoom(HostName("web-2"))), to: 2, settings: Self.settings).warnings
        .dropFirst()
        == [
          "How much memory the host has left is not known.",
          "The service has no memory limit: each of them may take all that there is.",
        ])
  }

  @Test(arguments: [-1, 51, 1]) func `the number that runs already, and numbers beyond reason, are refused`(count: Int)
  {
    #expect(throws: Unavailable.self) { try Plan.replicas(replicas([facts(1)]), to: count, settings: Self.settings) }
  }

  @Test func `a stopped one counts as none that runs`() throws {
    let half = replicas([facts(1), facts(2) { $0.state = .exited }])
    #expect(half.running == 1)
    #expect(try Plan.replicas(half, to: 2, settings: Self.settings).undo.count == 1)
    #expect(try Plan.replicas(half, to: 1, settings: Self.settings).undo.isEmpty)
  }

  @Test func `what a host says of limits overflows nothing`() throws {
    var room = roomy
    room.memoryPromised = ByteCount(.max)
    let huge = facts(1) { $0.memoryLimit = ByteCount(.max) }
    #expect(!(try Plan.replicas(replicas([huge], room: room), to: 50, settings: Self.settings)).warnings.isEmpty)
  }
}

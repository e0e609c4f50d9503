import Fleet
import Operations
import Telemetry
import Testing

struct LimitsPlanTests {
  private static let host = Host(name: HostName("web-1"), connection: .local, environment: .dev)

  private static var facts: ContainerFacts {
    var facts = ContainerFacts(
      id: "0cab65117bf739666634e63dfaa04584", name: "boutique-php-1", image: "php:8.2-fpm", state: .running)
    (facts.project, facts.service) = ("boutique", "php")
    facts.composeDirectory = "/srv/boutique"
    facts.composeFiles = "/srv/boutique/compose.yaml"
    (facts.cpuLimit, facts.memoryLimit) = (0.25, .mebibytes(128))
    facts.swapLimit = .together(.mebibytes(256))
    facts.startedAt = Moment(milliseconds: 1_795_449_817_043)
    return facts
  }

  private func change(
    _ cores: Double?, _ memory: UInt64?, _ alter: (inout ContainerFacts) -> Void = { _ in }
  ) -> LimitsChange {
    var facts = Self.facts
    alter(&facts)
    var after = Limits(of: facts).with(memory: memory.map { .mebibytes($0) })
    after.cores = cores.map { Cores($0) }
    return LimitsChange(
      [.init(Target(host: Self.host, facts: facts, needsSudo: false), after: after)],
      hostCores: [Self.host.name: Cores(2)])
  }

  private func make(_ change: LimitsChange) throws -> Plan { try Plan.make(change, settings: ActionSettings()) }
  private func lines(_ plan: Plan?) -> [String] { (plan?.jobs ?? []).flatMap(\.steps).map(\.line) }
  private let keep = "bash -s -- php /srv/boutique"
  private let id = "0cab65117bf7"

  @Test func `limits change at once and are kept, and the way back is known`() throws {
    let plan = try make(change(1, 768))
    #expect(lines(plan) == ["docker update --cpus 1.0 --memory 768m --memory-swap 896m \(id)", keep])
    #expect(plan.title == "Set the limits of boutique-php-1 on web-1")
    #expect(plan.effect.hasPrefix("CPU 0.25 → 1.0, memory 128m → 768m. "))
    #expect(plan.danger == .interrupting && plan.warnings.isEmpty)
    #expect(
      plan.jobs[0].look?.wanted
        == "state=running cpus=1000000000 quota=* memory=805306368 swap=939524096 started=2026-11-23T16:03:37* id=\(id)"
    )
    #expect(
      lines(plan.undo.first) == ["docker update --cpus 0.25 --memory 128m --memory-swap 256m \(id)", keep])
  }

  @Test func `only what changes is said to Docker, and all of it to Compose`() throws {
    let plan = try make(change(0.5, 128))
    #expect(lines(plan) == ["docker update --cpus 0.5 \(id)", keep])
    let input = try #require(plan.jobs[0].steps[1].input)
    #expect(
      input.hasPrefix(
        """
        lines=(
        '  php: {cpus: 0.5, mem_limit: 128m, memswap_limit: 256m}'
        '  php: {memswap_limit: 256m, deploy: {resources: {limits: {cpus: "0.5", memory: "128m"}}}}'
        )
        cpus=0.5 quota=0 memory=134217728 swap=268435456
        service=php
        dir=/srv/boutique
        files=(/srv/boutique/compose.yaml)
        docker=(docker)
        # Only a file
        """))
    #expect(lines(try make(change(0.25, 256))) == ["docker update --memory 256m --memory-swap 384m \(id)", keep])
  }

  @Test func `taken away, CPU is all that the host has, and memory more than any`() throws {
    let plan = try make(change(nil, nil))
    #expect(
      lines(plan) == ["docker update --cpus 2.0 --memory 1073741824g --memory-swap 2147483648g \(id)", keep])
    let input = try #require(plan.jobs[0].steps[1].input)
    #expect(input.contains("'  php: {cpus: 0, mem_limit: 0, memswap_limit: 0}'"))
    #expect(input.contains("cpus=0 quota=0 memory=0 swap=0"))
    #expect(
      plan.jobs[0].look?.wanted?.hasPrefix("state=running cpus=2000000000 quota=* memory=@(0|1152921504606846976) ")
        == true)
    #expect(lines(plan.undo.first)[0] == "docker update --cpus 0.25 --memory 128m --memory-swap 256m \(id)")
  }

  @Test func `only the limit that is taken away is said to be none, and both where that is not enough`() throws {
    let plan = try make(change(nil, nil) { $0.cpuLimit = nil })
    let lines = try #require(plan.jobs[0].steps[1].input).split(separator: "\n").dropFirst().prefix(2)
    #expect(
      lines == [
        "'  php: {mem_limit: 0, memswap_limit: 0}'", "'  php: {cpus: 0, mem_limit: 0, memswap_limit: 0}'",
      ])
  }

  @Test func `a limit that was given as a quota stays one, because Docker takes no other`() throws {
    let plan = try make(change(0.5, 128) { $0.cpuPeriod = .milliseconds(50) })
    #expect(lines(plan)[0] == "docker update --cpu-quota 25000 \(id)")
    #expect(plan.jobs[0].steps[1].input?.contains("'  php: {cpu_quota: 25000, mem_limit: 128m") == true)
    #expect(plan.jobs[0].look?.wanted?.contains(" cpus=0 quota=25000 ") == true)
    let none = try make(change(nil, 128) { $0.cpuPeriod = .milliseconds(50) })
    #expect(lines(none)[0] == "docker update --cpu-quota -1 \(id)")
  }

  @Test func `swap without a limit stays so`() throws {
    let plan = try make(change(0.25, 256) { $0.swapLimit = .unlimited })
    #expect(lines(plan)[0] == "docker update --memory 256m --memory-swap -1 \(id)")
    #expect(plan.jobs[0].steps[1].input?.contains("memory=268435456 swap=-1") == true)
  }

  @Test func `without Compose the change is made all the same, and said to be temporary`() throws {
    let plan = try make(change(1, 128) { ($0.project, $0.service) = (nil, nil) })
    #expect(lines(plan) == ["docker update --cpus 1.0 \(id)"])
    #expect(
      plan.warnings == [
        "Temporary, until the container is made anew: boutique-php-1 was not started by Compose: act on the container instead."
      ])
    let piped = try make(change(1, 128) { $0.composeFiles = "-" })
    #expect(lines(piped).count == 1 && piped.warnings.count == 1)
  }

  @Test func `several containers of one service are one job a host, looked at together`() throws {
    var change = change(1, 128)
    var other = change.members[0]
    other.target.facts.id = "4babca551f42"
    other.target.facts.name = "boutique-php-2"
    change.members.append(other)
    let plan = try make(change)
    #expect(
      lines(plan) == ["docker update --cpus 1.0 \(id)", "docker update --cpus 1.0 4babca551f42", keep])
    #expect(plan.title == "Set the limits of php on web-1")
    #expect(plan.jobs[0].look?.wanted?.contains("id=\(id);*: state=running") == true)
    #expect(plan.jobs[0].look?.line.contains("paste -sd") == true)
  }

  @Test func `containers that had other limits each get their own back, and each is judged by its own`() throws {
    var change = change(1, 128)
    var facts = Self.facts
    (facts.id, facts.name, facts.cpuLimit) = ("4babca551f42", "boutique-php-2", 0.75)
    var after = Limits(of: facts)
    after.cores = Cores(1)
    change.members.append(.init(Target(host: Self.host, facts: facts, needsSudo: false), after: after))
    let plan = try make(change)
    #expect(
      plan.effect.hasPrefix(
        "boutique-php-1: CPU 0.25 → 1.0, memory stays 128m; boutique-php-2: CPU 0.75 → 1.0, memory stays 128m. "))
    #expect(
      lines(plan.undo.first) == [
        "docker update --cpus 0.25 \(id)", "docker update --cpus 0.75 4babca551f42", keep,
      ])
    #expect(plan.warnings.isEmpty)
    #expect(
      plan.undo[0].warnings == [
        "The Compose file on web-1 gets the limits of boutique-php-1: it speaks for the whole service."
      ])
    var lower = change
    for index in lower.members.indices { lower.members[index].after.cores = Cores(0.25) }
    let evidence = LimitsEvidence(
      limits: Limits(of: Self.facts), cores: .init(now: 0.6, high: 0.6, peak: 0.6),
      memory: .init(now: nil, high: nil, peak: nil), throttled: nil, oomKills: nil, span: .zero,
      rooms: [
        { (room: HostRoom) in
          var room = room; room.cores = Cores(4); return room
        }(HostRoom(Self.host.name))
      ])
    // The first has that limit already; the second uses more.
    #expect(LimitsCheck.problem(with: lower, evidence)?.hasPrefix("0.25 is below the 0.6 cores in use now") == true)
  }

  @Test func `nothing that changes is no plan, and unknown cores can't be all`() {
    #expect(throws: Unavailable(reason: "nothing would change")) { try make(change(0.25, 128)) }
    var blind = change(nil, 128)
    blind.hostCores = [:]
    #expect(throws: Unavailable.self) { try make(blind) }
  }

  @Test func `what lives within grows after its container, and shrinks before it`() throws {
    var wider = change(0.25, 256)
    wider.members[0].children = .init(from: 6, to: 12)
    wider.members[0].maxMemory = .init(from: .mebibytes(32), to: .mebibytes(64))
    let plan = try make(wider)
    let inside = ["bash -s -- pm.max_children 12", "bash -s -- maxmemory 64m"]
    #expect(lines(plan) == ["docker update --memory 256m --memory-swap 384m \(id)", keep] + inside)
    #expect(
      lines(plan.undo.first) == [
        "bash -s -- pm.max_children 6", "bash -s -- maxmemory 32m",
        "docker update --memory 128m --memory-swap 256m \(id)", keep,
      ])
    #expect(plan.jobs[0].steps[2].input?.hasPrefix("id=\(id)\ndocker=(docker)\nchildren=12\n") == true)
    #expect(plan.jobs[0].steps[3].input?.contains("\nbytes=67108864\nclient=redis-cli\nsecret=''\n") == true)
  }

  @Test func `a password is never in a plan, only where it is`() throws {
    var change = change(0.25, 256)
    change.members[0].maxMemory = .init(from: .mebibytes(32), to: .mebibytes(64))
    change.client.secret = .file("/srv/a b/redis-password")
    #expect(try make(change).jobs[0].steps[2].input?.contains("\nsecret='file:/srv/a b/redis-password'\n") == true)
  }

  @Test func `hostile paths and names are words, or refused`() throws {
    let plan = try make(
      change(1, 128) {
        $0.composeDirectory = "/srv/$(reboot)'"
        $0.composeFiles = "/srv/`reboot`/compose.yaml"
      })
    let input = try #require(plan.jobs[0].steps[1].input)
    #expect(input.contains("\ndir='/srv/$(reboot)'\\'''\nfiles=('/srv/`reboot`/compose.yaml')\n"))
    let named = try make(change(1, 128) { $0.service = "php: {privileged: true}, x" })
    #expect(lines(named).count == 1 && named.warnings.count == 1)
  }

  @Test func `the way back finds what took a container's place`() throws {
    let change = change(1, 128)
    let moved = change.reversed.moved { target in
      var target = target
      target.facts.id = "c9ae9a724eed"
      return target
    }
    #expect(lines(try make(moved))[0] == "docker update --cpus 0.25 c9ae9a724eed")
    #expect(change.moved { _ in nil }.members.isEmpty)
  }
}

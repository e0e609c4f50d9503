import Fleet
import Operations
import Testing

struct LimitsProposalTests {
  private static let hour = Duration.seconds(3600)

  private func evidence(
    cores: Double? = 0.5, memory: UInt64? = 128, use: (now: Double, high: Double, peak: Double)? = (0.1, 0.2, 0.3),
    resident: (now: UInt64, peak: UInt64)? = (40, 60), throttled: Double? = 0, kills: UInt64? = 0,
    span: Duration = hour
  ) -> LimitsEvidence {
    var room = HostRoom(HostName("web-1"))
    (room.cores, room.memory, room.acted) = (Cores(4), .mebibytes(8192), [Limits()])
    (room.coresPromised, room.memoryPromised) = (Cores(3), .mebibytes(2048))
    (room.coresFree, room.memoryFree, room.withoutCoreLimit) = (1.5, .mebibytes(512), 1)
    return LimitsEvidence(
      limits: Limits(cores: cores.map { Cores($0) }, memory: memory.map { .mebibytes($0) }),
      cores: .init(now: use?.now, high: use?.high, peak: use?.peak),
      memory: .init(
        now: resident.map { .mebibytes($0.now) }, high: resident.map { .mebibytes($0.now) },
        peak: resident.map { .mebibytes($0.peak) }),
      throttled: throttled.map { Ratio($0) }, oomKills: kills, span: span, rooms: [room])
  }

  @Test(arguments: [(0.82, 1.0), (0.3, 0.8), (0.1, 0.7)])
  func `the more it is throttled, the more is proposed`(_ throttled: Double, _ cores: Double) {
    let proposal = LimitsProposal(evidence(throttled: throttled))
    #expect(proposal.cores.value == Cores(cores))
    #expect(proposal.cores.reason == "throttled in \(Ratio(throttled).percent) of periods at 0.5")
    #expect(proposal.memory.value == nil)
  }

  @Test func `no more is proposed than the host has, and that is said`() {
    let proposal = LimitsProposal(evidence(cores: 4, throttled: 0.9))
    #expect(proposal.cores.value == nil)
    #expect(proposal.cores.reason == "throttled in 90% of periods at 4.0, and 4.0 is all that the host has")
    #expect(LimitsProposal(evidence(cores: 3, throttled: 0.9)).cores.value == Cores(4))
  }

  @Test func `what was killed for want of memory, or came near it, gets half as much again`() {
    let killed = LimitsProposal(evidence(kills: 2)).memory
    #expect(killed.value == .mebibytes(192) && killed.reason == "2 processes killed for want of memory at 128m")
    let near = LimitsProposal(evidence(resident: (100, 120))).memory
    #expect(near.value == .mebibytes(192) && near.reason == "up to 120M of 128m")
  }

  @Test func `less is proposed only after a past that is long enough`() {
    let idle = (now: 0.01, high: 0.02, peak: 0.08)
    #expect(LimitsProposal(evidence(cores: 2, use: idle)).cores.value == Cores(0.2))
    #expect(LimitsProposal(evidence(cores: 2, use: idle, span: .seconds(60))).cores.value == nil)
    #expect(LimitsProposal(evidence(memory: 1024)).memory.value == .mebibytes(128))
    #expect(LimitsProposal(evidence(memory: 1024, span: .seconds(60))).memory.value == nil)
    #expect(LimitsProposal(evidence(cores: nil, memory: nil)).cores.value == Cores(0.6))
    #expect(LimitsProposal(evidence(cores: nil, memory: nil)).memory.value == .mebibytes(128))
    #expect(LimitsProposal(evidence(cores: nil, memory: nil, span: .seconds(60))).memory.value == nil)
  }

  @Test func `what is not known proposes nothing`() {
    let proposal = LimitsProposal(evidence(use: nil, resident: nil, throttled: nil, kills: nil))
    #expect(proposal.cores.value == nil && proposal.memory.value == nil)
    #expect(proposal.cores.reason == "its use is not known yet")
  }

  private func problem(_ cores: Double?, _ memory: UInt64?, _ evidence: LimitsEvidence) -> String? {
    LimitsCheck.problem(
      with: Limits(cores: cores.map { Cores($0) }, memory: memory.map { .mebibytes($0) }), evidence)
  }

  @Test func `a limit below what is in use is refused with the figure`() {
    #expect(
      problem(0.05, 128, evidence())
        == "0.05 is below the 0.1 cores in use now: it would be held back; choose more")
    #expect(
      problem(0.5, 32, evidence()) == "32m is below the 40M in use now: processes would be killed; choose more")
    #expect(problem(0.2, 64, evidence()) == nil)
    #expect(problem(nil, nil, evidence()) == nil)
    #expect(problem(5, 128, evidence()) == "5.0 cores are more than the 4.0 that the host has")
  }

  @Test func `the way back may slow a container down, and kills none`() {
    let busy = evidence(cores: 1, memory: 256, use: (0.9, 0.9, 0.9), resident: (200, 210))
    let former = Limits(cores: Cores(0.5), memory: .mebibytes(256))
    #expect(LimitsCheck.problem(with: former, busy) != nil)
    #expect(LimitsCheck.problem(with: former, busy, isWayBack: true) == nil)
    let small = Limits(cores: Cores(0.5), memory: .mebibytes(128))
    #expect(LimitsCheck.problem(with: small, busy, isWayBack: true) != nil)
  }

  @Test func `what is in use is unknown: limits can be raised, not lowered`() {
    let blind = evidence(use: nil, resident: nil)
    #expect(problem(0.6, 192, blind) == nil)
    #expect(
      problem(0.4, 128, blind) == "how much CPU is in use is not known yet: wait for its next sample to lower a limit")
    #expect(
      problem(0.5, 64, blind) == "how much memory is in use is not known yet: wait for its next sample to lower a limit"
    )
  }

  @Test func `over-commitment, the peak and little free memory are warned of`() {
    func warnings(_ cores: Double, _ memory: UInt64) -> [String] {
      LimitsCheck.warnings(of: Limits(cores: Cores(cores), memory: .mebibytes(memory)), evidence())
    }
    #expect(warnings(0.6, 192) == [])
    #expect(warnings(2, 128) == ["web-1: all CPU limits together are then 125% of its cores."])
    #expect(
      warnings(0.5, 7168) == [
        "web-1: all memory limits together are then 113% of its memory.", "web-1 has only 512M of memory free now.",
      ])
    #expect(
      warnings(0.15, 48) == [
        "It used 60M within the last 60m: with 48m processes would be killed then.",
        "It uses up to 0.2 cores for 95% of the time: it will be held back at times.",
      ])
  }

  @Test func `what is promised counts the containers without a limit`() {
    let room = evidence().rooms[0]
    #expect(room.cores(with: Cores(1)).ratio == Ratio(1))
    #expect(room.cores(with: nil).unlimited == 2)
    #expect(room.coresNow.unlimited == 2 && room.coresNow.sum == 3)
    #expect(HostRoom(HostName("x")).memory(with: .mebibytes(64)).ratio == nil)
  }
}

import Fleet
import Glibc
import Remote
import Testing

@MainActor
struct `A link` {
  @Test func `is live when the sampler speaks, and leaves nothing when it is closed`() async throws {
    let drive = Drive(script: HostLink.Starting.sampler)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    #expect(drive.states.count == 2 && drive.link.state == .live)
    let sampler = try #require(drive.sampler)
    try await drive.close()
    #expect(!Process.isAlive(sampler))
    #expect(drive.link.nextTry == nil)
    drive.take(drive.link.start(at: drive.now))
    #expect(drive.starts == 1)
  }

  @Test func `replaces a sampler that is stopped, and names it to the next`() async throws {
    let drive = Drive(script: HostLink.Starting.sampler)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let first = try #require(drive.sampler)
    kill(first, SIGSTOP)
    try await drive.run(until: "silence") { Process.all.first { $0.id == first } != nil }
    drive.skip(.seconds(6))
    try await drive.run(until: "stale") { if case .stale = drive.link.state { true } else { false } }
    drive.skip(.seconds(5))
    try await drive.run(until: "back-off") { drive.link.state.isBackingOff }
    #expect(drive.link.state.reason == "the sampler stopped answering")
    try await drive.run(until: "second sampler") { drive.link.state == .live && drive.sampler != first }
    #expect(drive.lines.last { $0.hasPrefix("token ") }?.contains(" left \(first) ") == true)
    try await drive.run(until: "end of the first") { !Process.isAlive(first) }
    try await drive.close()
  }

  @Test func `is not deceived by what a stopped sampler has started`() async throws {
    let noise = "(while :; do echo noise; sleep 0.05; done) &\necho \"hello $$\"; echo beat; kill -STOP $$"
    let drive = Drive(script: noise)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    drive.skip(.seconds(11))
    try await drive.run(until: "loss") { drive.link.state.isBackingOff }
    try await drive.close()
  }

  @Test func `reads what came while the console was stopped before it calls anyone silent`() async throws {
    let drive = Drive(script: HostLink.Starting.sampler)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    drive.skip(.seconds(3600))
    let before = drive.lines.count
    // A wait that a signal ended says that nothing is ready.
    try await wait(for: "line", turn: { _ in drive.turn(Ready()) }) { drive.lines.count > before }
    #expect(drive.link.state == .live && drive.states.last == .live)
    #expect(drive.starts == 1)
    try await drive.close()
  }

  @Test func `kills what does not want to end`() async throws {
    let drive = Drive(script: "trap '' TERM; echo \"hello $$\"; echo beat; while :; do sleep 1; done")
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let stubborn = try #require(drive.sampler)
    drive.skip(.seconds(11))
    try await drive.run(until: "loss") { drive.link.state.isBackingOff }
    #expect(Process.isAlive(stubborn))
    try await drive.run(until: "end of it") { !Process.isAlive(stubborn) }
    try await drive.run(until: "end of its group") { Process.living(inGroup: stubborn).isEmpty }
    try await drive.close()
  }

  @Test func `does not wait for what holds the pipes of a sampler that has ended`() async throws {
    let drive = Drive(script: "sleep 600 & echo \"hello $$\"; echo beat; exit 3")
    try await drive.run(until: "loss") { drive.link.state.isBackingOff }
    #expect(drive.link.state.reason == "the sampler ended with status 3")
    let sampler = try #require(drive.sampler)
    try await drive.run(until: "end of its group") { Process.living(inGroup: sampler).isEmpty }
    try await drive.close()
  }

  @Test func `gives up a sampler that closed its output, without turning in the meantime`() async throws {
    let drive = Drive(script: "echo \"hello $$\"; echo beat; exec >&-; sleep 600")
    try await drive.run(until: "loss") { drive.link.state.isBackingOff }
    try await drive.close()
  }

  @Test func `gives up a host that only makes noise`() async throws {
    let drive = Drive(script: "while :; do echo Welcome; sleep 0.05; done")
    try await drive.run(until: "noise") { drive.lines.contains("Welcome") }
    #expect(drive.link.isConnecting)
    drive.skip(.seconds(21))
    try await drive.run(until: "loss") { drive.link.state.isBackingOff }
    try await drive.close()
  }

  @Test func `backs off further each time, and begins anew after 30 seconds live`() async throws {
    let drive = Drive(script: "echo trying; read -r; exit 1")
    var waits: [Duration] = []
    for attempt in 1...6 {
      try await drive.run(until: "sampler") { drive.lines.count == attempt * 2 }
      if attempt == 6 {
        drive.take(drive.link.confirm(process: 2, at: drive.now))
        drive.skip(.seconds(31))
        // The time ahead is none of the sampler's silence.
        drive.take(drive.link.beat(at: drive.now))
      }
      drive.link.send(Array("\n".utf8))
      try await drive.run(until: "loss") { drive.link.state.isBackingOff }
      guard case .backingOff(let until, let number, _) = drive.link.state else { return }
      #expect(number == (attempt == 6 ? 1 : attempt))
      waits.append(until - drive.now)
      drive.skip(waits[attempt - 1])
    }
    #expect(waits[4] > .seconds(10) && waits[5] <= .seconds(1))
    try await drive.close()
  }

  @Test func `plays a program to its end, once`() async throws {
    let drive = Drive(program: ["printf", "hello 2\\nbeat\\n"])
    try await drive.run(until: "end") { drive.link.state == .ended }
    #expect(drive.lines == ["hello 2", "beat"])
    drive.link.hurry(at: drive.now)
    #expect(drive.link.nextTry == nil && drive.link.deadline == nil && drive.starts == 1)
    #expect(throws: SessionRefusal.self) { try drive.link.session("true") }
    try await drive.close()
  }

  @Test func `says of a program that is not there that it is not`() async throws {
    let drive = Drive(program: ["no-such-program", "{sampler}"])
    try await drive.run(until: "refusal") { drive.link.state.reason != nil }
    #expect(drive.link.state.reason == "no-such-program is not installed on this machine, or not on the PATH")
    guard case .refused(_, _, let until) = drive.link.state else {
      Issue.record("\(drive.link.state)")
      return
    }
    #expect(drive.link.nextTry == until)
    drive.link.hurry(at: drive.now)
    #expect(drive.link.wantsToStart(at: drive.now))
  }

  @Test func `carries two commands beside the sampler, and refuses the next`() async throws {
    let drive = Drive(script: HostLink.Starting.sampler)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let first = try drive.link.session("read -r word").start()
    let second = try drive.link.session("read -r word; exit 4").start()
    let refusal = #expect(throws: SessionRefusal.self) { try drive.link.session("true") }
    #expect(
      refusal?.description
        == "here: 2 commands run there already, and a connection carries no more: wait for one to end")
    second.send(Array("\n".utf8))
    #expect(try await second.outcome().status == .exited(4))
    let third = try drive.link.session("echo third").start()
    #expect(try await third.outcome().lines == ["third"])
    // What has the terminal counts as well.
    let attended = try drive.link.session("exec sleep 1000", onTerminal: true).attend()
    #expect(throws: SessionRefusal.self) { try drive.link.session("true") }
    attended.hangUp()
    try await wait(for: "its end", until: { attended.turn() != nil })
    #expect(try await drive.link.session("echo fourth").start().outcome().lines == ["fourth"])
    try await drive.close()
    #expect(first.status != nil)
  }
}

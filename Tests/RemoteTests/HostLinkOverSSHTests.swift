import Fleet
import Glibc
import Remote
import Testing

@MainActor
struct `A link over ssh` {
  @Test func `shares one connection, and leaves neither process nor socket`() async throws {
    let sshd = try await Sshd()
    let drive = Drive(sshd)
    #expect(throws: SessionRefusal.self) { try drive.link.session("true") }
    try await drive.run(until: "sample") { drive.lines.contains("beat") && sshd.hasSocket }
    let sampler = try #require(drive.sampler)
    let session = try drive.link.session("echo \"$SSH_CONNECTION\"; exit 5").start()
    session.closeInput()
    let outcome = try await session.outcome()
    #expect(outcome.status == .exited(5))
    let terminal = try drive.link.session("tty; exit 6", onTerminal: true).start()
    terminal.closeInput()
    let seen = try await terminal.outcome()
    #expect(seen.status == .exited(6) && seen.lines.first?.hasPrefix("/dev/pts/") == true)
    // The client's port is that of the sampler's connection.
    let environment = text("/proc/\(sampler)/environ") ?? ""
    #expect(environment.contains("SSH_CONNECTION=\(outcome.lines.first ?? "none")\0"))
    try await drive.close()
    #expect(sshd.clients.isEmpty)
    #expect(!sshd.hasSocket)
    try await wait(for: "end of the sampler", until: { !Process.isAlive(sampler) })
  }

  @Test func `comes back by itself when its connection was cut`() async throws {
    let sshd = try await Sshd()
    let drive = Drive(sshd)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let first = drive.sampler
    sshd.kill()
    try await drive.run(until: "back-off") { drive.link.state.isBackingOff }
    try await drive.run(until: "second try") { drive.link.state.reason == "nothing listens for ssh there" }
    try await sshd.start()
    try await drive.run(until: "second sampler") { drive.link.state == .live && drive.sampler != first }
    try await drive.close()
    #expect(sshd.clients.isEmpty)
  }

  @Test func `is begun anew over a command that yields, and not over another`() async throws {
    let sshd = try await Sshd()
    let drive = Drive(sshd)
    for yields in [true, false] {
      drive.skip(.seconds(31))
      try await drive.run(until: "sample") { drive.link.state == .live && drive.lines.last == "beat" }
      let command = try drive.link.session("read -r word").start(yields: yields)
      try await drive.run(until: "session") { sshd.clients.count == 2 }
      let open = drive.link.interests.count
      kill(try #require(drive.sampler), SIGKILL)
      if yields {
        try await drive.run(until: "loss") { drive.link.state.isBackingOff }
        #expect(try await command.outcome().status == .exited(255))
      } else {
        try await drive.run(until: "end of its output") { drive.link.interests.count < open }
        for _ in 0..<5 {
          drive.skip(.seconds(10))
          drive.turn(Ready())
        }
        #expect(drive.link.state == .live)
        command.send(Array("\n".utf8))
        #expect(try await command.outcome().status == .exited(0))
      }
    }
    try await drive.close()
    #expect(sshd.clients.isEmpty && !sshd.hasSocket)
  }

  @Test func `ends a command that is no longer wanted, and counts it until then`() async throws {
    let sshd = try await Sshd()
    let drive = Drive(sshd)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let ready = try drive.link.session("read -r word").start(yields: true)
    let stubborn = try drive.link.session("trap '' TERM; echo $$; while :; do read -r word; sleep 1; done").start()
    for command in [ready, stubborn] { drive.link.finish(command, at: drive.now) }
    #expect(throws: SessionRefusal.self) { try drive.link.session("true") }
    try await drive.run(until: "end of both") { ready.status != nil && stubborn.status != nil }
    #expect(try await drive.link.session("echo yes").start().outcome().lines == ["yes"])
    try await drive.close()
  }

  @Test func `knows within 10 seconds that a host is dead`() async throws {
    let sshd = try await Sshd()
    let drive = Drive(sshd)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let servants = sshd.servants
    for servant in servants { kill(servant, SIGSTOP) }
    let start = ContinuousClock.now
    try await drive.run(until: "back-off") { drive.link.state.isBackingOff }
    let time = ContinuousClock.now - start
    #expect(drive.link.state.reason == "it stopped answering")
    // 9 or 10 seconds, and what a busy machine adds.
    #expect(time < .seconds(13))
    #expect(drive.states.contains { if case .stale = $0 { true } else { false } })
    for servant in servants { kill(servant, SIGKILL) }
    try await drive.close()
  }

  @Test func `goes on saying that it needs a person while it is tried again`() async throws {
    let sshd = try await Sshd()
    try sshd.know(nil)
    let drive = Drive(sshd)
    try await drive.run(until: "need of a person") {
      drive.link.state == .needsPerson(reason: "its host key is not known here yet")
    }
    let before = drive.states.count
    for start in 2...3 {
      drive.skip(.seconds(31))
      try await drive.run(until: "try") { drive.starts == start && !drive.link.isConnecting }
    }
    #expect(drive.states.count == before)
    try sshd.know("host")
    drive.skip(.seconds(31))
    try await drive.run(until: "sample") { drive.link.state == .live }
    try await drive.close()
  }

  @Test func `uses the connection that a person opened, over a try that began before, and ends it`() async throws {
    let sshd = try await Sshd()
    sshd.accept("other-user")
    let drive = Drive(sshd)
    try await drive.run(until: "need of a person") { drive.link.state.reason != nil }
    // The person answers with a key that only they have; the link is at its next try just then.
    drive.skip(.seconds(31))
    drive.take(drive.link.start(at: drive.now))
    var answering = try #require(drive.link.answering)
    answering.insert(contentsOf: ["-o", "IdentityFile=\(sshd.directory)/other-user"], at: 1)
    let answered = try await Child.run(answering)
    #expect(answered.status == .exited(0), "\(answered.errors)")
    #expect(sshd.hasSocket)
    let others = drive.starts
    drive.link.hurry(at: drive.now, isAnswered: true)
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    #expect(drive.starts == others + 1)
    #expect(!drive.states.contains { $0.isBackingOff })
    // A sampler that is lost is begun anew over the same connection: nobody has to answer again.
    kill(try #require(drive.sampler), SIGKILL)
    try await drive.run(until: "loss") { drive.link.state.isBackingOff }
    try await drive.run(until: "second sampler") { drive.link.state == .live }
    try await drive.close()
    try await wait(for: "end of the connection", until: { sshd.clients.isEmpty })
    #expect(!sshd.hasSocket)
  }

  @Test func `does not trip over a socket that was left behind`() async throws {
    let sshd = try await Sshd()
    write("", to: sshd.ssh.socket)
    let drive = Drive(sshd)
    try await drive.run(until: "sample") { drive.lines.contains("beat") && sshd.hasSocket }
    #expect(try await drive.link.session("echo yes").start().outcome().lines == ["yes"])
    try await drive.close()
  }

  @Test func `ends a connection that does not end by itself`() async throws {
    let sshd = try await Sshd()
    let drive = Drive(sshd, script: "trap '' TERM HUP; echo \"hello $$\"; echo beat; while :; do read -r -t 1; done")
    try await drive.run(until: "sample") { drive.lines.contains("beat") }
    let sampler = try #require(drive.sampler)
    let start = ContinuousClock.now
    try await drive.close()
    #expect(ContinuousClock.now - start < .seconds(8))
    #expect(sshd.clients.isEmpty && !sshd.hasSocket)
    kill(sampler, SIGKILL)
  }
}

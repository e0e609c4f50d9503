import Glibc
import Testing

extension EndToEnd {
  /// What can happen to a host: each time the screen says so, keys answer, the others go on, and it comes back.
  @Suite struct Faults {
    private static let host = "web-2"

    @Test func `a line that is cut`() async throws { try await survive("partition") }

    @Test func `sshd killed`() async throws { try await survive("sshd-kill") }

    @Test func `the sampler stopped in its tracks`() async throws { try await survive("hang") }

    @Test func `power off and on`() async throws { try await survive("power-off", back: .seconds(60)) }

    @Test func `another host key`() async throws {
      try await survive("hostkey", back: .seconds(60)) { screen in
        try await screen.wait(for: "the refusal") {
          Screen.row(of: Self.host, in: $0)?.contains(#/ refused .* its host key /#) ?? false
        }
        screen.press("j", "Enter")
        try await screen.wait(for: "the cure") { $0.contains("host key has changed") && $0.contains("ssh-keygen -R") }
        screen.press("Escape")
      }
    }

    @Test func `Docker stopped and started`() async throws {
      defer { Rig.fleet("heal", "docker-stop", Self.host) }
      let screen = try await start()
      screen.press("j")
      try await screen.wait(for: "┌ Containers of web-2 6 ")
      Rig.fleet("fault", "docker-stop", Self.host)
      // What the engine knew is unknown now, and why; the host's own figures go on.
      try await screen.wait(for: "containers unknown, with the reason", limit: .seconds(30)) { text in
        Screen.isLive(Self.host, in: text) && text.contains(#/┌ Containers of web-2 6 .* unknown: .*Docker/#)
      }
      try await screen.expectKeysAnswer()
      Rig.fleet("heal", "docker-stop", Self.host)
      try await screen.wait(for: "the containers again", limit: .seconds(60)) { text in
        text.contains("┌ Containers of web-2 6 ") && text.contains(#/│journal +php +running +[0-9.]+/#)
      }
      try await screen.quit()
    }

    @Test func `300 ms of delay with one packet in ten lost`() async throws {
      defer { Rig.fleet("heal", "slow", Self.host) }
      let screen = try await start()
      Rig.fleet("fault", "slow", Self.host)
      try await screen.expectKeysAnswer()
      // What a slow line must allow: connecting anew, and a figure every few seconds.
      screen.place.processes.filter { $0.host == nil && $0.words.contains(Self.host) }.forEach { kill($0.id, SIGTERM) }
      try await screen.wait(for: "the loss of \(Self.host)") { !Screen.isLive(Self.host, in: $0) }
      try await screen.waitUntilLive(limit: .seconds(60))
      try await screen.expectKeysAnswer()
      Rig.fleet("heal", "slow", Self.host)
      try await screen.waitUntilLive(limit: .seconds(60))
      try await screen.quit()
    }

    private func start() async throws -> Screen {
      let screen = Screen(Place())
      try await screen.waitUntilLive()
      try await screen.wait(for: "its containers") { Screen.row(of: Self.host, in: $0)?.contains(" 6/6 ") ?? false }
      return screen
    }

    /// - Parameters:
    ///   - back: how long the host may take to be live again once it is healed; waits grow to 30 seconds.
    ///   - meanwhile: what else is to be seen while the host is broken.
    private func survive(
      _ fault: String, back: Duration = .seconds(45), meanwhile: (Screen) async throws -> Void = { _ in }
    ) async throws {
      let screen = try await start()
      let place = screen.place
      do {
        defer { Self.change("heal", fault, place) }
        // Beside the fault itself: some hosts are back before the command that broke them returns.
        let breaking = Task { Self.change("fault", fault, place) }
        try await screen.wait(for: "word of the fault", limit: .seconds(15), until: Self.tellsOfLoss)
        await breaking.value
        try await screen.expectKeysAnswer()
        let text = screen.text
        for other in place.hosts where other != Self.host { #expect(Screen.isLive(other, in: text), "\(text.plain)") }
        try await meanwhile(screen)
      }
      try await screen.waitUntilLive(limit: back)
      for host in place.hosts {
        try await wait(for: "one sampler on \(host)", evidence: { "\(place.processes)" }) {
          place.samplers(on: host).count == 1 ? true : nil
        }
      }
      try await screen.quit()
    }

    /// Another state than live, with a reason beside it.
    private static func tellsOfLoss(_ text: String) -> Bool {
      guard let row = Screen.row(of: host, in: text) else { return false }
      return row.contains(
        #/ (stale|retry|needs you|refused|connecting) .* ([?]|[?0-9]+/[0-9]+) +[a-z0-9-]+:? [A-Za-z0-9]+/#)
        && !row.contains("all well")
    }

    /// The fleet's own faults; but of samplers, those of this place only are stopped.
    private static func change(_ verb: String, _ fault: String, _ place: Place) {
      guard fault == "hang" else {
        Rig.fleet(verb, fault, host)
        return
      }
      for process in place.processes where process.host == host {
        kill(process.id, verb == "heal" ? SIGCONT : SIGSTOP)
      }
    }
  }
}

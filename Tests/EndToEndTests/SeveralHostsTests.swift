import Testing

extension EndToEnd {
  /// One action on containers of several hosts: in which order, where it stops, and what can be tried again.
  @Suite struct SeveralHosts {
    /// One such container on each host, each in a project of that name.
    private static let name = "scratch-1"

    /// In the order of their rows.
    private static let hosts = Rig.hosts.sorted()

    private static func remove() { for host in hosts { Scratch.remove(name, on: host) } }

    /// When each was started, in the order of the hosts.
    private static var starts: [String] {
      hosts.map { Scratch.inspected(name, "{{.State.StartedAt}}", on: $0) }
    }

    /// All three marked, and the question answered by the project's name: two hosts are production.
    private static func ask(_ screen: Screen) async throws {
      screen.press("r")
      try await screen.wait(for: "Type scratch and press Enter")
      for host in hosts { #expect(screen.text.contains("on \(host), \(name)"), "\(screen.text.plain)") }
      screen.type("scratch")
    }

    private static func mark(_ screen: Screen) async throws {
      screen.press("g")
      for _ in hosts { screen.press("Space") }
      try await screen.wait(for: "three marks") { $0.ranges(of: "● \(name)").count == 3 }
    }

    private static func console(_ settings: String = "") async throws -> Screen {
      for host in hosts { try Scratch.start(name, on: host, isSlow: false) }
      let screen = Screen(Place(Rig.hosts, settings: settings))
      try await screen.waitUntilLive()
      screen.press("u", "*", "2", "/")
      screen.type(name)
      screen.press("Enter")
      try await screen.wait(for: "all three, and no others") { text in
        text.contains("UNLOCKED") && text.contains(#/┌ Containers [^─]*3 /#)
      }
      try await mark(screen)
      return screen
    }

    @Test func `one after the other, stopping at the first that fails; the rest is tried again alone`() async throws {
      defer { Self.remove() }
      let screen = try await Self.console()
      let before = Self.starts
      try await Self.ask(screen)
      #expect(screen.text.contains("one after the other, stopping at the first that fails"))
      // Somebody has the second one's project, without a word about it.
      let holder = "setsid flock /run/lock/vigie.scratch sleep 120 < /dev/null > /dev/null 2>&1 & echo $!"
      let process = Rig.on("web-1", "touch /run/lock/vigie.scratch; \(holder)").text
      try #require(Int(process) != nil)
      let letGo = "kill -- -\(process) 2> /dev/null || true"
      defer { Rig.on("web-1", letGo) }
      screen.press("Enter")
      try await screen.wait(
        forWords: "1 of 3 done; web-1: somebody has the lock /run/lock/vigie.scratch", limit: .seconds(40))
      let words = Screen.words(screen.text)
      #expect(words.contains("staging scratch-1 done"), "\(words.plain)")
      #expect(words.contains("web-1 scratch-1 nothing was run: somebody has the lock"), "\(words.plain)")
      #expect(words.contains("web-2 scratch-1 not begun: web-1 did not end well"), "\(words.plain)")
      let after = Self.starts
      #expect(after[0] != before[0] && after[1...] == before[1...])
      #expect(screen.place.records.map { $0["host"] } == ["staging", "staging", "web-1", "web-1"].map { .text($0) })

      Rig.on("web-1", letGo)
      screen.press("Tab", "Enter")
      try await screen.wait(for: "Type scratch and press Enter")
      #expect(!screen.text.contains("on staging, "))
      screen.type("scratch")
      screen.press("Enter")
      try await screen.wait(for: "all 2 done", limit: .seconds(40))
      let last = Self.starts
      #expect(last[0] == after[0] && last[1] != after[1] && last[2] != after[2])
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    @Test func `by the batch, with a pause: a batch in which one fails ends, and no other begins`() async throws {
      defer { Self.remove() }
      let screen = try await Self.console(#"actions: { batch: 2, pause: "4s" },"#)
      let before = Self.starts
      try await Self.ask(screen)
      #expect(screen.text.contains("2 at a time, 4s apart, stopping at the first that fails"))
      screen.press("Enter")
      try await screen.wait(for: "the pause", limit: .seconds(30)) { $0.contains(#/the next in [1-4]s/#) }
      let half = Self.starts
      #expect(half[0] != before[0] && half[1] != before[1] && half[2] == before[2])
      try await screen.wait(for: "all 3 done", limit: .seconds(30))
      #expect(Self.starts[2] != before[2])
      let records = screen.place.records
      let began = records.filter { $0["phase"] == .text("started") }.compactMap { $0["time"]?.text }
      let ended = records.filter { $0["phase"] == .text("ended") }.compactMap { $0["time"]?.text }
      #expect(began.count == 3 && ended.count == 3 && began[1] < ended[0] && ended[1] < began[2], "\(began) \(ended)")
      try await screen.dismiss("Restart")

      try await Self.mark(screen)
      try await Self.ask(screen)
      // One vanishes between the question and the answer.
      Scratch.remove(Self.name, on: "staging")
      let last = Self.starts
      screen.press("Enter")
      try await screen.wait(forWords: "1 of 3 done; staging: failed with exit status 1", limit: .seconds(40))
      let words = Screen.words(screen.text)
      #expect(words.contains("No such container"), "\(words.plain)")
      #expect(words.contains("web-1 scratch-1 done"), "\(words.plain)")
      #expect(words.contains("web-2 scratch-1 not begun: staging did not end well"), "\(words.plain)")
      #expect(Self.starts[1] != last[1] && Self.starts[2] == last[2])
      try await screen.dismiss("Restart")
      try await screen.quit()
    }
  }
}

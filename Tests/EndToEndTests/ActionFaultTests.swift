import Testing

extension EndToEnd {
  /// What can go wrong between a key and its result.
  @Suite struct ActingUnderFaults {
    private static let host = "staging"

    @Test(arguments: ["sshd-kill", "partition"])
    func `a connection cut during a slow action: it goes on, and how it ended is found out`(fault: String) async throws
    {
      defer { Scratch.remove("slow-1") }
      let before = try Scratch.start("slow-1")
      let screen = try await Screen.unlocked(on: "slow-1", Place([Self.host]))
      screen.press("r", "Tab", "Enter")
      try await screen.wait(for: "staging running for")
      do {
        defer { Rig.fleet("heal", fault, Self.host) }
        Rig.fleet("fault", fault, Self.host)
        try await screen.wait(for: "it goes on there", limit: .seconds(30))
      }
      try await screen.wait(for: "staging done", limit: .seconds(90))
      #expect(Scratch.inspected("slow-1", "{{.Id}}") == before.id)
      #expect(Scratch.inspected("slow-1", "{{.State.StartedAt}}") != before.startedAt)
      let records = screen.place.records
      #expect(records.map { $0["phase"] } == [.text("started"), .text("ended")])
      #expect(records.last?["exit_status"] == .number(0))
      // Once, whatever was asked how often.
      let journal = Rig.on(Self.host, "sudo journalctl -t vigie -o cat --since -5min").text
      let id = records.last?["id"]?.text ?? "?"
      #expect(journal.split(separator: "\n").count { $0.contains("began") && $0.contains(id) } == 1)
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    @Test func `two consoles race for one project: one acts, the other is told who it is`() async throws {
      defer { Scratch.remove("slow-1", "slow-2") }
      _ = try Scratch.start("slow-1", project: "racing")
      let other = try Scratch.start("slow-2", project: "racing")
      let first = try await Screen.unlocked(on: "slow-1", Place([Self.host]))
      let second = try await Screen.unlocked(on: "slow-2", Place([Self.host]))
      first.press("r", "Tab", "Enter")
      try await first.wait(for: "staging running for")
      second.press("r", "Tab", "Enter")
      try await second.wait(for: "nothing was run")
      #expect(second.text.contains("is at it since"))
      try await first.wait(for: "staging done", limit: .seconds(40))
      #expect(Scratch.inspected("slow-2", "{{.State.StartedAt}}") == other.startedAt)
      #expect(second.place.records.last?["failure"]?.text?.contains("is at it since") == true)
      // Its holder is gone, and so is the lock.
      second.press("Tab", "Enter")
      try await second.wait(for: "then until it is")
      second.press("Tab", "Enter")
      try await second.wait(for: "staging done", limit: .seconds(40))
      for screen in [first, second] {
        try await screen.dismiss("Restart")
        try await screen.quit()
      }
    }

    @Test func `what vanishes or moves between the key and the answer is not mistaken for another`() async throws {
      defer { Scratch.remove("aaa-1", "slow-1", "zzz-1") }
      let before = try Scratch.start("slow-1")
      _ = try Scratch.start("zzz-1")
      let screen = try await Screen.unlocked(on: "scratch", Place([Self.host]), alone: false)
      try await screen.wait(for: "both") { $0.contains("┌ Containers of staging 2 ") }
      screen.press("g")
      screen.press("r")
      try await screen.wait(for: "┌ Restart slow-1 on staging")
      // A row comes above it, and the list is another: the question stays about the same container.
      _ = try Scratch.start("aaa-1")
      try await screen.wait(for: "the new row") { $0.contains("aaa-1") }
      #expect(screen.text.contains("docker restart \(before.id.prefix(12))"))
      Scratch.remove("slow-1")
      let others = ["aaa-1", "zzz-1"].map { Scratch.inspected($0, "{{.State.StartedAt}}") }
      screen.press("Tab", "Enter")
      try await screen.wait(for: "No such container")
      #expect(["aaa-1", "zzz-1"].map { Scratch.inspected($0, "{{.State.StartedAt}}") } == others)
      #expect(screen.place.records.last?["exit_status"] == .number(1))
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    @Test func `where no record can be kept, nothing is run`() async throws {
      defer { Scratch.remove("slow-1") }
      let before = try Scratch.start("slow-1")
      let place = Place([Self.host])
      // The state directory is a file.
      write("", to: place.directory + "/state")
      let screen = try await Screen.unlocked(on: "slow-1", place)
      screen.press("r", "Tab", "Enter")
      try await screen.wait(for: "nothing was run: no record can be kept")
      #expect(Scratch.inspected("slow-1", "{{.State.StartedAt}}") == before.startedAt)
      try await screen.dismiss("Restart")
      try await screen.quit()
    }
  }
}

import Testing

extension EndToEnd {
  /// What can go wrong between a key and its result.
  @Suite struct ActingUnderFaults {
    private static let host = "staging"

    @Test(arguments: ["sshd-kill", "partition"])
    func `a connection cut during a slow action: it goes on, and how it ended is found out`(fault: String) async throws
    {
      defer { Self.remove("slow-1") }
      let before = try Self.startSlow("slow-1")
      let screen = try await Self.console("slow-1")
      screen.press("r", "Tab", "Enter")
      try await screen.wait(for: "staging running for")
      do {
        defer { Rig.fleet("heal", fault, Self.host) }
        Rig.fleet("fault", fault, Self.host)
        try await screen.wait(for: "it goes on there", limit: .seconds(30))
      }
      try await screen.wait(for: "staging done", limit: .seconds(90))
      #expect(Self.inspected("slow-1", "{{.Id}}") == before.id)
      #expect(Self.inspected("slow-1", "{{.State.StartedAt}}") != before.startedAt)
      let records = Self.records(of: screen.place)
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
      defer { Self.remove("slow-1", "slow-2") }
      _ = try Self.startSlow("slow-1", project: "racing")
      let other = try Self.startSlow("slow-2", project: "racing")
      let first = try await Self.console("slow-1")
      let second = try await Self.console("slow-2")
      first.press("r", "Tab", "Enter")
      try await first.wait(for: "staging running for")
      second.press("r", "Tab", "Enter")
      try await second.wait(for: "nothing was run")
      #expect(second.text.contains("is at it since"))
      try await first.wait(for: "staging done", limit: .seconds(40))
      #expect(Self.inspected("slow-2", "{{.State.StartedAt}}") == other.startedAt)
      #expect(Self.records(of: second.place).last?["failure"]?.text?.contains("is at it since") == true)
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
      defer { Self.remove("aaa-1", "slow-1", "zzz-1") }
      let before = try Self.startSlow("slow-1")
      _ = try Self.startSlow("zzz-1")
      let screen = try await Self.console("scratch", alone: false)
      try await screen.wait(for: "both") { $0.contains("┌ Containers of staging 2 ") }
      screen.press("g")
      screen.press("r")
      try await screen.wait(for: "┌ Restart slow-1 on staging")
      // A row comes above it, and the list is another: the question stays about the same container.
      _ = try Self.startSlow("aaa-1")
      try await screen.wait(for: "the new row") { $0.contains("aaa-1") }
      #expect(screen.text.contains("docker restart \(before.id.prefix(12))"))
      Self.remove("slow-1")
      let others = ["aaa-1", "zzz-1"].map { Self.inspected($0, "{{.State.StartedAt}}") }
      screen.press("Tab", "Enter")
      try await screen.wait(for: "No such container")
      #expect(["aaa-1", "zzz-1"].map { Self.inspected($0, "{{.State.StartedAt}}") } == others)
      #expect(Self.records(of: screen.place).last?["exit_status"] == .number(1))
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    @Test func `where no record can be kept, nothing is run`() async throws {
      defer { Self.remove("slow-1") }
      let before = try Self.startSlow("slow-1")
      let place = Place([Self.host])
      // The state directory is a file.
      write("", to: place.directory + "/state")
      let screen = try await Self.console("slow-1", place)
      screen.press("r", "Tab", "Enter")
      try await screen.wait(for: "nothing was run: no record can be kept")
      #expect(Self.inspected("slow-1", "{{.State.StartedAt}}") == before.startedAt)
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    /// A container that takes ten seconds to stop, because it does not heed SIGTERM.
    private static func startSlow(
      _ name: String, project: String = "scratch"
    ) throws -> (id: String, startedAt: String) {
      remove(name)
      let labels = "--label com.docker.compose.project=\(project) --label com.docker.compose.service=\(name)"
      let started = Rig.on(
        host, "docker run --detach --name \(name) \(labels) busybox:1.35 sh -c 'trap \"\" TERM; sleep 600'")
      try #require(started.status == 0, "\(started.output)")
      return (inspected(name, "{{.Id}}"), inspected(name, "{{.State.StartedAt}}"))
    }

    private static func remove(_ names: String...) {
      Rig.on(host, "docker rm --force \(names.joined(separator: " ")) 2>/dev/null || true")
    }

    /// An unlocked console with the cursor on that container.
    private static func console(_ filter: String, _ place: Place? = nil, alone: Bool = true) async throws -> Screen {
      let screen = Screen(place ?? Place([host]))
      try await screen.waitUntilLive()
      if alone {
        try await screen.select(container: filter)
      } else {
        screen.press("2", "/")
        screen.type(filter)
        screen.press("Enter")
      }
      screen.press("u")
      try await screen.wait(for: "UNLOCKED")
      return screen
    }

    private static func inspected(_ name: String, _ format: String) -> String {
      Rig.on(host, "docker inspect --format '\(format)' \(name)").text
    }

    private static func records(of place: Place) -> [Value] {
      String(decoding: contents(of: place.state + "/audit.jsonl"), as: UTF8.self).split(separator: "\n")
        .compactMap { try? Value(json: Array($0.utf8)) }
    }
  }
}

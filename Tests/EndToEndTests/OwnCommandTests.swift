import Testing

extension EndToEnd {
  @Suite struct OwnCommands {
    private static let host = "staging"
    private static let container = "e2e-own"
    /// Where a name that broke out would leave a trace.
    private static let trace = "/tmp/e2e-own-obeyed"
    private static let directory = "/srv/it's; touch \(trace); $(touch \(trace)) `touch \(trace)`"

    /// Adds commands to the fleet file of a place.
    private func place(_ commands: String) -> Place { Place([Self.host], settings: "commands: [\(commands)],") }

    private func records(of place: Place) throws -> [Value] {
      let outcome = place.vigie("audit-log", "--json")
      return try outcome.output.split(separator: "\n").map { try Value(json: Array($0.utf8)) }
    }

    @Test func `one on a container is run by key, and neither a hostile name nor an answer breaks out`() async throws {
      let labels = [
        "project=e2e", "service=own", "project.working_dir=\(Self.directory)",
      ].map { "--label 'com.docker.compose.\($0.split(separator: "'").joined(separator: "'\\''"))'" }
      defer { Rig.on(Self.host, "docker rm --force \(Self.container); rm -f \(Self.trace)") }
      let made = Rig.on(
        Self.host,
        "docker run --detach --name \(Self.container) \(labels.joined(separator: " ")) busybox:1.35 sleep 600")
      try #require(made.status == 0, "\(made.output)")
      let place = place(
        """
        { name: "tell", help: "Tell what it was given.", scope: "container", key: "Alt-w", danger: "interrupting",
          command: "docker exec {container} printf '<%s>' {directory} {note}",
          questions: [{ name: "note", ask: "What note?" }], for: { service: "own" } },
        """)
      #expect(place.vigie("check", place.fleetFile).output.contains("1 command of your own, no mistakes"))
      let screen = Screen(place)
      try await screen.waitUntilLive()
      screen.press("u")
      try await screen.wait(for: "UNLOCKED")
      try await screen.select(container: "own")
      screen.press("M-w")
      try await screen.wait(for: "What note?")
      let note = "it's \"$(touch \(Self.trace))\" ; touch \(Self.trace)"
      screen.type(note)
      screen.press("Enter")
      try await screen.wait(for: "[ Run ]")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(40))

      let record = try #require(try records(of: place).last)
      func quoted(_ text: String) -> String { "'" + text.split(separator: "'").joined(separator: "'\\''") + "'" }
      #expect(
        record["commands"]?.list
          == [.text("docker exec \(Self.container) printf '<%s>' \(quoted(Self.directory)) \(quoted(note))")])
      #expect(record["title"] == .text("Run tell for \(Self.container) on staging"))
      #expect(record["project"] == .text("e2e") && record["where"] == .text("host"))
      #expect(record["exit_status"] == .number(0) && record["ssh_user"] == .text("ops"))
      #expect(record["before"]?.text?.hasPrefix("state=running ") == true)
      let log = Rig.on(Self.host, "cat /var/tmp/vigie-*/\(record["id"]?.text ?? "none")/log").output
      #expect(log.contains("out 0 <\(Self.directory)><\(note)>"), "\(log)")
      #expect(Rig.on(Self.host, "test -e \(Self.trace)").status == 1)
      #expect(Rig.on(Self.host, "docker exec \(Self.container) test -e \(Self.trace)").status == 1)
      try await screen.dismiss("Run")
      try await screen.quit()
    }

    @Test func `one that its console left running is asked for by the next, and its end recorded`() async throws {
      let place = place(
        """
        { name: "slow", help: "Take some time.", scope: "host", key: "Alt-s", danger: "harmless",
          command: "sleep 12; echo slept on {host}" },
        """)
      let first = Screen(place)
      try await first.waitUntilLive()
      first.press("u")
      try await first.wait(for: "UNLOCKED")
      first.press("M-s")
      try await first.wait(for: "running for")
      try await first.dismiss("Run")
      first.press("q")
      try await first.wait(for: "still runs: quit again")
      first.press("q")
      try await first.wait(for: "ended 0")
      #expect(try records(of: place).map { $0["phase"] } == [.text("started")])

      let second = Screen(place)
      try await second.waitUntilLive()
      try await second.wait(for: "an earlier Run slow on staging ended well at", limit: .seconds(40))
      let records = try records(of: place)
      #expect(records.map { $0["phase"] } == [.text("started"), .text("ended")])
      let last = try #require(records.last)
      #expect(last["id"] == records.first?["id"])
      #expect(last["exit_status"] == .number(0) && last["failure"] == .null && last["ssh_user"] == .text("ops"))
      #expect(last["note"]?.text?.hasPrefix("found out later") == true)
      let seconds = last["duration_seconds"]?.number ?? 0
      #expect(seconds >= 12 && seconds < 30, "\(seconds)")
      second.press("H")
      try await second.wait(for: "┌ History 1 ")
      second.press("q")
      try await second.wait(for: "the panes again") { $0.contains("┌ Hosts") }
      try await second.quit()

      // Nothing is left to ask for.
      let third = Screen(place)
      try await third.waitUntilLive()
      third.press("H")
      let text = try await third.wait(for: "┌ History 1 ")
      #expect(!text.contains("an earlier"), "\(text.plain)")
      third.press("q")
      try await third.wait(for: "the panes again") { $0.contains("┌ Hosts") }
      try await third.quit()
      #expect(try self.records(of: place).count == 2)
    }

    @Test func `one that runs here needs no connection, and is recorded with the host that it is about`() async throws {
      let place = place(
        """
        { name: "note", help: "Note something here.", scope: "host", key: "Alt-n", danger: "harmless", where: "here",
          command: "printf '%s here' {host}" },
        """)
      let screen = Screen(place)
      try await screen.waitUntilLive()
      screen.press("u")
      try await screen.wait(for: "UNLOCKED")
      screen.press("M-n")
      try await screen.wait(for: "staging here")
      try await screen.wait(for: "done in")
      let record = try #require(try records(of: place).last)
      #expect(record["host"] == .text("staging") && record["where"] == .text("here"))
      #expect(record["ssh_user"] == .text(run("id", "-un").text))
      try await screen.dismiss("Run")
      try await screen.quit()
    }
  }
}

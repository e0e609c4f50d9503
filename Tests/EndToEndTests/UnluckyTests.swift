import Testing

extension EndToEnd {
  /// Hosts on which an action can't be done, or not whole: it is said, with the cure, and it is on record.
  @Suite struct Unlucky {
    private static let host = "staging"

    @Test func `a Docker that hangs is asked for nothing; once it goes on, the same is done`() async throws {
      defer { Scratch.remove("slow-1") }
      let before = try Scratch.start("slow-1")
      let screen = try await Screen.unlocked(on: "slow-1", Place([Self.host]))
      do {
        defer { Rig.fleet("heal", "docker-hang", Self.host) }
        Rig.fleet("fault", "docker-hang", Self.host)
        screen.press("r", "Tab", "Enter")
        try await screen.wait(for: "staging running for")
        screen.press("Escape")
        try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") && !$0.contains("┌ Restart") }
        try await screen.expectKeysAnswer()
        screen.press("p")
        try await screen.wait(
          forWords: "nothing was run: Docker on staging did not answer within 10s, and was asked for nothing; see why "
            + "with systemctl status docker there, then retry", limit: .seconds(25))
        #expect(Screen.isLive(Self.host, in: screen.text))
      }
      #expect(Scratch.inspected("slow-1", "{{.State.StartedAt}}") == before.startedAt)
      #expect(screen.place.records.last?["failure"]?.text?.hasPrefix("Docker on staging did not answer") == true)
      screen.press("Tab", "Enter")
      try await screen.wait(for: "then until it is")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(40))
      #expect(Scratch.inspected("slow-1", "{{.Id}}") == before.id)
      #expect(screen.place.records.map { $0["exit_status"] } == [.null, .null, .null, .number(0)])
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    @Test func `a Docker that hangs in the middle of an action: when it goes on, how that ended is found out`()
      async throws
    {
      defer { Scratch.remove("slow-1") }
      let before = try Scratch.start("slow-1")
      let screen = try await Screen.unlocked(on: "slow-1", Place([Self.host]))
      screen.press("r", "Tab", "Enter")
      try await screen.wait(for: "its step begun") { $0.contains("› docker restart") }
      do {
        defer { Rig.fleet("heal", "docker-hang", Self.host) }
        Rig.fleet("fault", "docker-hang", Self.host)
        // Well over the ten seconds that Docker would have taken.
        try await screen.wait(for: "a step that goes on", limit: .seconds(25)) { $0.contains(#/running for 1[5-9]s/#) }
        #expect(Screen.isLive(Self.host, in: screen.text))
      }
      try await screen.wait(for: "staging done", limit: .seconds(40))
      #expect(Scratch.inspected("slow-1", "{{.State.StartedAt}}") != before.startedAt)
      #expect(screen.place.records.last?["exit_status"] == .number(0))
      try await screen.dismiss("Restart")
      try await screen.quit()
    }

    @Test func `a step that a hung Docker holds is ended by its limit, and what may still come of it is said`()
      async throws
    {
      defer { Scratch.remove("slow-1") }
      try Scratch.start("slow-1")
      let command =
        #"{ name: "halt", help: "Stops it.", scope: "container", danger: "interrupting", limit: "4s", "#
        + #"command: "docker stop {container}" }"#
      let screen = try await Screen.unlocked(on: "slow-1", Place([Self.host], settings: "commands: [\(command)],"))
      try await screen.perform("own.halt")
      try await screen.wait(for: "docker stop slow-1")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "its step begun") { $0.contains("› docker stop") }
      do {
        defer { Rig.fleet("heal", "docker-hang", Self.host) }
        Rig.fleet("fault", "docker-hang", Self.host)
        try await screen.wait(
          forWords:
            "did not end within 4s and was ended; how far it got is not known; Docker on staging does not answer "
            + "now: how slow-1 is is not known, and what Docker was asked for it may still do when it goes on",
          limit: .seconds(30))
      }
      // What is so is shown as soon as Docker tells it.
      let records = screen.place.records
      #expect(records.last?["failure"]?.text?.contains("Docker on staging does not answer now") == true)
      #expect(records.last?["exit_status"] == .null && records.last?["after"] == .null)
      try await screen.dismiss("Run halt")
      try await screen.wait(for: "what became of it", limit: .seconds(30)) { text in
        let state = Scratch.inspected("slow-1", "{{.State.Status}}")
        return text.split(separator: "\n").contains { $0.contains("slow-1") && $0.contains(" \(state) ") }
      }
      try await screen.quit()
    }

    @Test func `where no log can be written nothing is run, and it is said what is full`() async throws {
      let places = "/var/tmp /tmp /dev/shm"
      defer {
        Rig.on(Self.host, "for place in \(places); do sudo umount \"$place\"; done")
        Scratch.remove("slow-1")
      }
      let before = try Scratch.start("slow-1")
      let screen = try await Screen.unlocked(on: "slow-1", Place([Self.host]))
      Rig.on(
        Self.host,
        "for place in \(places); do sudo mount -t tmpfs -o mode=1777,size=4k tmpfs \"$place\" && "
          + "head -c 8k /dev/zero > \"$place/full\"; done 2> /dev/null")
      screen.press("r", "Tab", "Enter")
      try await screen.wait(
        forWords: "nothing was run: \(places): no log can be written to any of them; free some space")
      #expect(Scratch.inspected("slow-1", "{{.State.StartedAt}}") == before.startedAt)
      #expect(screen.place.records.last?["failure"]?.text?.hasPrefix("/var/tmp /tmp /dev/shm: no log") == true)
      // With room in one of them it is done.
      Rig.on(Self.host, "rm /dev/shm/full && sudo mount -o remount,size=4m /dev/shm")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "then until it is")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(40))
      try await screen.dismiss("Restart")
      try await screen.quit()
    }
  }
}

import Testing

extension EndToEnd {
  /// Each action done by its name in a terminal, and verified on the host.
  @Suite struct Acting {
    private static let host = "staging"
    private static let probe = "essai-probe-1"

    @Test func `a container is stopped, started, paused, resumed, killed, restarted and removed`() async throws {
      defer { Rig.on(Self.host, "cd /srv/essai && docker compose up -d probe") }
      let screen = try await console()
      let id = inspected("{{.Id}}")
      try await act(screen, "container.stop", "stopped", shows: "exited")
      try await act(screen, "container.start", nil, shows: "running")
      try await act(screen, "container.pause", "paused", shows: "paused")
      try await act(screen, "container.resume", nil, shows: "running")
      try await act(screen, "container.kill", "stopped", shows: "exited")
      try await act(screen, "container.restart", "running and healthy", shows: "running")
      #expect(inspected("{{.Id}}") == id)

      try await screen.perform("container.remove")
      try await screen.wait(for: "Type essai")
      screen.type("essai")
      screen.press("Enter")
      try await screen.wait(for: "staging done")
      #expect(Rig.on(Self.host, "docker ps --all --quiet --filter id=\(id)").text == "")
      try await screen.dismiss("Remove")
      try await screen.quit()
    }

    @Test func `a service is restarted, its changed file applied, and made anew`() async throws {
      let file = "/srv/essai/compose.yaml"
      defer { Rig.on(Self.host, "sudo sed -i '/VIGIE_TEST/d' \(file); cd /srv/essai && docker compose up -d probe") }
      let screen = try await console()
      let first = inspected("{{.Id}} {{.State.StartedAt}}")
      try await act(screen, "service.restart", "running and healthy", shows: "running")
      let restarted = inspected("{{.Id}} {{.State.StartedAt}}")
      #expect(restarted.prefix(64) == first.prefix(64) && restarted != first)

      Rig.on(Self.host, "sudo sed -i 's/^    pids_limit: 20$/&\\n    environment: { VIGIE_TEST: \"1\" }/' \(file)")
      try await act(screen, "service.apply", "running and healthy", shows: "running")
      #expect(inspected("{{.Config.Env}}").contains("VIGIE_TEST=1"))
      let applied = inspected("{{.Id}}")
      #expect(applied != restarted.prefix(64))

      try await act(screen, "service.recreate", "running and healthy", shows: "running")
      #expect(inspected("{{.Id}}") != applied)
      try await screen.quit()
    }

    @Test func `in a read-only console nothing can change anything`() async throws {
      let before = inspected("{{.Id}} {{.State.StartedAt}}")
      let place = Place([Self.host])
      let screen = Screen(place, ["--read-only", "--fleet", place.fleetFile])
      try await screen.waitUntilLive()
      try await screen.wait(for: "read-only")
      try await screen.select(container: "probe")
      screen.press("u", "r", "R", "Space", "x")
      let menu = try await screen.wait(for: "┌ essai-probe-1")
      for word in ["restart", "stop", "remove", "kill"] { #expect(!menu.contains(" \(word) "), "\(word)") }
      try await screen.dismiss("essai-probe-1")
      screen.press(":")
      try await screen.wait(for: "┌ Commands")
      screen.type("container.stop")
      try await screen.wait(for: "this console is read-only")
      screen.press("Enter")
      try await screen.wait(for: "the palette's end") { !$0.contains("┌ Commands") }
      #expect(inspected("{{.Id}} {{.State.StartedAt}}") == before)
      #expect(contents(of: screen.place.state + "/audit.jsonl").isEmpty)
      try await screen.quit()
    }

    private func console() async throws -> Screen {
      let screen = Screen(Place([Self.host]))
      try await screen.waitUntilLive()
      try await screen.select(container: "probe")
      screen.press("u")
      try await screen.wait(for: "UNLOCKED")
      return screen
    }

    /// Does an action, answers its question where it has one, and waits for its end and for the state on the host.
    /// - Parameter question: what is waited for in the end, as the question says it; `nil` where none is asked.
    private func act(_ screen: Screen, _ command: String, _ question: String?, shows state: String) async throws {
      try await screen.perform(command)
      if let question {
        try await screen.wait(for: "then until it is \(question)")
        screen.press("Tab", "Enter")
      }
      try await screen.wait(for: "staging done", limit: .seconds(60))
      #expect(inspected("{{.State.Status}}") == state, "\(command)")
      screen.press("Escape")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") && !$0.contains("staging done") }
      // The row must tell what was done before the next action is offered for it.
      let words = state == "running" ? ["running", "healthy", "starting"] : [state]
      try await screen.wait(for: "its row to say \(state)") { text in
        text.split(separator: "\n").contains { line in
          line.contains("probe") && words.contains { line.contains(" \($0) ") }
        }
      }
    }

    private func inspected(_ format: String) -> String {
      Rig.on(Self.host, "docker inspect --format '\(format)' \(Self.probe)").text
    }
  }
}

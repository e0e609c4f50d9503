import Testing

extension EndToEnd {
  /// More and fewer containers of a service, by key, and counted on the host.
  @Suite struct Scaling {
    @Test func `a service runs three times, and once again by Undo`() async throws {
      defer { Rig.on("staging", "cd /srv/essai && docker compose up --detach --scale probe=1 probe") }
      let screen = Screen(Place(["staging"]))
      try await screen.waitUntilLive()
      try await screen.select(container: "probe")
      screen.press("u")
      try await screen.perform("service.replicas")
      try await screen.wait(for: "1 runs now")
      screen.press("Up", "Up", "Enter")
      let question = try await screen.wait(for: "then until it is 3 of it running and healthy")
      #expect(question.contains("--scale probe=3 probe"), "\(question.plain)")
      #expect(question.contains("Temporary: "))
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(60))
      #expect(running() == ["essai-probe-1", "essai-probe-2", "essai-probe-3"])

      screen.press("Tab", "Enter")
      try await screen.wait(for: "then until it is 1 of it running and healthy")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "the end of Undo", limit: .seconds(60)) {
        $0.contains("┌ Run 1 of the service probe") && $0.contains("staging done")
      }
      #expect(running() == ["essai-probe-1"])
      try await screen.dismiss("Run 1 of")
      try await screen.quit()
    }

    @Test func `what can't be multiplied is refused with the reason`() async throws {
      let screen = Screen(Place(["web-2"]))
      try await screen.waitUntilLive()
      screen.press("u")
      for (service, reason) in [("db", "db is a database"), ("proxy", "proxy publishes the host's port")] {
        try await screen.select(container: service)
        try await screen.perform("service.replicas")
        try await screen.wait(for: reason)
        #expect(!screen.text.contains("┌ How many"))
        screen.press("Escape")
        try await screen.wait(for: "all containers") { $0.contains("┌ Containers of web-2 6") }
      }
      try await screen.quit()
    }

    private func running() -> [String] {
      Rig.on("staging", "docker ps --filter label=com.docker.compose.service=probe --format '{{.Names}}'").text
        .split(separator: "\n").map(String.init).sorted()
    }
  }
}

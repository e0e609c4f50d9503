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
      let command = question.split { " \n│┃".contains($0) }.joined(separator: " ")
      #expect(command.contains("--scale probe=3 probe'"), "\(question.plain)")
      #expect(question.contains("Temporary: "))
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(60))
      #expect(running() == ["essai-probe-1", "essai-probe-2", "essai-probe-3"])

      screen.press("Tab", "Enter")
      try await screen.wait(for: "then until it is 1 of it running and healthy")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "the end of Undo", limit: .seconds(60)) {
        $0.contains("┌ Undo: Run 1 of the service probe") && $0.contains("staging done")
      }
      #expect(running() == ["essai-probe-1"])
      try await screen.dismiss("Run 1 of")
      try await screen.quit()
    }

    @Test func `new ones have the limits that vigie wrote, not those of the project's own file`() async throws {
      let limit = "docker inspect --format '{{.HostConfig.Memory}}'"
      defer {
        // Made anew: what runs would keep the limit that it was given.
        Rig.on("staging", "sudo rm -f /srv/essai/compose.override.yaml")
        Rig.on("staging", "cd /srv/essai && docker compose up --detach --force-recreate --scale probe=1 probe")
      }
      #expect(Rig.on("staging", "\(limit) essai-probe-1").text == "16777216")
      let screen = Screen(Place(["staging"]))
      try await screen.waitUntilLive()
      try await screen.select(container: "probe")
      screen.press("u", "v")
      try await screen.wait(for: "┌ Limits of essai-probe-1 ")
      screen.press("Down")
      screen.type("48m")
      screen.press("Enter")
      try await screen.wait(for: "docker update --memory 48m")
      screen.press("Tab", "Enter")
      let result = try await screen.wait(for: "staging done", limit: .seconds(60))
      #expect(result.contains("written: /srv/essai/compose.override.yaml"), "\(result.plain)")
      try await screen.dismiss("Set the limits")

      try await screen.perform("service.replicas")
      try await screen.wait(for: "1 runs now")
      screen.press("3", "Enter")
      try await screen.wait(for: "with the limits that vigie keeps")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "the end", limit: .seconds(60)) {
        $0.contains("┌ Run 3 of the service probe") && $0.contains("staging done")
      }
      let limits = Rig.on("staging", "\(limit) essai-probe-1 essai-probe-2 essai-probe-3")
      #expect(limits.text == "50331648\n50331648\n50331648", "\(limits.output)")
      try await screen.dismiss("Run 3 of")
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

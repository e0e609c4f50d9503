import Testing

extension EndToEnd {
  /// Limits of one service that runs on several hosts, changed at once.
  @Suite struct LimitsOnHosts {
    private static let hosts = ["web-1", "web-2"]
    private static let name = "duo-idle-1"

    /// A project of the same name on both hosts, with another CPU limit on each.
    private func start() throws {
      for (host, cores) in zip(Self.hosts, ["0.5", "0.25"]) {
        let file = """
          services:
            idle:
              image: busybox:1.35
              command: [sleep, infinity]
              network_mode: none
              init: true
              cpus: \(cores)
              mem_limit: 32m
          """
        let outcome = Rig.on(
          host,
          """
          sudo mkdir -p /srv/duo && sudo tee /srv/duo/compose.yaml > /dev/null <<'END' && cd /srv/duo && \
          docker compose --ansi never up --detach
          \(file)
          END
          """)
        try #require(outcome.status == 0, "\(outcome.output.plain)")
      }
    }

    private func stop() {
      for host in Self.hosts {
        Rig.on(host, "cd /srv/duo && docker compose --ansi never down --timeout 1; sudo rm -rf /srv/duo")
      }
    }

    private func limits(_ host: String) -> String {
      let format = "{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"
      return Rig.on(host, "docker inspect --format '\(format)' \(Self.name)").text
    }

    @Test func `a service's containers on two hosts get the same limits at once, and each its own back`() async throws {
      defer { stop() }
      try start()
      let before = Self.hosts.map(limits)
      #expect(before == ["500000000 33554432 67108864", "250000000 33554432 67108864"])
      let screen = Screen(Place(Self.hosts))
      try await screen.waitUntilLive()
      screen.press("u", "*", "2", "/")
      screen.type("duo")
      screen.press("Enter")
      try await screen.wait(for: "both containers") { $0.contains(#/┌ Containers of all hosts 2 /#) }
      screen.press("g", "Space", "j", "Space")
      try await screen.wait(for: "two marks") { $0.split(separator: "●").count == 3 }
      screen.press("v")
      let form = try await screen.wait(for: "┌ Limits of 2 containers of duo idle on web-1, web-2, PRODUCTION ")
      #expect(form.contains(#/CPU cores .* differ +‹ each its own ›/#), "\(form.plain)")
      screen.type("0.75")
      screen.press("Down")
      screen.type("48m")
      screen.press("Enter")
      let question = try await screen.wait(for: "Type duo and press Enter")
      for part in ["on web-1, idle", "on web-2, idle", "docker update --cpus 0.75 --memory 48m --memory-swap 80m"] {
        #expect(question.contains(part), "\(question.plain)")
      }
      screen.type("duo")
      screen.press("Enter")
      try await screen.wait(for: "both hosts", limit: .seconds(60)) { $0.contains("all 2 done in") }
      for host in Self.hosts {
        #expect(limits(host) == "750000000 50331648 83886080")
        #expect(
          Rig.on(host, "tail -n 1 /srv/duo/compose.override.yaml").text
            == "idle: {cpus: 0.75, mem_limit: 48m, memswap_limit: 80m}")
      }

      screen.press("u")
      try await screen.wait(for: "Type duo and press Enter")
      screen.type("duo")
      screen.press("Enter")
      try await screen.wait(for: "the way back", limit: .seconds(60)) {
        !$0.contains("Type duo") && $0.contains("all 2 done in")
      }
      #expect(Self.hosts.map(limits) == before)
      for host in Self.hosts { #expect(Rig.on(host, "ls /srv/duo").text == "compose.yaml") }
      try await screen.dismiss("Set the limits")
      try await screen.quit()
    }
  }
}

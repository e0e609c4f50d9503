import Testing

extension EndToEnd {
  @Suite struct Watching {
    @Test(
      arguments: [
        (80, 24), (120, 40), (200, 50),
      ])
    func `three hosts come alive with their figures, containers and caches`(width: Int, height: Int) async throws {
      let place = Place()
      let screen = Screen(place, width: width, height: height)
      try await screen.waitUntilLive()
      try await screen.wait(for: "3 hosts live")
      for host in place.hosts {
        let row = try await screen.wait(for: "figures of \(host)") {
          Screen.row(of: host, in: $0)?.contains(#/ \d+% .* \d+(\.\d)?% .* [0-9]+/([0-9]+|…) /#) ?? false
        }
        #expect(Screen.row(of: host, in: row)?.contains(host == "staging" ? " dev " : " prod ") ?? false)
      }
      try await screen.wait(for: "a Redis with its memory", limit: .seconds(30)) {
        $0.contains("┌ Cache of web-1 1 ") && $0.contains(#/│boutique.*\d[KM] +/32M/#)
      }
      let text = try await screen.wait(for: "containers with their figures") { text in
        ["db", "nginx", "php", "redis"].allSatisfy { service in
          text.split(separator: "\n").contains {
            $0.hasPrefix("│boutique") && $0.contains(" \(service) ")
              && $0.contains(#/ (healthy|running) +\d+\.\d+ .*[MK] +/\d+M/#)
          }
        }
      }
      for pane in ["┌ Hosts 3 ", "┌ Containers of web-1 5 ", "┌ Incidents "] { #expect(text.contains(pane)) }
      #expect(screen.rows.count >= height)
      try await screen.quit()
    }

    @Test func `a resize keeps the selection, and a terminal too small says what it needs`() async throws {
      let screen = Screen(Place())
      try await screen.waitUntilLive()
      screen.press("j")
      try await screen.wait(for: "┌ Containers of web-2 6 ")
      screen.press("Tab", "G")
      screen.resize(39, 8)
      try await screen.wait(for: "vigie needs 40x8,")
      screen.resize(40, 8)
      try await screen.wait(for: "the pane with the focus alone") { text in
        text.contains("┌ Containers of web-2 6 ") && !text.contains("┌ Hosts") && text.contains("live")
      }
      for (width, height) in [(80, 24), (200, 50), (81, 60), (120, 40)] {
        screen.resize(width, height)
        // The frame is closed on the right by its own corner, and so drawn for this width.
        try await screen.wait(for: "the panes at \(width)x\(height)") { text in
          let lines = text.split(separator: "\n")
          return ["┌ Containers of web-2 6 ", "┌ Cache of web-2 ", "┌ Incidents"].allSatisfy(text.contains)
            && lines.contains { $0.hasPrefix("┌ Hosts") && $0.hasSuffix("┐") && $0.count == width }
        }
      }
      // The cursor is still on the last container: Enter opens that one.
      screen.press("Enter")
      try await screen.wait(for: "journal-worker-1")
    }

    @Test func `quitting leaves no ssh, no socket and no sampler`() async throws {
      let place = Place()
      let screen = Screen(place)
      try await screen.waitUntilLive()
      let sockets = place.socketDirectories
      #expect(sockets.count == 1)
      for host in place.hosts { #expect(place.samplers(on: host).count == 1) }
      #expect(place.processes.contains { $0.host == nil && $0.words.first == "ssh" })
      try await screen.quit()
      #expect(place.processes.isEmpty)
    }
  }
}

import Fleet
import Glibc
import Testing

extension EndToEnd {
  /// Logs and inspections of real containers.
  @Suite struct Reading {
    private static let host = "web-2"

    /// The console with the cursor on a container of the host, the first one being the database.
    private func start(_ moves: String..., place: Place = Place([Self.host])) async throws -> Screen {
      let screen = Screen(place, width: 200, height: 50)
      try await screen.waitUntilLive()
      try await screen.wait(for: "the containers") { $0.contains("┌ Containers of \(Self.host) 6 ") }
      screen.press("2", "g")
      for move in moves { screen.press(move) }
      return screen
    }

    /// A visit that leaves a line with that word in the log of the web server.
    private func visit(_ word: String) {
      Rig.fleet("visit", Self.host, "--silent", "--output", "/dev/null", "https://journal.example/?\(word)")
    }

    /// Closes the page; the next key must not come within the moment in which Esc may begin another key.
    private func close(_ screen: Screen) async throws {
      screen.press("Escape")
      try await screen.wait(for: "the panes") { $0.contains("┌ Containers of \(Self.host) 6 ") }
    }

    private func followers(_ place: Place) -> [MarkedProcess] {
      place.processes.filter { $0.host != nil && $0.words.prefix(2) == ["docker", "logs"] }
    }

    @Test func `a log is followed, filtered and closed, and nothing of it is left`() async throws {
      let screen = try await start("j")
      screen.press("l")
      try await screen.wait(for: "┌ journal-nginx-1 log on web-2 (prod) ")
      try await screen.wait(for: " following ")
      let word = "visit-\(UInt32.random(in: 0...UInt32.max))"
      #expect(!screen.text.contains(word))
      visit(word)
      try await screen.wait(for: word, limit: .seconds(5))
      #expect(followers(screen.place).count == 1)

      screen.press("/")
      screen.type("\(word) !elsewhere")
      screen.press("Enter")
      let text = try await screen.wait(for: "/\(word) !elsewhere last 1000 lines")
      #expect(text.contains(#/ 1 of [0-9]+ lines /#), "\(text.plain)")
      #expect(text.split(separator: "\n").count { $0.contains("GET") } == 1)

      try await close(screen)
      try await wait(for: "end of the log", limit: .seconds(5), evidence: { "\(followers(screen.place))" }) {
        followers(screen.place).isEmpty ? true : nil
      }
      screen.press("l")
      try await screen.wait(for: word)
      // A console that ends takes its log with it.
      screen.press("q")
      try await screen.quit()
    }

    @Test func `a log goes on where it was when the connection is back`() async throws {
      let screen = try await start("j")
      screen.press("l")
      try await screen.wait(for: " following ")
      let words = (0..<2).map { _ in "visit-\(UInt32.random(in: 0...UInt32.max))" }
      visit(words[0])
      try await screen.wait(for: words[0])
      do {
        defer { Rig.fleet("heal", "sshd-kill", Self.host) }
        Rig.fleet("fault", "sshd-kill", Self.host)
        // It may be back at once, but not with the same session.
        visit(words[1])
      }
      try await screen.wait(for: "both visits, each once", limit: .seconds(45)) { text in
        let lines = text.split(separator: "\n")
        return text.contains(" following ") && words.allSatisfy { word in lines.count { $0.contains(word) } == 1 }
      }
      try await wait(for: "one follower", limit: .seconds(15), evidence: { "\(followers(screen.place))" }) {
        followers(screen.place).count == 1 ? true : nil
      }
      try await close(screen)
      try await screen.quit()
    }

    @Test func `an inspection is shown and copied whole, without a password anywhere`() async throws {
      let line = Rig.on(Self.host, "cat /srv/journal/.env").text.split(separator: "\n")
        .first { $0.hasPrefix("MONITOR_PASSWORD=") }
      let password = try #require(line.map { String($0.dropFirst("MONITOR_PASSWORD=".count)) })
      #expect(password.count >= 8)
      let screen = try await start()
      screen.press("I")
      try await screen.wait(for: "┌ journal-db-1 inspection on web-2 (prod) ")
      try await screen.wait(for: "secrets masked")
      screen.press("/")
      screen.type("monitor_")
      screen.press("Enter")
      try await screen.wait(for: "MONITOR_PASSWORD=***")
      screen.press("y")
      try await screen.wait(for: "word of the copy") { $0.contains(#/copied [0-9]+ lines/#) }

      let copied = try #require(screen.clipboard)
      let document = try Value(json: Array(copied.utf8))
      #expect(document.list.first?["Name"] == .text("/journal-db-1"))
      #expect(copied.contains("\"MONITOR_PASSWORD=***\""))
      for text in [copied, String(decoding: screen.bytes, as: UTF8.self)] { #expect(!text.contains(password)) }
      try await close(screen)
      try await screen.quit()
      let kept = run("grep", "-rl", "--", password, screen.place.directory)
      #expect(kept.status == 1 && kept.text.isEmpty, "\(kept.text)")
    }
  }
}

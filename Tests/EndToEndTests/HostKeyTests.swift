import Testing

extension EndToEnd {
  @Suite struct HostKeys {
    @Test func `an unknown key waits for a person, who answers ssh by one key`() async throws {
      let place = Place(["web-1", "staging"], knowsKeys: false)
      let screen = Screen(place)
      try await screen.wait(for: "both hosts to ask for a person") { text in
        place.hosts.allSatisfy {
          Screen.row(of: $0, in: text)?.contains(#/ needs you .* its host key /#) ?? false
        }
      }
      try await screen.wait(for: "web-1: its host key is not known here yet; ! lets you answer ssh")
      screen.press("!")
      try await screen.wait(for: "Are you sure you want to continue connecting")
      // A person who is not sure goes back, and nothing has changed.
      screen.press("C-c")
      try await screen.wait(for: "the screen again") { $0.contains("┌ Hosts 2 ") }
      #expect(contents(of: place.knownHosts).isEmpty)
      screen.press("!")
      try await screen.wait(for: "Are you sure you want to continue connecting")
      screen.type("yes")
      screen.press("Enter")
      try await screen.wait(for: "web-1 live") { Screen.isLive("web-1", in: $0) }
      #expect(!Screen.isLive("staging", in: screen.text))
      try await screen.quit()
    }
  }
}

import Testing

extension EndToEnd {
  /// A real Traefik, which staging's second project has before its application.
  @Suite struct Proxy {
    private static let container = "vitrine-proxy-1"
    private static let site = "https://vitrine.example"

    /// The console with the detail of the proxy's container.
    private func start() async throws -> Screen {
      let screen = Screen(Place(["staging"], others: [Rig.vitrine]), width: 200, height: 60)
      try await screen.waitUntilLive()
      try await screen.select(container: Self.container)
      screen.press("Enter", "z")
      try await screen.wait(for: "its detail") { $0.contains("┌ \(Self.container) ") }
      return screen
    }

    /// One page that is well, one that the application fails, and one whose server is not there.
    private func visit() {
      Rig.fleet(
        "visit", "staging", "--silent", "--output", "/dev/null", "--output", "/dev/null", "--output", "/dev/null",
        Self.site + "/", Self.site + "/cgi-bin/broken", Self.site + "/lost")
    }

    @Test func `requests and server errors are told by service and by router`() async throws {
      let screen = try await start()
      // Never none: `12/s, 5xx 0.4/s`.
      let rates = "(0\\.[1-9]|[1-9][0-9.]*)/s, 5xx (0\\.[1-9]|[1-9][0-9.]*)/s"
      let wanted = try [
        "requests +\(rates)", "service +next@docker \(rates)", "service +lost@file \(rates)",
        "router +next@docker \(rates)", "router +lost@file \(rates)", "routers +6, 0 in error", "servers +1, 0 down",
      ].map { try Regex($0) }
      try await screen.wait(for: "the traffic", limit: .seconds(60)) { text in
        visit()
        return wanted.allSatisfy { text.contains($0) }
      }
      screen.press("z", "Escape")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }

    @Test func `without metrics and API it is said why nothing is known, and what would change it`() async throws {
      do {
        defer { Rig.fleet("heal", "silent-proxy", "staging") }
        Rig.fleet("fault", "silent-proxy", "staging")
        let screen = try await start()
        try await screen.wait(for: "why") { $0.contains(#/why +nothing listens at [0-9.]+:8080/#) }
        // On two lines.
        try await screen.wait(for: "add to its command --metrics.prometheus=true and ")
        try await screen.wait(for: "--api.insecure=true, and do not publish that port")
        screen.press("z", "Escape")
        try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
        try await screen.quit()
      }
      let screen = try await start()
      try await screen.wait(for: "its routers") { $0.contains(#/routers +6, 0 in error/#) }
      screen.press("z", "Escape")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }
  }
}

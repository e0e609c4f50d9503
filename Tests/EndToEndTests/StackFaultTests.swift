import Testing

extension EndToEnd {
  /// What breaks in a project's stack is on the Sites pane within 15 seconds, as its narrowest place, while visitors come.
  @Suite struct StackFaults {
    struct Case: CustomTestStringConvertible, Sendable {
      var fault: String
      var host: String
      /// A pattern of the sentence in the project's row.
      var sentence: String
      /// Where it is not the host's site.
      var project: String?

      var testDescription: String { "\(fault) on \(host)" }
    }

    static let cases = [
      Case(fault: "slow-requests", host: "web-2", sentence: "PHP-FPM: 4 of 4 workers busy, [0-9]+ waiting"),
      Case(fault: "db-stop", host: "web-2", sentence: "the database (is|has been) stopped"),
      Case(fault: "disk-full", host: "web-1", sentence: "host web-1: /srv/small is 9[78]% full, [0-9]+K left"),
      Case(fault: "certificate", host: "web-2", sentence: "journal\\.example: its certificate expired on 20"),
      Case(fault: "redirect", host: "web-1", sentence: "boutique\\.example: http does not redirect to https"),
      Case(
        fault: "router-error", host: "staging", sentence: "the proxy: 1 of [0-9]+ routers in error: shop@file",
        project: "vitrine"),
      Case(fault: "errors", host: "web-2", sentence: "[0-9.]+% of its answers are server errors"),
    ]

    /// From the moment at which the fault is in force.
    private static let limit = Duration.seconds(15)

    @Test(arguments: cases) func `a fault is seen in time, and then no more`(_ test: Case) async throws {
      let project = try #require(test.project ?? Rig.sites[test.host]?.project)
      let isVisited = test.project == nil
      let sentence = try Regex(test.sentence)
      Rig.fleet("load", "start")
      defer { Rig.fleet("load", "stop") }
      let screen = Screen(Place(hasSites: true, others: [Rig.vitrine]), width: 200, height: 50)
      try await screen.waitUntilLive()
      // The whole width is needed for the sentence.
      screen.press("5", "z")
      try await screen.wait(for: "a site without trouble", limit: .seconds(45)) {
        Self.row(of: project, in: $0)?.contains(isVisited ? #/ 200 .* all well/# : #/ all well/#) ?? false
      }
      do {
        defer { Rig.fleet("heal", test.fault, test.host) }
        Rig.fleet("fault", test.fault, test.host)
        let start = ContinuousClock.now
        // Longer than allowed, so that a failure says how long it took.
        try await screen.wait(for: "word of \(test.fault)", limit: Self.limit * 2) {
          Self.row(of: project, in: $0)?.contains(sentence) ?? false
        }
        let took = ContinuousClock.now - start
        print("\(test.testDescription): seen after \(took.formatted) s")
        #expect(took <= Self.limit, "\(test.testDescription) was seen after \(took.formatted) s")
        try await Self.expectPage(of: project, sentence, on: screen)
      }
      try await screen.wait(for: "the end of it", limit: .seconds(45)) {
        Self.row(of: project, in: $0).map { !$0.contains(sentence) } ?? false
      }
      screen.press("z")
      try await screen.wait(for: "┌ Hosts 3 ")
      try await screen.quit()
    }

    /// The project's page begins with the same sentence; a domain's narrowest place has no part that the cursor is on.
    private static func expectPage(of project: String, _ sentence: Regex<AnyRegexOutput>, on screen: Screen)
      async throws
    {
      // The worst is on top.
      screen.press("g", "Enter")
      try await screen.wait(for: "the page of \(project)") { text in
        let rows = text.split(separator: "\n")
        return rows.count > 2 && rows[1].hasPrefix("┌ \(project) on ") && rows[2].contains(sentence)
      }
      screen.press("Escape")
      try await screen.wait(for: "┌ Sites 4 ")
    }

    /// The row of a project on the Sites pane.
    private static func row(of project: String, in text: String) -> Substring? {
      text.split(separator: "\n").first { $0.hasPrefix("│\(project) ") }
    }
  }
}

extension Duration {
  /// Seconds with one decimal.
  fileprivate var formatted: String {
    let tenths = (components.seconds * 10) + components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}

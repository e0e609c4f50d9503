import Testing

extension EndToEnd {
  @Suite struct Restarting {
    private static let container = "journal-nginx-1"

    @Test
    func `a container in production is restarted by key, once unlocked, and only when its project's name was typed`()
      async throws
    {
      let place = Place()
      let screen = Screen(place)
      try await screen.waitUntilLive()
      screen.press("j")
      try await screen.wait(for: "┌ Containers of web-2 6 ")
      // To the top first: the cursor stays on the container that came first, whichever that was.
      screen.press("Tab", "g", "j")
      let before = inspected()

      screen.press("r")
      try await screen.wait(for: "locked: u unlocks it")
      screen.press("u", "r")
      try await expectQuestion(screen, before.id)
      screen.press("Enter")
      try await screen.wait(for: "that is not it: type journal")
      screen.press("Escape")
      try await screen.wait(for: "nothing was done")
      #expect(inspected() == before)
      #expect(records(of: place).isEmpty)

      screen.press("r")
      try await expectQuestion(screen, before.id)
      screen.type("journal")
      screen.press("Enter")
      try await screen.wait(for: "web-2 done", limit: .seconds(40))
      let after = inspected()
      #expect(after.id == before.id)
      #expect(after.startedAt != before.startedAt)

      let records = try records(of: place).map { try Value(json: Array($0.utf8)) }
      #expect(records.count == 2)
      for record in records {
        #expect(record["host"] == .text("web-2"))
        #expect(record["subject"] == .text(Self.container))
        #expect(record["commands"]?.list.first?.text == "docker restart \(before.id.prefix(12))")
      }
      #expect(records.map { $0["phase"] } == [.text("started"), .text("ended")])
      #expect(records.first?["exit_status"] == .null)
      #expect(records.last?["exit_status"] == .number(0))
      #expect(records.last?["ssh_user"] == .text("ops"))
      #expect(records.last?["before"]?.text?.contains("started=\(before.startedAt)") == true)
      #expect(records.last?["after"]?.text?.contains("started=\(after.startedAt)") == true)
      screen.press("Escape")
      try await screen.wait(for: "the panes again") { !$0.contains("┌ Restart") }
      try await screen.quit()
    }

    /// The exact command and host; the engine knows the container by its id, a person by its name.
    private func expectQuestion(_ screen: Screen, _ id: String) async throws {
      let text = try await screen.wait(for: "the question") { $0.contains("Cancel") && $0.contains("Type journal") }
      #expect(text.contains("docker restart \(id.prefix(12))"), "\(text.plain)")
      #expect(text.contains("┌ Restart journal-nginx-1 on web-2 "))
      #expect(text.contains("PRODUCTION"))
    }

    private func inspected() -> (id: String, startedAt: String) {
      let words = Rig.on("web-2", "docker inspect --format '{{.Id}} {{.State.StartedAt}}' \(Self.container)").text
        .split(separator: " ").map(String.init)
      return (words.first ?? "", words.last ?? "")
    }

    private func records(of place: Place) -> [String] {
      String(decoding: contents(of: place.state + "/audit.jsonl"), as: UTF8.self).split(separator: "\n")
        .map(String.init)
    }
  }
}

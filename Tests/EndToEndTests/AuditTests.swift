import Testing

extension EndToEnd {
  @Suite struct Auditing {
    @Test func `a restart by key is recorded: who ran it, and what was seen before and after`() async throws {
      let place = Place(["staging"])
      let empty = place.vigie("audit-log")
      #expect(empty.status == 0 && empty.output.contains("nothing is recorded"), "\(empty.output)")
      let screen = Screen(place)
      try await screen.waitUntilLive()
      screen.press("u")
      try await screen.wait(for: "UNLOCKED")
      screen.press("2", "/")
      screen.type("redis")
      screen.press("Enter")
      try await screen.wait(for: "┌ Containers of staging 1 ")
      screen.press("r")
      try await screen.wait(for: "[ Run ]")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "done in", limit: .seconds(60))

      let outcome = place.vigie("audit-log", "--json", "--host", "staging", "--since", "1h")
      let records = try outcome.output.split(separator: "\n").map { try Value(json: Array($0.utf8)) }
      #expect(records.map { $0["phase"] } == [.text("started"), .text("ended")], "\(outcome.output)")
      let last = try #require(records.last)
      #expect(last["ssh_user"] == .text("ops"))
      #expect(last["host"] == .text("staging") && last["project"] == .text("essai"))
      #expect(last["exit_status"] == .number(0) && last["failure"] == .null)
      #expect(last["before"]?.text?.hasPrefix("state=running ") == true, "\(outcome.output)")
      #expect(last["after"]?.text?.hasPrefix("state=running ") == true, "\(outcome.output)")
      #expect(last["before"] != last["after"])
      #expect(last["commands"]?.list.first?.text?.hasPrefix("docker restart ") == true)
      #expect(last["duration_seconds"]?.number ?? 0 > 0)
      #expect(records.first?["id"] == last["id"] && records.first?["before"] == .null)
      #expect(place.vigie("audit-log", "--host", "web-1").output.contains("there is no record of the host web-1"))
      let table = place.vigie("audit-log", "-n", "5").output
      #expect(table.contains("BEGAN") && table.contains("Restart essai-redis-1 on staging"), "\(table)")

      // The same on the screen, also once the console is locked again.
      screen.press("Escape")
      try await screen.wait(for: "the panes again") { !$0.contains("[ Close ]") }
      screen.press("u")
      try await screen.wait(for: "locked: nothing can be changed")
      screen.press("H")
      try await screen.wait(for: "┌ History 1 ")
      screen.press("Enter")
      try await screen.wait(for: "the record, whole") {
        $0.contains("┌ Record staging ") && $0.contains("docker restart ") && $0.contains("ops, on staging")
      }
      screen.press("Escape")
      try await screen.wait(for: "┌ History 1 ")
      screen.press("Escape")
      try await screen.wait(for: "the panes again") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }
  }
}

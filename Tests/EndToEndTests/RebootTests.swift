import Testing

extension EndToEnd {
  /// A host that boots again because its name was typed.
  @Suite struct Rebooting {
    @Test func `a host reboots, says so while it is away, and is done when its containers are as before`() async throws
    {
      let place = Place(["web-1", "staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      let before = seen()
      screen.press("G", "u")
      try await screen.perform("host.reboot")
      let question = try await screen.wait(for: "Type staging")
      #expect(question.contains("sudo -n systemctl reboot"), "\(question.plain)")
      #expect(question.contains("Down with it: essai (nginx, php, probe, redis); vitrine (next, proxy)."))
      screen.type("staging")
      screen.press("Enter")
      try await screen.wait(for: "a host that reboots", limit: .seconds(60)) { text in
        Screen.row(of: "staging", in: text)?.contains("rebooting") ?? false
      }
      #expect(Screen.isLive("web-1", in: screen.text))
      try await screen.wait(for: "staging done", limit: .seconds(240))

      let after = seen()
      #expect(after.boot != before.boot && !after.boot.isEmpty)
      #expect(after.containers == before.containers)
      let records = try String(decoding: contents(of: place.state + "/audit.jsonl"), as: UTF8.self)
        .split(separator: "\n").map { try Value(json: Array($0.utf8)) }
      #expect(records.map { $0["phase"] } == [.text("started"), .text("ended")])
      #expect(records.last?["failure"] == .null && records.last?["subject"] == .text("staging"))
      try await screen.dismiss("Reboot")
      try await screen.waitUntilLive()
      try await screen.quit()
    }

    private func seen() -> (boot: String, containers: [String]) {
      let lines = Rig.on("staging", "cat /proc/sys/kernel/random/boot_id; docker ps --format '{{.ID}} {{.Names}}'").text
        .split(separator: "\n").map(String.init)
      return (lines.first ?? "", lines.dropFirst().sorted())
    }
  }
}

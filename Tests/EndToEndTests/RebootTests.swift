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

    @Test func `where sudo asks for a password the host goes on, and the line that would allow it is said`()
      async throws
    {
      let screen = Screen(Place(["staging"]))
      try await screen.waitUntilLive()
      let before = seen()
      screen.press("u")
      defer { Rig.fleet("heal", "sudo-password", "staging") }
      Rig.fleet("fault", "sudo-password", "staging")
      try await screen.perform("host.reboot")
      try await screen.wait(for: "Type staging")
      screen.type("staging")
      screen.press("Enter")
      try await screen.wait(
        forWords:
          "sudo asks for a password on staging, so systemctl reboot did not run; allow it there by sudo visudo -f "
          + "/etc/sudoers.d/vigie with the line: ops ALL=(root) NOPASSWD: /usr/bin/systemctl reboot")
      #expect(seen() == before)
      let last = screen.place.records.last
      #expect(last?["exit_status"] == .number(1) && last?["failure"]?.text?.contains("NOPASSWD: /usr/bin/") == true)
      try await screen.dismiss("Reboot")
      try await screen.quit()
    }

    @Test func `beneath another operator's job no host reboots: it is said who is at it, since when and with what`()
      async throws
    {
      defer { Scratch.remove("slow-1") }
      try Scratch.start("slow-1", project: "racing")
      let other = try await Screen.unlocked(on: "slow-1", Place(["staging"]))
      let screen = Screen(Place(["staging"]))
      try await screen.waitUntilLive()
      let before = seen()
      screen.press("u")
      try await screen.perform("host.reboot")
      try await screen.wait(for: "Type staging")
      screen.type("staging")
      other.press("r", "Tab", "Enter")
      try await other.wait(for: "its step begun") { $0.contains("› docker restart") }
      screen.press("Enter")
      try await screen.wait(for: "nothing was run")
      let words = Screen.words(screen.text)
      #expect(
        words.contains(
          #/nothing was run: [^ ]+ is at it since \d\d:\d\d:\d\d UTC: Restart slow-1 on staging; wait for the end/#),
        "\(words.plain)")
      try await other.wait(for: "staging done", limit: .seconds(40))
      #expect(seen() == before)
      #expect(screen.place.records.last?["failure"]?.text?.contains("is at it since") == true)
      try await other.dismiss("Restart")
      try await other.quit()
      try await screen.dismiss("Reboot")
      try await screen.quit()
    }

    private struct Seen: Equatable {
      var boot: String
      var containers: [String]
    }

    private func seen() -> Seen {
      let lines = Rig.on("staging", "cat /proc/sys/kernel/random/boot_id; docker ps --format '{{.ID}} {{.Names}}'").text
        .split(separator: "\n").map(String.init)
      return Seen(boot: lines.first ?? "", containers: lines.dropFirst().sorted())
    }
  }
}

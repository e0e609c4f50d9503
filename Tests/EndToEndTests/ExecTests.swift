import Testing

extension EndToEnd {
  /// A shell and a command in a container, by key.
  @Suite struct Exec {
    private static let container = "essai-probe-1"

    @Test func `a shell has the terminal to itself, and the panes are back when it ends`() async throws {
      let place = Place(["web-1", "staging"])
      let screen = Screen(place, width: 100, height: 30)
      try await screen.waitUntilLive()
      try await open(screen)
      #expect(screen.property("alternate_on") == "0")
      screen.type("echo hello-from-$((40+2)); printf '\\033[?1003h\\033[?25l'")
      screen.press("Enter")
      try await screen.wait(for: "hello-from-42")
      // What the shell left on and off, and a window of another size, are no matter.
      screen.resize(120, 40)
      screen.type("until stty size | grep '40 120'; do sleep 1; done; echo now-$((100+20))-wide")
      screen.press("Enter")
      try await screen.wait(for: "now-120-wide")
      screen.type("exit")
      screen.press("Enter")
      try await screen.wait(for: "the panes") { text in
        text.contains("┌ Containers of staging") && text.contains("done in")
          && place.hosts.allSatisfy { Screen.isLive($0, in: text) }
      }
      #expect(screen.rows.contains { $0.count == 120 && $0.hasSuffix("┐") })
      #expect(screen.property("mouse_any_flag") == "0")
      try await screen.expectKeysAnswer()

      let records = try records(of: place)
      #expect(records.map { $0["phase"] } == [.text("started"), .text("ended")])
      for record in records {
        #expect(record["subject"] == .text(Self.container))
        #expect(record["commands"]?.list.first?.text?.hasPrefix("docker exec -it ") == true)
      }
      #expect(records.last?["exit_status"] == .number(0))
      #expect(!String(decoding: contents(of: place.state + "/audit.jsonl"), as: UTF8.self).contains("hello"))
      try await screen.quit()
    }

    @Test func `a connection that breaks ends the shell with one sentence, which is read first`() async throws {
      let place = Place(["staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      try await open(screen)
      Rig.fleet("fault", "sshd-kill", "staging")
      defer { Rig.fleet("heal", "sshd-kill", "staging") }
      try await screen.wait(for: "vigie: the connection to staging broke")
      #expect(!screen.text.contains("┌"))
      screen.press("Enter")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") && $0.contains("exit status 255") }
      #expect(try records(of: place).last?["exit_status"] == .number(255))
      try await waitForNoShell()
      try await screen.waitUntilLive()
      try await screen.quit()
    }

    @Test func `the end of vigie is the shell's end, and the terminal is usable`() async throws {
      let place = Place(["staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      try await open(screen)
      run("kill", "-TERM", "\(try #require(screen.process))")
      try await screen.wait(for: "the end") { $0.contains(#/ended [0-9]+/#) }
      try await screen.expectUsableTerminal()
      #expect(try records(of: place).last?["failure"]?.text?.isEmpty == false)
      try await place.waitUntilClean(limit: .seconds(8))
      try await waitForNoShell()
    }

    @Test func `a command in a container shows what it printed`() async throws {
      let place = Place(["staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      try await select(screen)
      screen.press("u", ":")
      screen.type("container.command")
      screen.press("Enter")
      try await screen.wait(for: "┌ Run in \(Self.container) ")
      screen.type("echo \"it is $((6*7)) in $(cat /etc/hostname)\"; exit 3")
      screen.press("Enter")
      try await screen.wait(for: "┌ Run a command in \(Self.container) on staging ")
      screen.press("Tab", "Enter")
      let text = try await screen.wait(for: "failed with exit status 3")
      #expect(text.contains("it is 42 in "), "\(text.plain)")
      #expect(!text.contains("failed with exit status 3:"), "\(text.plain)")
      #expect(try records(of: place).map { $0["exit_status"] } == [.null, .number(3)])
      screen.press("Escape")
      try await screen.wait(for: "the panes") { !$0.contains("┌ Run") }
      try await screen.quit()
    }

    /// Docker leaves a shell running whose terminal is gone; vigie does not.
    private func waitForNoShell() async throws {
      var seen = ""
      try await wait(for: "end of the shell in the container", limit: .seconds(10), evidence: { seen }) {
        seen = Rig.on("staging", "docker top \(Self.container) -o pid,args").text
        return seen.contains(#/ sh$| sh\n/#) ? nil : true
      }
    }

    /// A shell in the container, alone on the screen.
    private func open(_ screen: Screen) async throws {
      try await select(screen)
      screen.press("u", "s")
      try await screen.wait(for: "┌ Shell in \(Self.container) on staging ")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "the shell alone") { $0.contains("/ #") && !$0.contains("┌") }
    }

    /// The cursor on the container, whatever else is listed.
    private func select(_ screen: Screen) async throws {
      screen.press("G", "2", "/")
      screen.type("probe")
      screen.press("Enter")
      try await screen.wait(for: "the probe alone") { $0.contains("┌ Containers of staging 1") }
    }

    private func records(of place: Place) throws -> [Value] {
      try String(decoding: contents(of: place.state + "/audit.jsonl"), as: UTF8.self).split(separator: "\n")
        .map { try Value(json: Array($0.utf8)) }
    }
  }
}

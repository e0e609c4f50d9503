import Fleet
import Testing

extension EndToEnd {
  @Suite struct HostileText {
    /// What a terminal would obey or be fooled by; none of it may reach the terminal, from wherever it comes.
    private static let harmful = [
      "a title": "\u{1B}]0;owned", "the clipboard": "\u{1B}]52;c;b3duZWQ=", "a colour": "\u{1B}[38;5;201m",
      "a device string": "\u{1B}Powned", "a cleared screen": "\u{1B}[2J\u{1B}[1;1Howned", "a bell": "\u{07}",
      "an eight-bit sequence": "\u{9B}31mowned", "a right-to-left override": "\u{202E}", "an isolate": "\u{2066}",
      "a zero-width space": "\u{200B}",
    ]

    @Test func `labels and journal entries of a host reach the terminal as plain text only`() async throws {
      defer { Rig.on("staging", "docker rm --force hostile-1") }
      let poison = Self.harmful.values.sorted().joined()
      let label = "evil\(poison)end"
      let command = [
        "docker", "run", "--detach", "--name", "hostile-1", "--label", "com.docker.compose.project=\(label)", "--label",
        "com.docker.compose.service=svc\(poison)", "--env", "EVIL=\(poison)", "busybox:1.35", "sh", "-c",
        "echo \(poison); exec sleep 600",
      ]
      let started = Rig.on("staging", quoted(command))
      #expect(started.status == 0, "\(started.output)")

      let screen = Screen(Place(["staging"]), width: 200, height: 50)
      let title = screen.property("pane_title")
      try await screen.waitUntilLive()
      try await screen.wait(for: "the container, with its project's name cleaned") { $0.contains(#/│evil[^ ]+.*svc/#) }
      screen.press("2", "/")
      screen.type("hostile")
      screen.press("Enter")
      try await screen.wait(for: "it alone") { $0.contains("┌ Containers of staging 1 ") }
      screen.press("Enter")
      try await screen.wait(for: "its detail") { !$0.contains("┌ Hosts") && $0.contains("hostile-1") }
      screen.press("Escape")

      // One entry of the journal with all of it, and one of ninety thousand characters.
      Rig.on("staging", quoted(["logger", "--priority", "user.err", "--tag", "hostile", "poison\(poison)drunk"]))
      Rig.on(
        "staging",
        "{ printf 'endless %090000d' 7; printf '\\033]0;owned\\007'; } | logger -p user.err -t hostile --size 200000")
      try await screen.wait(for: "the journal's entries") {
        $0.contains(#/hostile +poison/#) && $0.contains("over 4096 bytes")
      }
      #expect(screen.property("pane_title") == title)
      try await screen.quit()

      // By bytes: as characters, a mark that joins its neighbours would not be found.
      let bytes = screen.bytes
      #expect(bytes.contains(Array("evil".utf8)))
      for (name, text) in Self.harmful { #expect(!bytes.contains(Array(text.utf8)), "\(name) reached the terminal") }
    }

    private func quoted(_ words: [String]) -> String { ShellWord.line(words) }
  }
}

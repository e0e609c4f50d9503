import Fleet
import Testing

extension EndToEnd {
  /// Compose projects with a mistake, without room, or with a name that nobody would choose.
  @Suite struct ComposeProjects {
    private static let host = "staging"
    private static let container = "unlucky-web-1"
    private static let file = """
      services:
        web:
          image: busybox:1.35
          command: sleep 600
          init: true
          mem_limit: 32m
      """

    /// Starts the project `unlucky` in a directory of the operator's own.
    private static func start(in directory: String, _ before: String = "true") throws {
      let place = ShellWord.quoted(directory)
      let started = Rig.on(
        host,
        """
        sudo mkdir -p \(place) && \(before) && sudo chown ops \(place) && cd \(place) &&
        printf '%s\\n' \(ShellWord.quoted(file)) > compose.yaml && docker compose --ansi never -p unlucky up -d
        """)
      try #require(started.status == 0, "\(started.output)")
    }

    private static func remove(_ directory: String) {
      let place = ShellWord.quoted(directory)
      Rig.on(
        host,
        "docker rm --force \(container); docker network rm unlucky_default; "
          + "sudo umount \(place) 2> /dev/null; sudo rm -rf \(place)")
    }

    private static func seen(_ format: String = "{{.Id}} {{.State.StartedAt}}") -> String {
      Scratch.inspected(container, format)
    }

    /// Sets the memory by the form, and answers the question.
    private static func limit(_ screen: Screen, to memory: String) async throws {
      screen.press("v")
      try await screen.wait(for: "┌ Limits of \(container) ")
      screen.press("Down")
      screen.type(memory)
      screen.press("Enter")
      try await screen.wait(for: "Cancel ]")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(40))
    }

    @Test func `a mistake in a Compose file is told in Compose's words, and nothing is changed`() async throws {
      let directory = "/srv/unlucky"
      defer { Self.remove(directory) }
      try Self.start(in: directory)
      let screen = try await Screen.unlocked(on: "unlucky", Place([Self.host]))
      let before = Self.seen()
      Rig.on(Self.host, "printf 'services:\\n  web\\n    image: [\\n' > \(directory)/compose.yaml")
      let files = Rig.on(Self.host, "ls -A \(directory); cat \(directory)/compose.yaml").text
      for (command, title) in [("service.apply", "Apply"), ("service.recreate", "Recreate")] {
        try await screen.perform(command)
        try await screen.wait(for: "then until it is")
        screen.press("Tab", "Enter")
        try await screen.wait(for: "Compose's words") {
          $0.contains("staging failed with exit status ") && $0.contains("yaml: ")
        }
        #expect(screen.place.records.last?["failure"]?.text?.contains("yaml: ") == true)
        #expect(screen.place.records.last?["exit_status"]?.number ?? 0 > 0)
        try await screen.dismiss(title)
      }
      #expect(Self.seen() == before)

      try await Self.limit(screen, to: "48m")
      let text = try await screen.wait(for: "! temporary, until the container is made anew")
      #expect(text.contains("yaml: "), "\(text.plain)")
      #expect(Self.seen("{{.HostConfig.Memory}}") == "50331648" && Self.seen() == before)
      #expect(screen.place.records.last?["note"]?.text?.hasPrefix("temporary, until") == true)
      #expect(Rig.on(Self.host, "ls -A \(directory); cat \(directory)/compose.yaml").text == files)
      try await screen.dismiss("Set the limits")
      try await screen.quit()
    }

    @Test func `where the project's disk is full limits are changed and said to be temporary, and no file is torn`()
      async throws
    {
      let directory = "/srv/unlucky"
      defer { Self.remove(directory) }
      try Self.start(in: directory, "sudo mount -t tmpfs -o size=128k,mode=755 tmpfs \(directory)")
      let screen = try await Screen.unlocked(on: "unlucky", Place([Self.host]))
      let before = Self.seen()
      Rig.on(Self.host, "head -c 1m /dev/zero > \(directory)/fill")
      try await Self.limit(screen, to: "48m")
      try await screen.wait(
        forWords: "! temporary, until the container is made anew: \(directory)/compose.override.yaml can't be written "
          + "(No space left on device)")
      #expect(Self.seen("{{.HostConfig.Memory}}") == "50331648" && Self.seen() == before)
      #expect(Rig.on(Self.host, "ls -A \(directory)").text == "compose.yaml\nfill")
      #expect(screen.place.records.last?["note"]?.text?.contains("No space left on device") == true)
      #expect(screen.place.records.last?["failure"] == .null)
      // With room again, the same is kept.
      Rig.on(Self.host, "rm \(directory)/fill")
      try await screen.dismiss("Set the limits")
      try await screen.wait(for: "the new limit in its row") { $0.contains("48M") }
      try await Self.limit(screen, to: "56m")
      try await screen.wait(forWords: "kept for the next docker compose up: web in \(directory)/compose.override.yaml")
      #expect(Rig.on(Self.host, "ls -A \(directory)").text == "compose.override.yaml\ncompose.yaml")
      try await screen.dismiss("Set the limits")
      try await screen.quit()
    }

    @Test func `a directory with blanks, quotes, commands and leading dashes is one like any other`() async throws {
      let parent = "/srv/-x 'a\" $(touch owned) `touch owned` ;é\\n"
      let directory = parent + "/-rf --all"
      defer { Self.remove(parent) }
      try Self.start(in: directory)
      let screen = try await Screen.unlocked(on: "unlucky", Place([Self.host]))
      let first = Self.seen()
      try await act(screen, "service.restart", "Restart")
      #expect(Self.seen("{{.Id}}") == first.prefix(64) && Self.seen() != first)
      Rig.on(
        Self.host, "cd \(ShellWord.quoted(directory)) && echo '    environment: { APPLIED: \"1\" }' >> compose.yaml")
      try await act(screen, "service.apply", "Apply")
      #expect(Self.seen("{{.Config.Env}}").contains("APPLIED=1"))
      let applied = Self.seen("{{.Id}}")

      // The row is that of the new container before anything else is asked of it.
      try await screen.wait(for: "its new age") { $0.contains(#/running .* [0-9]s\s*│/#) }
      try await Self.limit(screen, to: "48m")
      try await screen.wait(for: "kept for the next docker compose up")
      try await screen.dismiss("Set the limits")
      try await act(screen, "service.recreate", "Recreate")
      #expect(Self.seen("{{.Id}}") != applied)
      #expect(Self.seen("{{.HostConfig.Memory}}") == "50331648")
      let owned = Rig.on(Self.host, "sudo find /srv ~ /tmp /root -name owned")
      #expect(owned.text == "", "\(owned.output)")
      try await screen.quit()
    }

    @Test func `labels with line breaks or dashes are not guessed at: the service is refused, with the reason`()
      async throws
    {
      defer { Scratch.remove("slow-1") }
      let screen = Screen(Place([Self.host]))
      try await screen.waitUntilLive()
      screen.press("u")
      let labels = [
        (
          ["project.working_dir": "/srv/ess\nai", "project.config_files": "/srv/ess\nai/compose.yaml"],
          "Compose labels hold line breaks or controls"
        ),
        (["project.working_dir": "-rf", "project.config_files": "/srv/essai/compose.yaml"], "does not say where"),
        (["project.working_dir": "/srv/essai", "service": "--all"], "Compose would not take --all for a name"),
      ]
      for (labels, reason) in labels {
        try Scratch.start("slow-1", labels: labels)
        let id = Scratch.inspected("slow-1", "{{.Id}}").prefix(12)
        if screen.text.contains("/slow-1") == false { try await screen.select(container: "slow-1") }
        try await screen.wait(for: "that container alone") { $0.contains(#/┌ Containers of staging 1 /#) }
        screen.press("Enter")
        try await screen.wait(for: "its page", limit: .seconds(30)) { $0.contains(id) }
        try await screen.perform("service.restart")
        try await screen.wait(forWords: reason)
        #expect(!screen.text.contains("[ Run ]"))
        screen.press("Escape")
        try await screen.wait(for: "┌ Hosts")
      }
      #expect(screen.place.records.isEmpty)
      try await screen.quit()
    }

    private func act(_ screen: Screen, _ command: String, _ title: String) async throws {
      try await screen.perform(command)
      try await screen.wait(for: "then until it is")
      screen.press("Tab", "Enter")
      try await screen.wait(for: "staging done", limit: .seconds(40))
      try await screen.dismiss(title)
      // Its row has heard of it.
      try await screen.wait(for: "its row") { $0.contains(#/web +running/#) }
    }
  }
}

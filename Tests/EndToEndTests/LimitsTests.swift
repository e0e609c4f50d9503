import Fleet
import Testing

extension EndToEnd {
  /// Vertical scaling by keys, as `docker inspect` and Compose see it.
  @Suite struct Limits {
    /// How the engine has a container.
    private struct Seen: Equatable {
      var id = ""
      var startedAt = ""
      /// Billionths of a core, bytes, and bytes with swap.
      var limits: [String] = []

      init(_ host: String, _ container: String) {
        let format =
          "{{.Id}} {{.State.StartedAt}} {{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"
        let words = Rig.on(host, "docker inspect --format '\(format)' \(container)").text.split(separator: " ")
        guard words.count == 5 else { return }
        (id, startedAt, limits) = (String(words[0]), String(words[1]), words[2...].map(String.init))
      }
    }

    private static let mark =
      "# Limits set with vigie, which writes this file: put nothing else here. "
      + "A file without this line is never changed."

    private func text(_ host: String, _ path: String) -> String { Rig.on(host, "cat \(path) 2> /dev/null").text }

    private func names(_ host: String, _ directory: String) -> String {
      Rig.on(host, "ls -A \(directory) | grep -E 'compose|[.]env' | paste -sd ' '").text
    }

    /// Unlocks the console and opens the form of a container, in a list that has nothing else.
    /// - Parameter figure: what the form must show, once the parts were asked.
    private func open(_ container: String, _ place: Place, with figure: String = "") async throws -> Screen {
      let screen = Screen(place)
      try await screen.waitUntilLive()
      screen.press("u", "*", "2", "/")
      screen.type(container)
      screen.press("Enter")
      try await screen.wait(for: "that container alone") { $0.contains("/\(container) ─") && $0.contains("UNLOCKED") }
      // What scales within is in the form only if it was known when that was opened.
      try await wait(for: "the form", limit: .seconds(60), evidence: { screen.text }) {
        let text = screen.text
        if !text.contains("┌ Limits of \(container) ") {
          screen.press("v")
        } else if text.contains(figure) {
          return true
        } else {
          screen.press("Escape")
        }
        return nil
      }
      return screen
    }

    /// Closes what is open, by a key that must not be taken for the first of a sequence.
    private func close(_ screen: Screen) async throws {
      screen.press("Escape")
      try await screen.wait(for: "the panes") { text in
        ["┌ Set the limits", "┌ Undo: ", "┌ Limits of", "┌ Recreate"].allSatisfy { !text.contains($0) }
      }
    }

    /// Waits until the console knows the container that took the former one's place, on its page.
    private func knows(_ screen: Screen, _ id: String) async throws {
      try await close(screen)
      try await wait(
        for: "the page of \(id.prefix(12))", limit: .seconds(40), evidence: { screen.text }
      ) {
        let text = screen.text
        if text.contains(id.prefix(12)) { return true }
        // Nothing opens while neither is listed, and the former one's page says that it is gone.
        if text.contains("┌ Hosts") { screen.press("Enter") }
        if text.contains("no longer has") { screen.press("Escape") }
        return nil
      }
    }

    /// Asks for the way back of what was done last; it is refused for as long as the use of a new container is unknown.
    private func undo(_ screen: Screen) async throws {
      try await wait(for: "the way back", limit: .seconds(20), evidence: { screen.text }) {
        let text = screen.text
        if text.contains("Cancel ]") { return true }
        screen.press(text.contains("u: Undo") ? "u" : "p")
        return nil
      }
    }

    /// Waits for the question that shows a command; long ones are wrapped.
    private func asks(_ screen: Screen, _ command: String, about id: String) async throws {
      try await screen.wait(for: "\(command) \(id)") { text in
        let line = text.split(separator: "\n").joined(separator: " ").split { " │┃".contains($0) }.joined(
          separator: " ")
        return line.contains(command) && line.contains(id.prefix(12))
      }
    }

    /// Answers the question, by the name where it is production.
    private func confirm(_ screen: Screen, project: String?) async throws {
      if let project {
        screen.type(project)
        screen.press("Enter")
      } else {
        screen.press("Tab", "Enter")
      }
      try await screen.wait(for: "the end", limit: .seconds(60)) {
        $0.contains("done in") || $0.contains("failed with")
      }
      #expect(screen.text.contains("done in"), "\(screen.text.plain)")
    }

    @Test func `limits are raised under load without a restart, outlive the next up, and go back by one key`()
      async throws
    {
      let (host, name, directory) = ("web-1", "boutique-php-1", "/srv/boutique")
      let recreate = "cd \(directory) && docker compose --ansi never up -d --force-recreate"
      defer {
        Rig.on(host, "sudo rm -f \(directory)/compose.override.yaml \(directory)/compose.vigie.yaml; \(recreate)")
      }
      let before = Seen(host, name)
      let files = names(host, directory)
      #expect(before.limits == ["250000000", "134217728", "268435456"])
      Rig.on(host, "docker exec -d \(name) timeout 300 sh -c 'while :; do :; done'")

      let place = Place(["web-1"])
      let screen = try await open(name, place)
      try await screen.wait(for: "throttling and a proposal", limit: .seconds(60)) { text in
        guard let share = text.firstMatch(of: #/throttled +(\d+)(?:\.\d)?% of periods/#) else { return false }
        return Int(share.1) ?? 0 >= 60 && text.contains(#/0\.5: throttled in \d+% of periods at 0\.25/#)
      }
      screen.type("1.5")
      screen.press("Down")
      screen.type("1m")
      screen.press("Enter")
      try await screen.wait(for: "Docker takes no less than 6m of memory")
      screen.press("BSpace", "BSpace")
      screen.type("8m")
      screen.press("Enter")
      try await screen.wait(for: "8m is below the ")
      screen.type("384m")
      screen.press("Enter")
      try await asks(screen, "docker update --cpus 1.5 --memory 384m --memory-swap 512m", about: before.id)
      #expect(screen.text.contains("'  php: {cpus: 1.5, mem_limit: 384m, memswap_limit: 512m}'"))
      try await confirm(screen, project: "boutique")

      let raised = ["1500000000", "402653184", "536870912"]
      let after = Seen(host, name)
      #expect(after.limits == raised)
      #expect(after.id == before.id && after.startedAt == before.startedAt)
      #expect(
        text(host, "\(directory)/compose.override.yaml")
          == "\(Self.mark)\nservices:\n  php: {cpus: 1.5, mem_limit: 384m, memswap_limit: 512m}")
      try await screen.wait(for: "the end of the throttling", limit: .seconds(60)) {
        $0.contains(#/throttled +\d+(\.\d)?% of periods +→ 0(\.\d)?% of periods/#)
      }

      Rig.on(host, recreate)
      let anew = Seen(host, name)
      #expect(anew.id != before.id && anew.limits == raised)

      // The container is another one now: the way back is for what stands in its place.
      try await knows(screen, anew.id)
      try await undo(screen)
      try await asks(screen, "docker update --cpus 0.25 --memory 128m --memory-swap 256m", about: anew.id)
      try await confirm(screen, project: "boutique")
      let back = Seen(host, name)
      #expect(back.limits == before.limits)
      #expect(back.id == anew.id && back.startedAt == anew.startedAt)
      #expect(names(host, directory) == files)
      Rig.on(host, recreate)
      #expect(Seen(host, name).limits == before.limits)
      try await close(screen)
      screen.press("1")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }

    @Test func `beside a person's override, COMPOSE_FILE names ours; vigie's own recreate finds it`() async throws {
      let (host, name, directory) = ("staging", "essai-probe-1", "/srv/essai")
      let theirs = "services: { probe: { cpus: 0.5 } }"
      let recreate = "cd \(directory) && docker compose --ansi never up -d --no-deps --force-recreate probe"
      Rig.on(host, "echo '\(theirs)' | sudo tee \(directory)/compose.override.yaml; \(recreate)")
      let environment = text(host, "\(directory)/.env")
      defer {
        let lines = "sudo sed -i '/^COMPOSE_FILE=/d' \(directory)/.env"
        Rig.on(
          host, "\(lines); sudo rm -f \(directory)/compose.override.yaml \(directory)/compose.vigie.yaml; \(recreate)")
      }
      let before = Seen(host, name)
      #expect(before.limits == ["500000000", "16777216", "33554432"])

      let place = Place(["staging"])
      let screen = try await open(name, place)
      screen.press("Down")
      screen.type("48m")
      screen.press("Enter")
      try await asks(screen, "docker update --memory 48m --memory-swap 64m", about: before.id)
      try await confirm(screen, project: nil)
      let raised = ["500000000", "50331648", "67108864"]
      let after = Seen(host, name)
      #expect(after.limits == raised && after.id == before.id && after.startedAt == before.startedAt)
      #expect(text(host, "\(directory)/compose.override.yaml") == theirs)
      #expect(
        text(host, "\(directory)/.env")
          == environment + "\nCOMPOSE_FILE=compose.yaml:compose.override.yaml:compose.vigie.yaml")
      Rig.on(host, recreate)
      #expect(Seen(host, name).limits == raised)

      // From files named one by one, as a container of an older vigie was: its labels do not know of ours.
      let named = "docker compose --ansi never -f compose.yaml -f compose.override.yaml"
      Rig.on(host, "cd \(directory) && \(named) up -d --no-deps --force-recreate probe")
      #expect(Seen(host, name).limits == before.limits)
      try await knows(screen, Seen(host, name).id)
      screen.press(":")
      screen.type("service.recreate")
      screen.press("Enter")
      try await screen.wait(for: "compose.vigie.yaml")
      screen.press("Tab", "Enter")
      try await wait(for: "the limits of our file", limit: .seconds(60), evidence: { screen.text }) {
        Seen(host, name).limits == raised ? true : nil
      }
      try await screen.wait(for: "done in", limit: .seconds(60))
      try await close(screen)
      screen.press("1")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }

    @Test func `a limit is taken away and comes back, and Redis's maximum goes with it`() async throws {
      let (host, name, directory) = ("staging", "essai-redis-1", "/srv/essai")
      let maximum =
        "docker exec -i \(name) sh -c 'IFS= read -r REDISCLI_AUTH; export REDISCLI_AUTH; "
        + "redis-cli CONFIG GET maxmemory' < \(directory)/redis-password | tail -n 1"
      defer {
        Rig.on(host, "sudo rm -f \(directory)/compose.override.yaml")
        Rig.on(host, "cd \(directory) && docker compose --ansi never up -d --no-deps --force-recreate redis")
      }
      let before = Seen(host, name)
      let files = names(host, directory)
      #expect(before.limits == ["0", "33554432", "67108864"])
      let place = Place(["staging"])
      let screen = try await open(name, place, with: "[ ] maxmemory")
      screen.press("Down")
      screen.type("64m")
      screen.press("Down", "Space")
      try await screen.wait(for: #"[x] maxmemory"#)
      screen.press("Enter")
      try await screen.wait(for: "bash -s -- maxmemory 16m")
      #expect(!screen.text.contains(text(host, "\(directory)/redis-password")))
      try await confirm(screen, project: nil)
      #expect(Seen(host, name).limits == ["0", "67108864", "100663296"])
      #expect(Rig.on(host, maximum).text == "16777216")
      // The file that it would keep it in is made anew with the container.
      #expect(screen.text.contains("! temporary, until the container is made anew: /tmp/redis.conf"))
      screen.press("u")
      try await screen.wait(for: "bash -s -- maxmemory 8m")
      try await confirm(screen, project: nil)
      #expect(Seen(host, name).limits == before.limits && names(host, directory) == files)
      #expect(Rig.on(host, maximum).text == "8388608")

      try await close(screen)
      screen.press("v")
      try await screen.wait(for: "┌ Limits of \(name) ")
      screen.press("Down", "DC", "Enter")
      try await asks(screen, "docker update --memory 1073741824g --memory-swap 2147483648g", about: before.id)
      try await confirm(screen, project: nil)
      let path = "/sys/fs/cgroup/memory/docker/\(before.id)/memory.limit_in_bytes"
      #expect(Int(text(host, path)) ?? 0 > 1 << 59)
      #expect(text(host, "\(directory)/compose.override.yaml").hasSuffix("  redis: {mem_limit: 0, memswap_limit: 0}"))
      Rig.on(host, "cd \(directory) && docker compose --ansi never up -d --no-deps --force-recreate redis")
      #expect(Seen(host, name).limits == ["0", "0", "0"])
      try await knows(screen, Seen(host, name).id)
      try await undo(screen)
      try await screen.wait(for: "docker update --memory 32m --memory-swap 64m")
      try await confirm(screen, project: nil)
      #expect(Seen(host, name).limits == before.limits && names(host, directory) == files)
      try await close(screen)
      screen.press("1")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }

    @Test func `PHP's workers scale with their container, by a graceful reload`() async throws {
      let (host, name, directory) = ("web-1", "boutique-php-1", "/srv/boutique")
      let count =
        "docker exec \(name) php-fpm8.2 -tt -y /etc/fpm.conf 2>&1 | sed -n 's/.*pm.max_children = //p' | tail -n 1"
      let pool = text(host, "\(directory)/php-fpm.conf")
      defer {
        Rig.on(host, "sudo sed -i.bak 's/^pm.max_children = .*/pm.max_children = 6/' \(directory)/php-fpm.conf")
        Rig.on(host, "sudo rm -f \(directory)/compose.override.yaml \(directory)/php-fpm.conf.bak")
        Rig.on(host, "cd \(directory) && docker compose --ansi never up -d --no-deps --force-recreate php")
      }
      let before = Seen(host, name)
      let place = Place(["web-1"])
      let screen = try await open(name, place, with: "[ ] pm.max_children")
      screen.press("Down")
      screen.type("256m")
      screen.press("Down", "Space", "Enter")
      try await screen.wait(for: "bash -s -- pm.max_children 12")
      try await confirm(screen, project: "boutique")
      #expect(Rig.on(host, count).text == "12")
      #expect(text(host, "\(directory)/php-fpm.conf") == pool.replacing("max_children = 6", with: "max_children = 12"))
      let after = Seen(host, name)
      #expect(after.id == before.id && after.startedAt == before.startedAt)
      let visit = Rig.fleet(
        "visit", host, "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "https://boutique.example/")
      #expect(visit.text == "200")
      try await knows(screen, before.id)
      try await screen.wait(for: "the new number", limit: .seconds(40)) { $0.contains("limit 12") }
      try await undo(screen)
      try await screen.wait(for: "bash -s -- pm.max_children 6")
      try await confirm(screen, project: "boutique")
      #expect(Rig.on(host, count).text == "6" && text(host, "\(directory)/php-fpm.conf") == pool)
      #expect(Seen(host, name).startedAt == before.startedAt)
      try await close(screen)
      screen.press("1")
      try await screen.wait(for: "the panes") { $0.contains("┌ Hosts") }
      try await screen.quit()
    }

    @Test func `where PHP's workers could not follow, the limit that was set before can be taken back`() async throws {
      let (host, name, pool) = ("web-1", "boutique-php-1", "/srv/boutique/php-fpm.conf")
      defer {
        Rig.on(host, "sudo sed -i.bak '/^pm.max_children = 7$/d' \(pool); sudo rm -f \(pool).bak")
        Rig.on(host, "sudo rm -f /srv/boutique/compose.override.yaml")
        Rig.on(host, "cd /srv/boutique && docker compose --ansi never up -d --no-deps --force-recreate php")
      }
      let before = Seen(host, name)
      let place = Place(["web-1"])
      let screen = try await open(name, place, with: "[ ] pm.max_children")
      // In two lines, none can be told to be the one.
      Rig.on(host, "echo 'pm.max_children = 7' | sudo tee -a \(pool)")
      screen.press("Down")
      screen.type("256m")
      screen.press("Down", "Space", "Enter")
      try await screen.wait(for: "bash -s -- pm.max_children 12")
      screen.type("boutique")
      screen.press("Enter")
      let result = try await screen.wait(for: "u: Undo", limit: .seconds(60))
      #expect(result.contains("failed with exit status 1: pm.max_children is set in 2 lines"), "\(result.plain)")
      #expect(Seen(host, name).limits == ["250000000", "268435456", "402653184"])
      screen.press("u")
      let question = try await screen.wait(for: "docker update --memory 128m --memory-swap 256m")
      #expect(!question.contains("pm.max_children"), "\(question.plain)")
      try await confirm(screen, project: "boutique")
      #expect(Seen(host, name).limits == before.limits)
      #expect(!names(host, "/srv/boutique").contains("override"))

      let records = place.vigie("audit-log", "--json").output
      #expect(records.contains(#""reported":["written: /srv/boutique/compose.override.yaml","  services:","#))
      #expect(records.contains(##"\n# Only a file that begins with this line is ever changed."##))
      try await close(screen)
      try await screen.quit()
    }

    @Test func `what keeps limits does so with the hosts' own Compose, in every situation`() {
      func encoded(_ path: String) -> String { run("base64", "--wrap=0", Rig.root + path).text }
      let outcome = Rig.on(
        "staging",
        """
        d=$(mktemp -d); echo \(encoded("/Tests/Limits/cases")) | base64 -d > $d/cases; \
        echo \(encoded("/Sources/Operations/keep/limits.bash")) | base64 -d > $d/limits.bash; \
        bash $d/cases $d/limits.bash; status=$?; rm -rf $d; exit $status
        """)
      #expect(outcome.status == 0, "\(outcome.output.plain)")
    }
  }
}

import Fleet
import Testing

extension EndToEnd {
  @Suite struct WithoutAScreen {
    private static let hostNames = [
      "name", "environment", "state", "age_seconds", "reason", "cpu.used_ratio", "cpu.cores", "memory.used_bytes",
      "memory.total_bytes", "load.one", "disks", "containers", "caches",
    ]
    private static let containerNames = [
      "id", "name", "project", "service", "image", "state", "health", "restart_count", "cpu.used_cores",
      "cpu.limit_cores", "memory.used_bytes", "memory.limit_bytes",
    ]
    private static let cacheNames = [
      "container", "hit_ratio", "hits_per_second", "misses_per_second", "used_bytes", "max_bytes",
      "evicted_per_second", "keys",
    ]

    @Test func `one JSON document has every name, and figures as the hosts themselves give them`() async throws {
      let place = Place()
      let (status, document) = try place.document("--fleet", place.fleetFile, "--once", "--json")
      #expect(status == 0)
      #expect(document["incidents"] != nil)
      #expect(document["hosts"]?.list.count == 3)
      for name in place.hosts {
        let host = try #require(document["hosts"]?.named(name))
        for path in Self.hostNames { #expect(host[path] != nil, "\(path) of \(name)") }
        #expect(host["state"] == .text("live"))
        #expect(host["reason"] == .null)
        #expect((0...1).contains(try #require(host["cpu.used_ratio"]?.number)))
        let total = try #require(Double(Rig.on(name, "free -b | awk '/^Mem/ { print $2 }'").text))
        let used = try #require(Double(Rig.on(name, "free -b | awk '/^Mem/ { print $2 - $7 }'").text))
        #expect(host["memory.total_bytes"]?.number == total)
        #expect(abs(try #require(host["memory.used_bytes"]?.number) - used) < total / 10)
        #expect(host["cpu.cores"]?.number == Double(Rig.on(name, "nproc --all").text))
        try expectContainers(of: host, on: name)
        let cache = try #require(host["caches"]?.list.first)
        for path in Self.cacheNames { #expect(cache[path] != nil, "\(path) of the cache on \(name)") }
        #expect(cache["max_bytes"]?.number == Double((name == "staging" ? 8 : 32) << 20))
        let disk = try #require(host["disks"]?.list.first { $0["mount"] == .text("/") })
        let size = try #require(Double(Rig.on(name, "df -B1 --output=size / | tail -n 1").text))
        #expect(disk["total_bytes"]?.number == size)
      }
      try await place.waitUntilClean()
    }

    private func expectContainers(of host: Value, on name: String) throws {
      let format = "{{.Id}} {{.State.Status}} {{.HostConfig.Memory}} {{.RestartCount}} {{.Name}}"
      let lines = Rig.on(name, "docker inspect --format '\(format)' $(docker ps -aq)").text.split(separator: "\n")
      let containers = try #require(host["containers"])
      #expect(containers.list.count == lines.count)
      for line in lines {
        let words = line.split(separator: " ").map(String.init)
        let container = try #require(containers.named("\(words[4].dropFirst())"))
        for path in Self.containerNames { #expect(container[path] != nil, "\(path) of \(words[4])") }
        #expect(container["id"]?.text == words[0])
        #expect(container["state"]?.text == words[1])
        #expect(container["memory.limit_bytes"] == (words[2] == "0" ? .null : Double(words[2]).map(Value.number)))
        #expect(container["restart_count"]?.number == Double(words[3]))
        let used = container["memory.used_bytes"]?.number
        #expect(words[1] == "running" ? used ?? 0 > 100_000 : used == nil, "\(words[4])")
      }
    }

    @Test func `a host that is cut off is unknown, never zero, and the exit status says so`() async throws {
      let place = Place()
      defer { Rig.fleet("heal", "partition", "web-2") }
      Rig.fleet("fault", "partition", "web-2")
      let (status, document) = try place.document("--fleet", place.fleetFile, "--once", "--json")
      #expect(status == 1)
      let host = try #require(document["hosts"]?.named("web-2"))
      #expect(["unreachable", "stale", "connecting"].contains(host["state"]?.text))
      for path in ["age_seconds", "cpu.used_ratio", "memory.used_bytes", "load.one"] {
        #expect(host[path] == .null, "\(path)")
      }
      #expect(host["containers"] == .list([]))
      for name in ["web-1", "staging"] { #expect(document["hosts"]?.named(name)?["state"] == .text("live")) }
      try await place.waitUntilClean()
    }

    @Test func `a bad fleet file is refused with a sentence, and no screen is opened`() async throws {
      let place = Place()
      let file = place.directory + "/bad.json5"
      write("{ hosts: [{ name: \"web-1\", enviroment: \"prod\" }, { name: \"web-1\" }] }", to: file)
      let outcome = place.vigie("check", file)
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("bad.json5"))
      #expect(outcome.output.contains("enviroment") && outcome.output.contains("environment"))
      #expect(place.vigie("--fleet", file, "--once", "--json").status == 2)
      let good = place.vigie("check", place.fleetFile)
      #expect(good.status == 0, "\(good.output)")

      let screen = Screen(place, ["--fleet", file])
      try await screen.wait(for: "ended 2")
      #expect(!String(decoding: screen.bytes, as: UTF8.self).contains("\u{1B}[?1049h"))
    }
  }
}

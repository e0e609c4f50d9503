import Testing

extension EndToEnd {
  @Suite struct Recordings {
    @Test func `what was recorded plays again with the same hosts and containers`() async throws {
      let place = Place()
      let file = place.directory + "/fleet.vigie"
      let outcome = place.vigie("record", file, "--fleet", place.fleetFile, "--for", "8")
      #expect(outcome.status == 0, "\(outcome.output)")
      try await place.waitUntilClean()

      let (_, document) = try place.document("replay", file, "--once", "--json")
      #expect(Set(document["hosts"]?.list.compactMap { $0["name"]?.text } ?? []) == Set(place.hosts))
      for host in place.hosts {
        let found = document["hosts"]?.named(host)?["containers"]?.list.compactMap { $0["id"]?.text } ?? []
        let real = Rig.on(host, "docker ps -aq --no-trunc").text.split(separator: "\n").map(String.init)
        #expect(Set(found) == Set(real))
        #expect(document["hosts"]?.named(host)?["cpu.used_ratio"]?.number != nil)
      }

      let screen = Screen(place, ["replay", file])
      let text = try await screen.wait(for: "the hosts of the recording") { text in
        place.hosts.allSatisfy { Screen.row(of: $0, in: text)?.contains(#/ \d+% /#) ?? false }
      }
      #expect(text.contains("replay"))
      try await screen.wait(for: "containers of the first host") { $0.contains(#/│(boutique|journal|essai) /#) }
      try await screen.quit()
    }
  }
}

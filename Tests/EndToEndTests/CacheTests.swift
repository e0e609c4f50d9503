import Testing

extension EndToEnd {
  @Suite struct Caches {
    @Test(arguments: [25, 50, 95])
    func `the hit rate of the last minute is what a script made it`(percent: Int) async throws {
      let place = Place(["staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      try await screen.wait(for: "a Redis", limit: .seconds(30)) { $0.contains(#/│essai .*/8\.0M/#) }
      // So many look-ups that whatever else asks this Redis in the same minute does not matter.
      let script = """
        redis.call('SET', 'vigie:there', 1) \
        for i = 1, 20000 do redis.call('GET', i % 100 < \(percent) and 'vigie:there' or 'vigie:absent') end \
        redis.call('DEL', 'vigie:there') return 'made'
        """
      let made = Rig.on("staging", Self.redis("EVAL \"\(script)\" 0"))
      #expect(made.text == "made", "\(made.output)")
      try await screen.wait(for: "a hit rate of \(percent) %", limit: .seconds(40)) { text in
        guard let match = text.firstMatch(of: #/│essai +(?:redis +)?(\d+)(\.\d+)?%/#), let shown = Int(match.1) else {
          return false
        }
        return abs(shown - percent) <= 2
      }
      // Counters that begin anew are no negative rate.
      Rig.on("staging", Self.redis("CONFIG RESETSTAT"))
      screen.press("S")
      try await screen.expectKeysAnswer()
      #expect(!screen.text.contains(#/│essai [^│]*[0-9?] +-\d/#))
    }

    /// The command line that asks staging's Redis, whose password is in a file there.
    private static func redis(_ words: String) -> String {
      "REDISCLI_AUTH=$(cat /srv/essai/redis-password) docker exec -e REDISCLI_AUTH essai-redis-1 redis-cli \(words)"
    }
  }
}

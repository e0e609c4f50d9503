import Glibc
import Testing

extension EndToEnd {
  @Suite struct Ending {
    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT])
    func `a signal leaves a usable terminal and clean hosts`(signal: Int32) async throws {
      let place = Place(["web-1", "staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      kill(try #require(screen.process), signal)
      try await screen.wait(for: "the end") { $0.contains(#/ended [0-9]+/#) }
      try await screen.expectUsableTerminal()
      // Two intervals, and a moment for a slow machine.
      try await place.waitUntilClean(limit: .seconds(8))
    }

    @Test func `KILL leaves clean hosts`() async throws {
      let place = Place(["web-1", "staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      kill(try #require(screen.process), SIGKILL)
      try await wait(for: "the end") { screen.process == nil ? true : nil }
      try await wait(for: "the end of the alternate screen") { screen.property("alternate_on") == "0" ? true : nil }
      try await place.waitUntilClean(limit: .seconds(8))
    }

    @Test func `a terminal that goes away ends it`() async throws {
      let place = Place(["staging"])
      let screen = Screen(place)
      try await screen.waitUntilLive()
      let sockets = place.socketDirectories
      screen.close()
      try await place.waitUntilClean(of: sockets, limit: .seconds(8))
    }
  }
}

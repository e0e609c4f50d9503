import Fleet
import Testing

extension EndToEnd {
  /// What a host is sold as, and where a larger one is ordered.
  @Suite struct ServerModels {
    @Test func `the page has what the host has and lacks, and copies the address where a person orders`() async throws {
      let said = Rig.on("web-1", "nproc; free --bytes; df -B1 --output=size /").text.split(separator: "\n")
        .compactMap { $0.split(separator: " ").lazy.compactMap { UInt64($0) }.first }
      try #require(said.count == 4)
      let place = Place(["web-1", "staging"])
      place.change { $0.replacing("\"web-1\",", with: "\"web-1\", kind: \"vps\",") }
      let screen = Screen(place)
      try await screen.waitUntilLive()
      screen.press("m")
      let page = try await screen.wait(for: "the figures of the host") {
        $0.contains("┌ Model of web-1 vps") && $0.contains(#/disk +[0-9.]+% of/#)
      }
      let cores = "\(said[0]) \(said[0] == 1 ? "core" : "cores")"
      #expect(
        page.contains(
          "\(cores), \(ByteCount(said[1]).short) of memory, \((said[3] + 500_000_000) / 1_000_000_000)GB of disk at /"))
      #expect(page.contains("too little to choose a model by, which takes 30m"))
      screen.press("y")
      try await screen.wait(for: "copied")
      #expect(screen.clipboard == "https://manager.eu.ovhcloud.com/#/dedicated/vps")
      try await screen.dismiss("Model of")
      // Of what it is not said to be no model is known.
      screen.press("j", "m")
      try await screen.wait(for: "add kind: \"vps\" or \"dedicated\"")
      try await screen.quit()
    }
  }
}

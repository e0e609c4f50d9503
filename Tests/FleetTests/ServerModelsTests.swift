import Fleet
import Testing

/// The models that OVHcloud sells, as the file lists them.
struct ServerModelsTests {
  private func gigabytes(_ count: UInt64) -> ByteCount { ByteCount(count << 30) }

  @Test func `the shipped list is whole, has no mistakes, and goes up`() {
    let shipped = ServerModels.shipped
    #expect(shipped.problems.map(\.description) == [])
    #expect(shipped.models.map(\.name) == ["VPS-1", "VPS-2", "VPS-3", "VPS-4"])
    for (smaller, larger) in zip(shipped.models, shipped.models.dropFirst()) {
      #expect(larger.isLarger(thanSeen: smaller.cores, memory: smaller.memory, disk: smaller.disk))
    }
    for kind in HostKind.allCases { #expect(shipped.address(of: kind).hasPrefix("https://manager.eu.ovhcloud.com/#/")) }
    #expect(shipped.asOf.contains("20") && !shipped.range.isEmpty)
  }

  @Test(
    arguments: [
      // What a VPS-2 sees of itself: it is not larger than itself.
      (4, 7.7, 72, false), (4, 7.7, 40, true), (4, 3.8, 72, true), (2, 7.7, 72, true),
      // Less of anything is no larger one.
      (4, 3.8, 98, false), (6, 3.8, 40, false),
    ] as [(Int, Double, UInt64, Bool)])
  func `a larger model is more of something and less of nothing than what the system sees`(
    cores: Int, memory: Double, disk: UInt64, isLarger: Bool
  ) {
    let model = ServerModels.shipped.models[1]
    let seen = ByteCount(UInt64(memory * Double(1 << 30)))
    #expect(model.isLarger(thanSeen: cores, memory: seen, disk: ByteCount(disk * 1_000_000_000)) == isLarger)
  }

  @Test func `a mistake in the list is told with its place`() {
    let text = "{ range: \"x\", asOf: \"y\", vps: \"a\", dedicated: \"b\", models: [{ name: \"n\", cores: 0 }] }"
    let models = ServerModels(Array(text.utf8), file: "vps.json5")
    #expect(models.models.isEmpty && models.problems.count == 1)
    #expect(models.problems[0].description.hasPrefix("vps.json5:1:"))
  }
}

import Fleet
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("nmae", "name"), ("enviroment", "environment"), ("Hosts", "hosts"), ("host", "hosts"), ("tag", "tags"),
    ("domians", "domains"), ("colour", nil), ("", nil), ("x", nil), ("treshold", "thresholds"),
  ])
  func `the nearest name within a third of the length is found`(text: String, expected: String?) {
    let names = ["name", "hosts", "environment", "tags", "domains", "thresholds"]
    #expect(nearest(to: text, in: names) == expected)
  }

  @Test func `the first of equally near names wins`() {
    #expect(nearest(to: "web-3", in: ["web-1", "web-2"]) == "web-1")
  }

  @Test(arguments: [
    ("production", "prod"), ("warn", "warning"), ("vps", "ovh-vps"), ("ovh", nil), ("p", nil), ("ovh-", nil),
  ])
  func `an abbreviation means the one name that it abbreviates`(text: String, expected: String?) {
    #expect(meant(by: text, among: ["prod", "warning", "ovh-vps", "ovh-dedicated"]) == expected)
  }

  @Test func `a very long text has no neighbour`() {
    #expect(nearest(to: String(repeating: "a", count: 100_000), in: ["a"]) == nil)
  }
}

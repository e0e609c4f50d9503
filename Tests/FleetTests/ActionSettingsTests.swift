import Fleet
import FoundationEssentials
import Testing

/// `actions` in the fleet file, and what is asked because of it.
@Suite struct ActionSettingsTests {
  private func actions(_ text: String) throws -> ActionSettings {
    try FleetFile.parse("{ hosts: [{ name: 'a', environment: 'dev' }], actions: \(text) }", file: "fleet.json5").actions
  }

  @Test func `without the key, the console starts locked and acts on one thing at a time`() throws {
    let fleet = try FleetFile.parse("{ hosts: [{ name: 'a', environment: 'dev' }] }", file: "fleet.json5")
    #expect(fleet.actions == ActionSettings())
    #expect(try actions("{}") == ActionSettings())
    #expect(fleet.actions.startsLocked && fleet.actions.raisesInProduction)
    #expect(fleet.actions.unlockedFor == .seconds(900))
    #expect(fleet.actions.batch == 1 && fleet.actions.pause == .zero)
  }

  @Test func `every key means what it says`() throws {
    let read = try actions(
      """
      { locked: false, unlockedFor: "12h", batch: 20, pause: "1h", raiseInProduction: false,
        danger: { "container.restart": "harmless", "container.remove": "severe" } }
      """)
    var expected = ActionSettings()
    expected.startsLocked = false
    expected.unlockedFor = .seconds(12 * 3600)
    expected.batch = 20
    expected.pause = .seconds(3600)
    expected.raisesInProduction = false
    expected.dangers = [.containerRestart: .harmless, .containerRemove: .severe]
    #expect(read == expected)
  }

  @Test(arguments: [("1m", 60), ("90s", 90), ("1.5h", 5400)])
  func `each unit of a time is read`(text: String, seconds: Int64) throws {
    #expect(try actions("{ unlockedFor: '\(text)' }").unlockedFor == .seconds(seconds))
  }

  @Test func `production raises what the file says, and what deletes data is never lowered`() throws {
    let read = try actions("{ danger: { 'container.restart': 'harmless', 'container.start': 'severe' } }")
    #expect(read.danger(of: .containerRestart, in: .dev) == .harmless)
    #expect(read.danger(of: .containerRestart, in: .prod) == .interrupting)
    #expect(read.danger(of: .containerStart, in: .dev) == .severe)
    #expect(read.danger(of: .containerStart, in: .prod) == .severe)
    #expect(read.danger(of: .containerStop, in: .dev) == .interrupting)
    let lasting = try actions("{ raiseInProduction: false }")
    #expect(lasting.danger(of: .containerStop, in: .prod) == .interrupting)
    for action in ActionName.allCases where action.deletesData {
      #expect(throws: Problems.self) { try actions("{ danger: { '\(action.rawValue)': 'harmless' } }") }
    }
  }
}

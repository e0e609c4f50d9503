import Fleet
import Operations
import Surface
import Testing

@testable import Console

/// The menu of what can be done: its letters, its lock, its words.
struct MenuTests {
  /// Every place that has a menu, by the keys that lead there.
  private static let places: [(name: String, go: @Sendable (inout Desk) -> Void)] = [
    ("hosts", { $0.model.focus(.hosts) }), ("sites", { $0.model.focus(.sites) }),
    ("containers", { $0.model.focus(.containers) }), ("caches", { $0.model.focus(.caches) }),
    ("incidents", { $0.model.focus(.incidents) }),
    ("a host", { $0.model.detail = .host(HostName("web-1")) }),
    (
      "a container",
      { desk in
        desk.model.focus(.containers)
        desk.press("Enter")
      }
    ),
  ]

  @Test(arguments: Keymap.shipped)
  func `a letter does what the same key does outside the menu, or that key does nothing there`(keymap: Keymap) throws {
    let fleet = try #require(OwnCommandTests.fleet)
    for place in Self.places {
      var desk = Desk(fleet: fleet, keymap: keymap)
      desk.report(["web-1"])
      place.go(&desk)
      let menu = desk.model.actionMenu
      #expect(!menu.entries.isEmpty, "\(place.name)")
      for entry in menu.entries {
        guard let letter = entry.letter else { continue }
        let outside = desk.model.keymap.match([Key(.character(letter))], at: desk.model.scope)
        switch (entry.choice, outside) {
        case (_, .none): break
        case (.command(let command), .command(let other)): #expect(command == other, "\(letter) at \(place.name)")
        case (.own(let index), .own(let other)): #expect(index == other, "\(letter) at \(place.name)")
        default: Issue.record("\(letter) at \(place.name) is \(entry.title) in the menu, and \(outside) outside")
        }
      }
      let letters = menu.entries.compactMap(\.letter)
      #expect(Set(letters).count == letters.count)
    }
  }

  @Test func `what has a key of one letter has that letter, and what is dangerous has none of its own`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("2")
    let letters = Dictionary(uniqueKeysWithValues: desk.model.actionMenu.entries.map { ($0.title, $0.letter) })
    #expect(
      letters["logs"] == "l" && letters["restart"] == "r" && letters["service"] == "R" && letters["limits"] == "v")
    for title in ["kill", "remove", "stop", "start", "pause", "recreate"] { #expect(letters[title] == .some(nil)) }
    desk.press("1")
    #expect(desk.model.actionMenu.entries.first { $0.title == "reboot" }?.letter == nil)
  }

  @Test(arguments: Keymap.shipped) func `the key that unlocks the console does so in the menu, which stays`(
    keymap: Keymap
  ) {
    var desk = Desk(keymap: keymap)
    desk.report(["web-1"])
    desk.press("2", "x", "Down", "Down")
    guard case .menu(let before)? = desk.model.overlay else { return #expect(Bool(false)) }
    #expect(before.note == "locked: u unlocks it")
    desk.press("u")
    guard case .menu(let after)? = desk.model.overlay else { return #expect(Bool(false)) }
    #expect(desk.model.access.isUnlocked && after.note == nil && after.selected == before.selected)
    #expect(after.entries.contains { $0.choice == .command(.containerStop) && $0.unavailable == nil })
    desk.press("u")
    #expect(!desk.model.access.isUnlocked)
  }

  @Test func `moving and Enter choose what has no letter`() {
    var desk = Desk()
    desk.report(["staging"])
    desk.press("j", "j", "u", "2", "x")
    guard case .menu(let menu)? = desk.model.overlay,
      let index = menu.entries.firstIndex(where: { $0.choice == .command(.containerStop) })
    else { return #expect(Bool(false)) }
    for _ in 0..<index { desk.press("j") }
    desk.press("Enter")
    guard case .confirm(let asked)? = desk.model.overlay else { return #expect(Bool(false)) }
    #expect(asked.plan.jobs[0].steps[0].line.contains("docker stop"))
  }
}

import Fleet
import Surface
import Testing

@testable import Console

/// What the bottom line says, and when it gives the keys their place back.
struct NoticeTests {
  private static func desk() -> Desk {
    var desk = Desk()
    desk.report(["web-1"])
    return desk
  }

  @Test func `the next key takes a message away, and one that it says itself stays`() {
    var desk = Self.desk()
    desk.press("2", "r")
    #expect(desk.lines.last?.contains("locked: u unlocks it") == true)
    desk.press("j")
    #expect(desk.model.notice == nil)
    #expect(desk.lines.last?.contains("Enter open") == true)
    desk.press("u")
    #expect(desk.lines.last?.contains("unlocked for 15m") == true)
    desk.press("y")
    #expect(desk.lines.last?.contains("copied") == true)
  }

  @Test func `no key that means something here answers nothing`() {
    var desk = Self.desk()
    #expect(desk.press("S") == [.order(HostName("web-1"), "now")])
    #expect(desk.lines.last?.contains("web-1 is asked for fresh figures") == true)
    desk.press("a")
    #expect(desk.lines.last?.contains("stopped containers are hidden") == true)
    desk.press("a")
    #expect(desk.lines.last?.contains("stopped containers are shown") == true)
    desk.press("j")
    #expect(desk.press("S") == [])
    #expect(desk.lines.last?.contains("web-2 does not answer") == true)
  }

  @Test func `a key of another place says where it works`() {
    var desk = Self.desk()
    for (key, words) in [
      ("l", "l is container.logs: choose a container first"), ("f", "f is log.follow: open a log first"),
    ] {
      #expect(desk.press(key) == [])
      #expect(desk.lines.last?.contains(words) == true)
    }
    desk.press("2", "m")
    #expect(desk.lines.last?.contains("m is host.model: choose a host first") == true)
    desk.press("%")
    #expect(desk.model.notice == nil)
  }

  @Test func `the palette lists what can't be done here, with the reason, and a whole word of a name first`() {
    var desk = Self.desk()
    #expect(desk.model.paletteEntries("stop").first == .command(.containerStop))
    desk.press(":", "s", "t", "o", "p")
    #expect(desk.text.contains("container.stop") && desk.text.contains("choose a container first"))
    #expect(desk.press("Enter") == [])
    #expect(desk.lines.last?.contains("choose a container first") == true)
    desk.press("2", ":", "h", "o", "s", "t", ".", "r", "e", "b", "Enter")
    #expect(desk.model.overlay == nil && desk.lines.last?.contains("choose a host first") == true)
  }

  @Test(arguments: ["r", "R", "v", "s", "u", "Space"]) func `a read-only console says that it is one`(key: String) {
    var desk = Self.desk()
    desk.model.access = .readOnly
    desk.press("2")
    #expect(desk.press(key) == [])
    #expect(desk.model.overlay == nil)
    #expect(desk.lines.last?.contains("this console is read-only") == true)
  }

  @Test func `Esc drops the filter first, then the marks, and says so`() {
    var desk = Self.desk()
    desk.press("u", "2", "Space", "/", "p", "h", "p", "Enter", "Esc")
    #expect(desk.model[.containers].filter.isEmpty && desk.model.marks.count == 1)
    desk.press("Esc")
    #expect(desk.model.marks.isEmpty)
    #expect(desk.lines.last?.contains("the mark is taken away") == true)
    #expect(CommandID.back.command.help.contains("marks"))
  }

  @Test func `the bottom line offers what the keys do in the box that is open`() {
    var desk = Self.desk()
    desk.press("u", "2", "r")
    #expect(desk.lines.last?.contains("Enter run it  Esc cancel  Tab scroll") == true)
    desk.press("Esc", "v", "j")
    #expect(desk.lines.last?.contains("Enter plan  Esc leave  Tab next figure") == true)
    desk.press("Esc", ":")
    #expect(desk.lines.last?.contains("Enter choose  Esc close  Tab next") == true)
  }

  @Test func `a message longer than the line takes more lines, over an open box too`() {
    var desk = Desk()
    desk.model.hint = ["This is the machine that vigie runs on."]
    desk.model.fleetFile = "~/.config/vigie/fleet.json5"
    desk.press("j", "m")
    let words = desk.lines.suffix(2).joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.hasSuffix("writes one; add kind: \"vps\" or \"dedicated\" to web-2 there"))
    #expect(words.contains("no fleet file says what web-2 is: vigie sample > ~/.config/vigie/fleet.json5"))
  }
}

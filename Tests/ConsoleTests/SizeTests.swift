import Fleet
import Surface
import Testing

@testable import Console

/// Terminals of all sizes: what does not fit is left out, and what one is looking at stays.
struct SizeTests {
  private static let sizes = [(40, 8), (41, 22), (60, 12), (79, 60), (80, 22), (80, 23), (200, 9), (300, 100)]

  @Test(arguments: ScreenTests.cases) func `every screen is drawn in every size`(screen: ScreenTests.Case) {
    var desk = Desk(width: 40, height: 8, glyphs: screen.glyphs, projects: screen.projects)
    if let fleet = screen.fleet { desk = Desk(fleet: fleet, width: 40, height: 8) }
    screen.story(&desk)
    for key in screen.keys { desk.press(key) }
    for (width, height) in Self.sizes {
      desk.take(.resized(Size(width: width, height: height)))
      let lines = desk.lines
      #expect(lines.count == height)
      #expect(lines[0].contains("live"), "\(width)x\(height): \(lines[0])")
      #expect(!lines[1].allSatisfy { $0 == " " }, "\(width)x\(height)")
    }
  }

  @Test func `in a small terminal the pane with the focus has it all, and Tab goes on to the next`() {
    var desk = Desk(width: 40, height: 8)
    desk.report(["web-1", "web-2", "staging"])
    let titles = (0..<5).map { _ in
      let line = desk.lines[1]
      desk.press("Tab")
      return line
    }
    for (line, title) in zip(
      titles, ["Hosts 3", "Containers of web-1 8", "Cache of web-1 1", "Incidents 0", "Hosts 3"])
    {
      #expect(line.contains("┌ \(title) ") && line.hasSuffix("┐"))
    }
    #expect(desk.lines[0].hasPrefix(" 3 hosts live") && desk.lines[0].contains("PROD"))
  }

  @Test func `in a small terminal a question shows what would run, and asks for its name`() {
    var desk = Desk(width: 40, height: 8)
    desk.report(["web-1"])
    desk.press("u", "2", "r")
    #expect(desk.text.contains("Type shop"))
    var seen = desk.text
    for _ in 0..<12 {
      desk.press("Down")
      seen += desk.text
    }
    #expect(seen.contains("docker restart") && seen.contains("Way back"))
  }

  @Test func `the limits are not shown in part`() {
    var desk = Desk(width: 60, height: 15)
    desk.report(["web-1"])
    desk.press("u", "2", "v")
    #expect(desk.model.overlay == nil)
    #expect(desk.text.contains("its form needs a terminal of 72x15, this has 60x15"))
  }

  @Test func `in a narrow terminal a site keeps its narrowest place`() {
    var desk = Desk(width: 40, height: 8, projects: ScreenTests.sites)
    desk.report(["web-1"])
    desk.press("5")
    #expect(desk.lines[2].contains("Visitors") && desk.lines[2].contains("Narrowest"))
  }

  @Test func `below that it says what it needs`() {
    var desk = Desk(width: 39, height: 8)
    #expect(desk.text.contains("vigie needs 40x8,") && desk.text.contains("and has 39x8"))
  }
}

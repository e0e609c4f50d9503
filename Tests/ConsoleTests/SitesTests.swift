import Fleet
import Operations
import Incidents
import Telemetry
import Testing

@testable import Console

/// The Sites view, the page of a project, and what is asked on demand.
struct SitesTests {
  private func desk(width: Int = 80, height: Int = 24) -> Desk {
    var desk = Desk(width: width, height: height, projects: ScreenTests.sites)
    ScreenTests.trouble(&desk)
    desk.model.settle()
    return desk
  }

  @Test func `a key leads to the sites, worst first, and Esc back`() {
    var desk = desk()
    desk.press("5")
    desk.model.settle()
    #expect(desk.model.rows(.sites).count == 2)
    #expect(desk.selected(.sites) == "shop")
    #expect(desk.model.selection(.sites) == .site(ProjectID(name: "shop", environment: .prod)))
    #expect(desk.text.contains("12 of 12 workers busy, 6 waiting"))
    desk.press("Esc")
    #expect(desk.model.focus == .hosts)
  }

  @Test func `only a large screen has them beside the others`() {
    #expect(desk(width: 109, height: 45).model.layout.panes[.sites] == nil)
    #expect(desk(width: 150, height: 41).model.layout.panes[.sites] == nil)
    let large = desk(width: 110, height: 42).model.layout
    #expect(large.panes.count == 5)
  }

  @Test func `Tab passes over what is not on the screen`() {
    var small = desk()
    small.press("Tab")
    #expect(small.model.focus == .containers)
    var large = desk(width: 150, height: 45)
    large.press("Tab")
    #expect(large.model.focus == .sites)
  }

  @Test func `a project opens on its narrowest part, and a part opens its container`() {
    var desk = desk()
    desk.press("5", "Enter")
    #expect(desk.model.projectPart?.role == .php)
    desk.press("Enter")
    guard case .container(let id)? = desk.model.detail else { return #expect(Bool(false)) }
    #expect(desk.model.facts(id)?.service == "php")
    desk.press("Esc")
    #expect(desk.model.isOnProject)
    desk.press("k")
    #expect(desk.model.projectPart?.role == .web)
    desk.press("u", "r")
    guard case .confirm(let confirmation)? = desk.model.overlay else { return #expect(Bool(false)) }
    #expect(confirmation.plan.jobs.map(\.subject) == ["shop-nginx-1"])
    desk.press("Esc", "Esc")
    #expect(desk.model.detail == nil)
  }

  @Test func `the page says what is not known, and what changes that`() {
    var desk = desk(width: 120, height: 60)
    desk.press("5", "Enter")
    #expect(desk.text.contains("database db on web-1: it needs a password"))
    #expect(desk.text.contains("name one in the fleet file"))
  }

  @Test func `the page says since when a certificate has expired`() {
    var desk = desk(width: 120, height: 60)
    desk.look("shop.example", daysLeft: -2)
    desk.press("5", "Enter")
    #expect(desk.text.contains("certificate expired on 2026-11-21, after 90d, by Let's Encrypt "))
  }

  @Test func `the page scrolls to its end and back`() {
    var desk = desk()
    desk.press("5", "Enter", "G")
    desk.press("G")
    #expect(desk.model.detailOffset == desk.model.detailHeight)
    #expect(desk.text.contains("now"))
    for _ in 0..<60 { desk.press("k") }
    #expect(desk.model.detailOffset == 0)
    #expect(desk.model.projectPart?.role == .proxy)
  }

  @Test func `what is slow is asked once, and comes line by line`() {
    var desk = desk()
    desk.press("5", "Enter")
    let id = desk.model.projectPart?.container.id ?? ""
    #expect(desk.press("t") == [.order(HostName("web-1"), "tell \(id) requests")])
    #expect(desk.text.contains("asked 0s ago"))
    desk.say(["answer \(id) requests 12.1s GET /checkout", "answer-end \(id) requests"], on: HostName("web-1"))
    #expect(desk.text.contains("12.1s GET /checkout"))
    desk.press("Esc")
    #expect(desk.model.overlay == nil)
  }

  @Test func `an answer that does not come is not waited for`() {
    var desk = desk()
    let host = HostName("web-1")
    #expect(desk.press("t") == [.order(host, "tell - processes"), .order(host, "tell - disk")])
    desk.wait(16)
    #expect(desk.text.contains("nothing came within 15 seconds"))
  }

  @Test func `of a host the processes stand above the disk, whichever came first`() throws {
    var desk = desk()
    desk.press("t")
    desk.say(["answer - disk Images: 2", "answer-end - disk"], on: HostName("web-1"))
    #expect(desk.text.contains("asked 0s ago"))
    desk.say(["answer - processes Processor", "answer-end - processes"], on: HostName("web-1"))
    let lines = desk.text.split(separator: "\n")
    let order = try ["Processor", "Images: 2"].map { word in try #require(lines.firstIndex { $0.contains(word) }) }
    #expect(order[0] < order[1] && !desk.text.contains("asked 0s ago"))
  }

  @Test func `since when is known also of what nobody looked at`() {
    var desk = Desk(width: 120, height: 40, projects: ScreenTests.sites)
    ScreenTests.trouble(&desk)
    desk.press("5")
    #expect(desk.text.contains("for 3 minutes"))
    desk.wait(60)
    #expect(desk.text.contains("not known: see its page"))
    #expect(!desk.text.contains("12/12"))
  }

  @Test func `of a host that was never heard nobody knows what a project has`() {
    var desk = Desk(width: 120, height: 40, projects: ScreenTests.sites)
    desk.take(.link(HostName("web-1"), .backingOff(until: desk.now + .seconds(8), attempt: 1, reason: "no route")))
    desk.press("5")
    let row = desk.lines.first { $0.hasPrefix("│shop") && $0.contains("prod") } ?? ""
    #expect(row.contains("not known: web-1 does not tell") && !row.contains("–"), "\(desk.text)")
  }

  @Test func `a filter and a sort work on the sites`() {
    var desk = desk()
    desk.press("5", "/", "d", "e", "v", "Enter")
    #expect(desk.model.rows(.sites) == [.site(ProjectID(name: "shop", environment: .dev))])
    desk.press("Esc", "o", "n")
    #expect(desk.model[.sites].sort == .name)
  }

  @Test func `the report has each project with its parts, and null for what is not known`() {
    var desk = desk()
    desk.take(.tick)
    guard case .object(let document) = Report.document(of: desk.model),
      case .array(let projects)? = document["projects"],
      case .object(let shop)? = projects.first, case .array(let parts)? = shop["parts"],
      case .array(let domains)? = shop["domains"], case .object(let domain)? = domains.first
    else { return #expect(Bool(false)) }
    #expect(shop["name"] == .string("shop"))
    #expect(shop["environment"] == .string("prod"))
    #expect(domain["status"] == .integer(200))
    #expect(domain["first_byte_seconds"] == .number(0.826))
    #expect(domain["redirects_to_https"] == .bool(true))
    #expect(domain["certificate_not_after"] == .string("2027-01-23T16:07:21Z"))
    let found = parts.compactMap { part -> [String: JSON]? in
      if case .object(let members) = part { members } else { nil }
    }
    let php = found.first { $0["role"] == .string("php") }
    #expect(php?["active"] == .integer(12))
    #expect(php?["limit"] == .integer(12))
    #expect(php?["queue"] == .integer(6))
    #expect(php?["state"] == .string("critical"))
    let database = found.first { $0["role"] == .string("database") }
    #expect(database?["connections"] == .null)
    #expect(database?["state"] == .string("unknown"))
    #expect(database?["why_unknown"] != .null)
    #expect(PlainTable.text(of: desk.model).contains("SITE"))
  }

  @Test func `a cache without a look-up has no hit rate, and the report says why`() {
    var desk = Desk(projects: ScreenTests.sites)
    desk.report(["web-1"], times: 2)
    guard case .object(let document) = Report.document(of: desk.model),
      case .array(let projects)? = document["projects"], case .object(let shop)? = projects.first,
      case .array(let parts)? = shop["parts"]
    else { return #expect(Bool(false)) }
    for case .object(let part) in parts where part["role"] == .string("cache") {
      #expect(part["state"] == .string("fine"))
      #expect(part["hit_ratio"] == .null)
      #expect(part["why_unknown"] == .string("its hit rate is not known: nothing was looked up between two answers"))
      return
    }
    Issue.record("no cache")
  }
}

import Fleet
import Glibc
import Surface
import Telemetry
import Testing

@testable import Console

/// Screens as text files that a reviewer can read; `make record` makes them anew.
struct ScreenTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var width = 80
    var height = 24
    var keys: [String] = []
    var glyphs = Glyphs.unicode
    var projects: [Project] = []
    /// Instead of the usual fleet.
    var fleet: FleetDefinition?
    /// What happens before the keys.
    var story: @Sendable (inout Desk) -> Void = { $0.report(["web-1", "web-2", "staging"]) }

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "fleet"),
    Case(name: "fleet-120", width: 120, height: 40),
    Case(name: "fleet-200", width: 200, height: 50),
    Case(name: "fleet-ascii", glyphs: .ascii),
    Case(name: "too-small", width: 39, height: 8),
    Case(name: "fleet-40", width: 40, height: 8, story: trouble),
    Case(name: "incidents-60", width: 60, height: 15, keys: ["4"], story: trouble),
    Case(name: "connecting", story: { _ in }),
    Case(
      name: "one-host-lost", width: 120, height: 30,
      story: { desk in
        desk.report(["web-1", "web-2", "staging"])
        desk.take(
          .link(
            HostName("web-1"),
            .backingOff(until: desk.now + .seconds(8), attempt: 2, reason: "there is no way to it (no route)")))
        desk.wait(4)
      }),
    Case(
      name: "needs-a-person",
      story: { desk in
        desk.report(["web-2"])
        desk.take(.link(HostName("web-1"), .needsPerson(reason: "its host key is not known here yet")))
      }),
    Case(
      name: "no-docker",
      story: { desk in
        let host = HostName("web-1")
        desk.take(.link(host, .live))
        desk.say(
          [
            "vigie-stream 1 token= host=web-1 boot=b kernel=6.1 pid=7 cgroup=2 interval=2000",
            "can docker no this user may not use Docker; add it to the docker group",
            "= 0 1795449817.000000 100.00", "load 0.10 0.20 0.30 1/100 7", ".",
          ], on: host)
      }),
    Case(
      name: "no-fleet-file",
      story: { desk in
        desk.model.hint = [
          "This is the machine that vigie runs on. To watch others, write them into fleet.json5:",
          "  { hosts: [ { name: \"web-1\", environment: \"prod\" } ] }",
          "  vigie sample > /home/somebody/with/a/long/path/to/his/configuration/vigie/fleet.json5",
        ]
        desk.report(["web-1"])
      }),
    Case(name: "sites", keys: ["5"], projects: sites, story: trouble),
    Case(name: "sites-120", width: 120, height: 40, keys: ["5"], projects: sites, story: trouble),
    Case(name: "sites-120x44", width: 120, height: 44, projects: sites, story: trouble),
    Case(name: "sites-200", width: 200, height: 50, keys: ["5"], projects: sites, story: trouble),
    Case(name: "project", keys: ["5", "Enter"], projects: sites, story: trouble),
    Case(name: "project-120", width: 120, height: 40, keys: ["5", "Enter"], projects: sites, story: trouble),
    Case(name: "project-200", width: 200, height: 50, keys: ["5", "Enter"], projects: sites, story: trouble),
    Case(name: "part", width: 120, height: 40, keys: ["5", "Enter", "Enter"], projects: sites, story: trouble),
    Case(name: "part-asked", keys: ["5", "Enter", "t"], projects: sites, story: trouble),
    Case(name: "help", keys: ["2", "?"]),
    Case(name: "help-200", width: 200, height: 50, keys: ["?"]),
    Case(name: "elsewhere", keys: ["2", ":", "r", "e", "b", "o"]),
    Case(name: "palette", keys: [":", "r", "e", "s"]),
    Case(name: "sort", keys: ["Tab", "o"]),
    Case(name: "actions", keys: ["Tab", "x"]),
    Case(name: "filter", keys: ["Tab", "/", "p", "h", "p"]),
    Case(name: "restart-asks", keys: ["u", "Tab", "r"]),
    Case(name: "restart-asks-40", width: 40, height: 8, keys: ["u", "Tab", "r"]),
    Case(name: "history", keys: ["H"], story: HistoryTests.story),
    Case(name: "history-120", width: 120, height: 40, keys: ["H", "/", "s", "h", "o", "p"], story: HistoryTests.story),
    Case(name: "record", keys: ["H", "Enter"], story: HistoryTests.story),
    Case(name: "limits", keys: ["u", "2", "G", "k", "k", "v", "Right", "Right"], story: trouble),
    Case(
      name: "limits-200", width: 200, height: 50, keys: ["u", "2", "G", "k", "k", "v", "Down", "3", "0", "0", "m"],
      story: trouble),
    Case(name: "limits-asks", keys: ["u", "2", "G", "k", "k", "v", "Right", "Enter"], story: trouble),
    Case(name: "own-question", keys: ["u", "Tab", "/", "p", "h", "p", "Enter", "Alt-w"], fleet: OwnCommandTests.fleet),
    Case(
      name: "own-asks", keys: ["u", "Tab", "/", "p", "h", "p", "Enter", "Alt-w", "Enter", "i", "t", "'", "s", "Enter"],
      fleet: OwnCommandTests.fleet),
    Case(name: "own-help", height: 40, keys: ["?", "PageDown"], fleet: OwnCommandTests.fleet),
    Case(name: "host", keys: ["Enter"]),
    Case(name: "host-160", width: 160, height: 45, keys: ["Enter"]),
    Case(name: "model", keys: ["m"]),
    Case(name: "redis", width: 120, height: 40, keys: ["3", "Enter"]),
    Case(name: "log", story: log),
    Case(name: "log-120", width: 120, height: 30, keys: ["w", "/", "g", "e", "t", "Enter", "k"], story: log),
    Case(name: "log-filter", keys: ["/", "!", "2", "0", "0"], story: log),
    Case(
      name: "log-lost",
      story: { desk in
        log(&desk)
        desk.take(
          .link(HostName("web-1"), .backingOff(until: desk.now, attempt: 1, reason: "it stopped answering")))
        desk.wait(3)
      }),
    Case(
      name: "inspection", keys: ["/", "r", "e", "d", "i", "s", "Enter"],
      story: { desk in
        desk.report(["web-1", "web-2", "staging"])
        `An inspection's page`.open(&desk)
      }),
    Case(
      name: "incidents", keys: ["4", "z"],
      story: { desk in
        desk.report(["web-1"])
        desk.take(
          .telemetry(
            HostName("web-1"),
            .log(
              LogEntry(
                priority: 3, source: "sshd", unit: "ssh.service", text: "Connection reset by 10.0.0.7", at: desk.now))))
        desk.take(.link(HostName("staging"), .backingOff(until: desk.now, attempt: 1, reason: "it does not answer")))
        desk.wait(61)
      }),
  ]

  /// A shop on two hosts, and one on the staging host that no domain leads to.
  static let sites: [Project] = {
    var shop = Project(name: "shop", profile: .vps, hosts: [HostName("web-1")], environment: .prod)
    shop.domains = ["shop.example", "www.shop.example"]
    return [shop]
  }()

  /// The log of the shop's web server, after a minute of visits, one of them yesterday's.
  static let log: @Sendable (inout Desk) -> Void = { desk in
    desk.report(["web-1", "web-2", "staging"])
    desk.press("Tab", "/", "n", "g", "i", "n", "x", "Enter", "l")
    let lines = (0..<60).map { second in
      let two = "\(second / 10)\(second % 10)"
      let path = ["/", "/panier", "/produits/lampe-de-bureau-articulée?couleur=noir&page=2"][second % 3]
      let day = second < 40 ? "22" : "23"
      return LogLine(
        stamp: "2026-11-\(day)T16:02:\(two).247803418Z",
        text:
          "172.18.0.3 - - [\(day)/Nov/2026:16:02:\(two) +0000] \"GET \(path) HTTP/1.1\" \(second % 7 == 6 ? 500 : 200) "
          + "6511\(second % 10) \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\" 0.00\(second % 10)")
    }
    desk.take(.reading(1, .lines(lines + [LogLine(text: "a line without a time")])))
  }

  /// The shop's PHP is full for three minutes, its database says nothing.
  static let trouble: @Sendable (inout Desk) -> Void = { desk in
    desk.report(["web-1", "web-2", "staging"], times: 12)
    let host = HostName("web-1")
    func id(_ service: String) -> String {
      desk.model.telemetry[host]?.containers.values.first { $0.facts.service == service }?.facts.id ?? ""
    }
    for _ in 0..<20 {
      desk.report(["web-1", "web-2", "staging"], times: 5)
      desk.look("shop.example", wait: 800)
      desk.look("www.shop.example", daysLeft: 12)
      desk.say(
        [
          "part \(id("php")) fpm pool=www active=12 idle=0 total=12 limit=12 queue=6 accepted=100 uptime=900 source=status",
          "part \(id("db")) mysql error it needs a password; name one in the fleet file: secret: { variable: \"MARIADB_PASSWORD\" }",
        ], on: host)
    }
    desk.take(.tick)
  }

  @Test(arguments: cases) func `the screen is as recorded`(_ screen: Case) throws {
    var desk = Desk(width: screen.width, height: screen.height, glyphs: screen.glyphs, projects: screen.projects)
    if let fleet = screen.fleet { desk = Desk(fleet: fleet, width: screen.width, height: screen.height) }
    screen.story(&desk)
    for key in screen.keys { desk.press(key) }
    let seen = desk.lines
    let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Screens"
    let path = "\(folder)/\(screen.name).txt"
    if getenv("VIGIE_RECORD") != nil {
      let file = try #require(fopen(path, "w"))
      fputs(seen.joined(separator: "\n") + "\n", file)
      fclose(file)
      return
    }
    let file = try #require(fopen(path, "r"), "there is no \(path): make record makes it")
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 17)
    let recorded = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    #expect(seen == recorded)
  }
}

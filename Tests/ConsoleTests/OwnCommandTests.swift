import Fleet
import Operations
import Surface
import Telemetry
import Testing

@testable import Console

/// The operator's own commands: from the fleet file to a plan.
struct OwnCommandTests {
  static let file = """
    { hosts: [
        { name: "web-1", local: true, environment: "prod" }, { name: "web-2", local: true, environment: "prod" },
        { name: "staging", local: true, environment: "dev" },
      ],
      projects: [{ name: "shop", profile: "ovh-vps", hosts: ["web-1", "web-2"], environment: "prod", directory: "/srv/shop" }],
      commands: [
        { name: "wp-cache-flush", help: "Flush WordPress' object cache.", scope: "container", key: "Alt-w",
          command: "docker exec {container} wp cache flush --url={url} --note={note}", for: { role: "php" },
          questions: [{ name: "url", ask: "Which URL?", default: "https://shop.example" }, { name: "note", ask: "Why?" }] },
        { name: "who", help: "Say who is logged in.", scope: "host", key: "Alt-o", danger: "harmless", command: "who" },
        { name: "ping", help: "Ask from here whether the host answers.", scope: "host", key: "Alt-g p", danger: "harmless",
          where: "here", command: "ping -c 1 {host}" },
        { name: "deploy", help: "Deploy the project's newest state.", scope: "project", key: "Alt-y",
          command: "cd {directory} && ./deploy {project}" },
      ] }
    """

  static let fleet = try? FleetFile.parse(file, file: "fleet.json5", rules: .console(.standard))

  private func fleet() throws -> FleetDefinition { try #require(Self.fleet) }

  /// The development host's containers, unlocked, with the cursor on its PHP.
  private func desk(_ host: String = "staging", width: Int = 80) throws -> Desk {
    var desk = Desk(fleet: try fleet(), width: width, height: 40)
    desk.report(["web-1", "web-2", "staging"])
    if host == "staging" { desk.press("j", "j") }
    desk.press("u", "2", "/", "p", "h", "p", "Enter")
    return desk
  }

  private func asked(_ desk: Desk) -> Plan? {
    guard case .confirm(let confirmation)? = desk.model.overlay else { return nil }
    return confirmation.plan
  }

  @Test func `a key asks the questions, shows the line quoted, and runs what was shown`() throws {
    var desk = try desk()
    #expect(desk.press("Alt-w") == [])
    #expect(desk.text.contains("Which URL?") && desk.text.contains("https://shop.example"))
    desk.press("Enter")
    #expect(desk.text.contains("Why?") && desk.text.contains("question 2 of 2"))
    for letter in "it's $(reboot)" { desk.press(letter == " " ? "Space" : String(letter)) }
    desk.press("Enter")
    let plan = try #require(asked(desk))
    let name = try #require(desk.selected(.containers))
    #expect(
      plan.jobs[0].steps[0].line
        == #"docker exec \#(name) wp cache flush --url=https://shop.example --note='it'\''s $(reboot)'"#)
    #expect(plan.danger == .interrupting && plan.environment == .dev)
    #expect(desk.press("Enter") == [])
    #expect(desk.model.overlay == nil)
    desk.press("Alt-w", "Enter", "Enter", "Tab")
    let effects = desk.press("Enter")
    #expect(effects.count == 1)
    guard case .run(_, let job, .dev)? = effects.first else { return }
    #expect(job.steps[0].line.hasSuffix("--note=''"))
  }

  @Test func `in production its class is higher, and the project's name is typed`() throws {
    var desk = try desk("web-1")
    desk.press("Alt-w", "Enter", "Enter")
    #expect(asked(desk)?.danger == .severe)
    #expect(desk.text.contains("PRODUCTION") && desk.text.contains("Type "))
  }

  @Test func `a paste is an answer, and Esc asks no more`() throws {
    var desk = try desk()
    desk.press("Alt-w", "Ctrl-u")
    desk.take(.pasted("a\nb"))
    #expect(desk.text.contains("a b"))
    desk.press("Esc")
    #expect(desk.model.overlay == nil && desk.text.contains("nothing was done"))
    #expect(desk.model.operations.isEmpty)
  }

  @Test func `one that is harmless runs at once; a sequence waits for its second key`() throws {
    var desk = try desk()
    let run = desk.press("Alt-o")
    guard case .run(_, let job, .dev)? = run.first else {
      Issue.record("\(run)")
      return
    }
    #expect(job.steps.map(\.line) == ["who"] && job.lock == "@host")

    var vim = Desk(fleet: try fleet(), keymap: KeymapReading.vim.keymap)
    vim.report(["web-1", "web-2", "staging"])
    vim.press("u", "j", "j", "Alt-g")
    #expect(!vim.model.chord.pressed.isEmpty)
    guard case .run(_, let ping, _)? = vim.press("p").first else {
      Issue.record("nothing was run")
      return
    }
    #expect(ping.place == .here && ping.steps.map(\.line) == ["ping -c 1 staging"])
    #expect(vim.text.contains("here, for staging"))
  }

  @Test func `a project's runs on each of its hosts, one after the other`() throws {
    var desk = try desk("web-1", width: 160)
    desk.press("5", "Alt-y")
    let plan = try #require(asked(desk))
    #expect(plan.jobs.map(\.host) == [HostName("web-1"), HostName("web-2")])
    #expect(plan.jobs.map { $0.steps[0].line } == Array(repeating: "cd /srv/shop && ./deploy shop", count: 2))
    #expect(plan.title == "Run deploy for shop on 2 hosts" && plan.answer == "shop")
    desk.press("Esc")
    desk.take(.link(HostName("web-2"), .backingOff(until: desk.now, attempt: 1, reason: "no route")))
    desk.press("Alt-y")
    #expect(desk.text.contains("web-2 does not answer: nothing can be run on it now"))
  }

  @Test func `about a host that is down something can be run here, and nothing there`() throws {
    var desk = try desk()
    desk.take(.link(HostName("staging"), .backingOff(until: desk.now, attempt: 1, reason: "no route")))
    desk.press("1")
    #expect(desk.press("Alt-o") == [])
    #expect(desk.text.contains("staging does not answer"))
    #expect(desk.model.unavailability(ofOwn: desk.model.fleet.commands[2]) == nil)
  }

  @Test func `who it is not for is told so, and does not find it in the menu`() throws {
    var desk = try desk()
    desk.press("Esc", "/", "r", "e", "d", "i", "s", "Enter")
    desk.press("Alt-w")
    #expect(desk.text.contains("wp-cache-flush is for containers of the role php"))
    #expect(!desk.model.actionMenu.entries.contains { $0.choice == .own(0) })
    #expect(desk.model.actionMenu.entries.contains { $0.choice == .own(1) })
  }

  @Test func `menu, palette and help have them, each with its key`() throws {
    var desk = try desk()
    let entries = desk.model.actionMenu.entries
    #expect(entries.filter { if case .own = $0.choice { true } else { false } }.count == 4)
    #expect(Set(entries.compactMap(\.letter)).count == entries.compactMap(\.letter).count)
    desk.press("x")
    #expect(desk.text.contains("wp-cache-flush"))
    desk.press("G", "Esc", ":", "w", "p", "c")
    #expect(desk.model.paletteEntries("wpc").first == .own(0))
    #expect(desk.text.contains("own.wp-cache-flush") && desk.text.contains("Alt-w"))
    desk.press("Enter")
    #expect(desk.text.contains("Which URL?"))
    desk.press("Esc", "?", "PageDown")
    #expect(desk.text.contains("Commands of your own") && desk.text.contains("Flush WordPress' object cache."))
  }

  @Test func `the palette offers them where they apply`() throws {
    var desk = Desk(fleet: try fleet())
    desk.report(["web-1"])
    #expect(desk.model.paletteEntries("own.") == [.own(1), .own(2)])
    desk.press("5")
    #expect(Set(desk.model.paletteEntries("own.")) == [.own(1), .own(2), .own(3)])
  }

  @Test func `a locked console says how to unlock it, and a read-only one has none of them`() throws {
    var desk = try desk()
    desk.press("u")
    #expect(desk.press("Alt-o") == [])
    #expect(desk.text.contains("locked: u unlocks it"))
    desk.model.access = .readOnly
    #expect(desk.press("Alt-o", "Alt-w", "Alt-y", "Alt-g", "p") == [])
    #expect(desk.model.overlay == nil)
    #expect(desk.model.paletteEntries("own").allSatisfy { if case .own = $0 { false } else { true } })
    #expect(!desk.model.actionMenu.entries.contains { if case .own = $0.choice { true } else { false } })
    desk.press("?", "PageDown")
    #expect(!desk.text.contains("Commands of your own"))
  }

  @Test func `a menu longer than the screen follows its cursor`() throws {
    var desk = Desk(fleet: try fleet(), width: 80, height: 23)
    desk.report(["staging"])
    desk.press("j", "j", "u", "2", "/", "p", "h", "p", "Enter", "x")
    for _ in 0..<30 { desk.press("Down") }
    #expect(desk.text.contains("ping") && !desk.text.contains("Open the detail"))
  }

  @Test(arguments: [
    (
      #"key: "Alt-w" }, { name: "b", help: "B.", scope: "project", command: "x", key: "Alt-w" "#, nil as Keymap?,
      "commands[1].key: Alt-w is also the key of own.a; give one of them another key"
    ),
    (
      #"key: "r" "#, .standard,
      "commands[0].key: r is also the key of container.restart in the keymap default; give this command another"
    ),
    (
      #"key: "g x" "#, .standard,
      "commands[0].key: g x and g begin alike, and g is the key of move.top in the keymap default; give this command another"
    ),
    (
      #"key: "Ctrl-alt-x" "#, nil,
      #"commands[0].key: "Ctrl-alt-x" is not a key; did you mean Alt-x?"#
    ),
  ]) func `a key that clashes or is none is refused in one sentence`(entry: String, keymap: Keymap?, message: String) {
    let text = """
      { hosts: [{ name: "a", environment: "dev" }], commands: [{ name: "a", help: "A.", scope: "container", command: "x", \(entry)}] }
      """
    let problems = #expect(throws: Problems.self) {
      try FleetFile.parse(text, file: "f", rules: .console(keymap))
    }
    let found = problems?.list.map { "\($0.path): \($0.message)" }
    #expect(found == [message])
  }

  @Test(arguments: ["quit", "Container.Restart", "audit.show"])
  func `a name that vigie has itself is refused`(name: String) {
    let text = """
      { hosts: [{ name: "a", environment: "dev" }], commands: [{ name: "\(name)", help: "A.", scope: "host", command: "x" }] }
      """
    let problems = #expect(throws: Problems.self) { try FleetFile.parse(text, file: "f", rules: .console(nil)) }
    #expect(
      problems?.list.map(\.message) == ["\"\(name)\" is a command that vigie has itself; give this one another name"])
  }
}

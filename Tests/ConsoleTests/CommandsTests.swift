import Console
import Surface
import Testing

struct Commands {
  @Test(arguments: Command.table) func `fit the footer and say one sentence`(command: Command) {
    #expect(!command.title.isEmpty && command.title.count <= 10)
    #expect(command.help.last == "." && command.help.count <= 90)
    #expect(!command.scope.isEmpty)
  }

  @Test func `the footer offers the most useful first`() {
    let hints = Footer.hints(of: .standard, at: .containers).map { "\($0.key) \($0.title)" }
    #expect(
      hints == [
        "Enter open", "r restart", "l logs", "x actions", "/ filter", "? help", ": commands", "u lock", "Tab next pane",
        "o sort", "z zoom", "* all hosts", "Esc back", "q quit", "t slowest", "v limits",
      ])
    #expect(
      Footer.hints(of: .standard, at: .dialog).map { "\($0.key) \($0.title)" } == [
        "Enter choose", "Esc cancel", "Tab next",
      ])
  }

  @Test func `no two commands want the same place in one footer`() {
    for (scope, name) in Scope.places {
      let places = Command.table.filter { $0.scope.overlaps(scope) }.compactMap(\.hint)
      #expect(name == "detail" || Set(places).count == places.count, "\(name)")
    }
  }

  @Test func `the help begins with what works here, and has each command once`() {
    for keymap in Keymap.shipped {
      let help = HelpText(of: keymap, at: .containers)
      let here = help.here.flatMap(\.lines)
      #expect(here.prefix(3).map(\.title) == ["open", "restart", "logs"])
      #expect(here.allSatisfy { !$0.keys.isEmpty && $0.command.command.scope.overlaps(.containers) })
      #expect(help.rest.map(\.title) == ["Move", "Keys elsewhere", "Questions and menus", "By name alone"])
      let all = here + help.rest.flatMap(\.lines)
      #expect(all.count == Command.table.count && Set(all.map(\.command)).count == all.count)
    }
    #expect(HelpText(of: .standard, at: .hosts).rest.flatMap(\.lines).contains { $0.help.hasSuffix(" (log)") })
  }

  @Test(arguments: [
    ("restart", CommandID.containerRestart), ("crst", .containerRestart), ("svr", .serviceRestart),
    ("zoom", .paneZoom), ("quit", .quit), ("ls", .listSort), ("LSR", .listSortReverse), ("clipboard", .copy),
    ("stop", .containerStop),
  ]) func `the palette finds a command by a few letters`(typed: String, command: CommandID) {
    #expect(CommandSearch.matches(typed, at: .containers).first?.command == command)
  }

  @Test func `the palette marks the letters that were typed`() {
    #expect(CommandSearch.matches("crst", at: .containers).first?.marks == [0, 10, 12, 13])
  }

  @Test func `the palette lists what applies, and nothing for what is not there`() {
    #expect(CommandSearch.matches("", at: .hosts).contains { $0.command == .hostAnswer })
    #expect(!CommandSearch.matches("", at: .hosts).contains { $0.command == .containerRestart })
    #expect(CommandSearch.matches("zzz", at: .hosts).isEmpty)
  }
}

import Console
import Fleet
import Operations
import Surface
import Testing

struct `Shipped keymaps` {
  @Test func `are default and vim`() {
    #expect(Keymap.shipped.map(\.name) == ["default", "vim"])
  }

  @Test func `have nothing wrong`() {
    let (standard, vim) = (KeymapReading.standard, KeymapReading.vim)
    #expect(standard.problems.map(\.description) == [])
    #expect(standard.warnings.map(\.description) == [])
    #expect(vim.problems.map(\.description) == [])
    // vim says what it takes over by naming the command, so nothing is taken over unsaid.
    #expect(vim.warnings.map(\.description) == [])
  }

  @Test(arguments: Keymap.shipped) func `every command has a key, or the palette finds it`(keymap: Keymap) {
    let without = Command.table.filter { keymap[$0.id].isEmpty }.map(\.id)
    #expect(without.filter { $0.action == nil } == [.listClearFilter, .markClear])
    #expect(without.allSatisfy { CommandSearch.matches("", at: $0.command.scope).map(\.command).contains($0) })
  }

  @Test(arguments: Keymap.shipped) func `no key means two things at one place`(keymap: Keymap) {
    for (scope, name) in Scope.places {
      var meanings: [KeySequence: [CommandID]] = [:]
      for command in Command.table where command.scope.overlaps(scope) {
        for sequence in keymap[command.id] { meanings[sequence, default: []].append(command.id) }
      }
      for (sequence, commands) in meanings {
        #expect(commands.count == 1, "\(sequence.notation) in \(name)")
        if sequence.keys.first?.editsText == true, scope == .prompt { continue }
        #expect(keymap.match(sequence.keys, at: scope) == .command(commands[0]))
      }
    }
  }

  @Test(arguments: Keymap.shipped) func `what stops, kills, removes or pauses has no key, and old habits do no harm`(
    keymap: Keymap
  ) {
    let keyed = Command.table.filter { $0.action != nil && !keymap[$0.id].isEmpty }.map(\.id)
    #expect(keyed == [.containerRestart, .containerLimits, .containerShell, .serviceRestart])
    #expect(keymap.match([Key(.character("d"))], at: .containers) == .command(.open))
    #expect(keymap.match([Key(.character("d"), control: true)], at: .containers) == .command(.moveHalfPageDown))
  }

  @Test func `every action of the settings is a command of that name`() {
    for action in ActionName.allCases { #expect(CommandID(rawValue: action.rawValue) != nil, "\(action.rawValue)") }
  }
}

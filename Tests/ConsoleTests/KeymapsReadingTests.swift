import Console
import Fleet
import Surface
import Testing

struct `Reading a keymap` {
  private func read(_ text: String) -> KeymapReading {
    KeymapReading(Array(text.utf8), file: "keymap.json5", inheriting: Keymap.shipped)
  }

  @Test func `overrides entry by entry`() {
    let reading = read(#"{ name: "mine", keys: { "list.sort": ["e", "o"], "sample.now": [] } }"#)
    #expect(reading.problems.isEmpty && reading.warnings.isEmpty)
    #expect(reading.keymap.name == "mine")
    #expect(reading.keymap[.listSort].map(\.notation) == ["e", "o"])
    #expect(reading.keymap[.sampleNow].isEmpty)
    #expect(reading.keymap[.moveDown] == Keymap.standard[.moveDown])
  }

  @Test func `inherits a shipped keymap by name`() {
    let reading = read(#"{ inherits: "vim", keys: {} }"#)
    #expect(reading.problems.isEmpty)
    #expect(reading.keymap == Keymap.shipped[1])
    #expect(
      read(#"{ inherits: "vm" }"#).problems.map(\.message) == [
        #"expected "default" or "vim", found "vm"; did you mean "vim"?"#
      ])
  }

  @Test func `a file that is no JSON5 leaves the keys as they are`() {
    let reading = read("{ keys: ")
    #expect(reading.problems.count == 1)
    #expect(reading.keymap == Keymap.standard)
  }

  @Test func `everything wrong is said at once, and the rest is kept`() {
    let reading = read(
      """
      {
        nam: "mine",
        keys: {
          "move.dwn": ["j"],
          "move.up": ["k", "Upp"],
          "list.sort": "s",
          "list.filter": ["F3"],
          "match.next": ["F3", "n"],
          "copy": [7],
        },
      }
      """)
    #expect(
      reading.problems.map(\.description) == [
        "keymap.json5:2:3: nam: unknown key; did you mean name?",
        "keymap.json5:4:5: keys[\"move.dwn\"]: no such command; did you mean move.down?",
        "keymap.json5:5:22: keys[\"move.up\"][1]: \"Upp\" is not a key; did you mean Up?",
        "keymap.json5:6:18: keys[\"list.sort\"]: expected a list of keys such as [\"j\", \"Down\"], found \"s\"",
        "keymap.json5:8:20: keys[\"match.next\"][0]: F3 is also the key of list.filter on line 7, "
          + "where both apply; give one of them another key",
        "keymap.json5:9:14: keys.copy[0]: expected text in quotes, found 7",
      ])
    #expect(reading.keymap[.moveUp].map(\.notation) == ["k"])
    #expect(reading.keymap[.listSort] == Keymap.standard[.listSort])
    #expect(reading.keymap[.copy] == Keymap.standard[.copy])
    #expect(reading.keymap[.listFilter].map(\.notation) == ["F3"])
    #expect(reading.keymap[.matchNext].map(\.notation) == ["n"])
  }

  @Test func `one key may serve two commands that never apply at one place`() {
    let reading = read(#"{ keys: { "host.reconnect": ["e"], "dialog.next": ["e", "Tab"] } }"#)
    #expect(reading.problems.isEmpty && reading.warnings.isEmpty)
  }

  @Test func `a key and a sequence that begins with it clash`() {
    let reading = read(#"{ keys: { "move.top": ["g"], "pane.hosts": ["g h"] } }"#)
    #expect(
      reading.problems.map(\.message) == [
        "g h and g begin alike, and g is the key of move.top on line 1, where both apply; give one of them another key"
      ])
    #expect(reading.keymap[.paneHosts].isEmpty)
  }

  @Test func `a key taken from a command that only inherited it is said`() {
    let reading = read(#"{ keys: { "sample.now": ["x"] } }"#)
    #expect(reading.problems.isEmpty)
    #expect(
      reading.warnings.map(\.message) == [
        "x was the key of menu, which now is left with none; give menu a list of its own"
      ])
    #expect(reading.keymap.match([Key(.character("x"))], at: .containers) == .command(.sampleNow))
    #expect(reading.keymap[.menu].isEmpty)
  }

  @Test(arguments: [
    (#"{ keys: { "list.sort": ["Ctrl-b"] } }"#, "Ctrl-b may never arrive: tmux takes it as its prefix"),
    (
      #"{ keys: { "list.sort": ["Ctrl-s"] } }"#,
      "Ctrl-s may never arrive: flow control takes it, and stops or starts the terminal"
    ),
    (
      #"{ keys: { "container.restart": ["h"] } }"#,
      "h is pressed without looking, and container.restart is no harmless command; choose another key"
    ),
  ]) func `a key that asks for trouble is warned of, and kept`(text: String, message: String) {
    let reading = read(text)
    #expect(reading.problems.isEmpty)
    #expect(reading.warnings.map(\.message) == [message])
  }

  @Test func `nobody can take away the way out`() {
    let reading = read(#"{ keys: { quit: [], "dialog.cancel": ["n"], "list.sort": ["q"] } }"#)
    #expect(
      reading.problems.map(\.message) == [
        "without a key here nobody gets out of what is open; add q, Ctrl-c",
        "without a key that edits no text here nobody gets out of what is open; add Esc, Ctrl-c",
      ])
    #expect(reading.keymap[.quit] == Keymap.standard[.quit])
    #expect(reading.keymap[.listSort].isEmpty)
    #expect(reading.keymap[.dialogCancel].map(\.notation) == ["n", "Esc", "Ctrl-c"])
  }
}

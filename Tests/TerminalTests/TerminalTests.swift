import Glibc
import Surface
import Terminal
import Testing

/// ncurses keeps its state in globals, so there is one terminal at a time.
@MainActor @Suite(.serialized, .timeLimit(.minutes(1)))
struct TerminalTests {
  private func frame(_ lines: [String], _ style: Style = .text, width: Int = 80, height: Int = 24) -> Frame {
    var frame = Frame(size: Size(width: width, height: height))
    for (y, line) in lines.enumerated() { frame.put(line, x: 0, y: y, style) }
    return frame
  }

  private func open(
    _ tty: PseudoTerminal, palette: Palette = .mono, type: String = "xterm-256color"
  ) throws -> Terminal {
    setenv("LC_ALL", "C.UTF-8", 1)
    return try Terminal(input: tty.program, output: tty.program, signals: Signals(), palette: palette, type: type)
  }

  @Test func `the first frame is written, the same one again costs nothing, one cell costs a few bytes`() throws {
    let tty = try PseudoTerminal()
    let terminal = try open(tty)
    defer { terminal.close() }
    #expect(terminal.size == Size(width: 80, height: 24))
    #expect(terminal.glyphs == .unicode)
    var shown = frame(["Hosts", "web1  ●  42%  日本"])
    terminal.show(shown)
    let first = tty.output()
    #expect(first.contains("Hosts") && first.contains("●") && first.contains("日本"))
    terminal.show(shown)
    #expect(tty.output() == "")
    shown.put("3", x: 10, y: 1, .text)
    terminal.show(shown)
    let second = tty.output()
    #expect(second.contains("3"))
    #expect(second.utf8.count < 16)
    #expect(!second.contains("\u{1B}[2J") && !second.contains("\u{1B}[H\u{1B}[J"))
  }

  @Test func `the terminal is given back as it was, and once is enough`() throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let terminal = try open(tty)
    terminal.show(frame(["x"]))
    let opening = tty.output()
    #expect(opening.contains("\u{1B}[?1049h") && opening.contains("\u{1B}[?2004h") && opening.contains("\u{1B}[?25l"))
    #expect(tty.modes != modes)
    terminal.close()
    terminal.close()
    let closing = tty.output()
    #expect(closing.contains("\u{1B}[?1049l") && closing.contains("\u{1B}[?2004l"))
    #expect(closing.contains("\u{1B}[?25h") || closing.contains("\u{1B}[?12l\u{1B}[?25h"))
    #expect(tty.modes == modes)
  }

  @Test func `keys, pastes and sizes come in their order, without waiting`() throws {
    let tty = try PseudoTerminal()
    let terminal = try open(tty)
    defer { terminal.close() }
    #expect(terminal.keys() == [])
    tty.type("j\u{1B}[B\u{03}\u{1A}\u{1C}\u{11}\u{1B}[200~rm -rf\r\u{1B}[201~\u{1B}")
    #expect(
      terminal.keys() == [
        .key(Key(.character("j"))), .key(Key(.down)), .key(Key(.character("c"), control: true)),
        .key(Key(.character("z"), control: true)), .key(Key(.character("\\"), control: true)),
        .key(Key(.character("q"), control: true)), .pasted("rm -rf\n"), .key(Key(.escape)),
      ])
    tty.resize(columns: 100, rows: 30)
    tty.type("k")
    #expect(terminal.keys() == [.resized(Size(width: 100, height: 30)), .key(Key(.character("k")))])
    let wide = (0..<100).map { String($0 % 10) }.joined()
    terminal.show(frame([wide], width: 100, height: 30))
    #expect(tty.output().contains(wide))
  }

  @Test func `a terminal that is gone is said once, and then left alone`() throws {
    let tty = try PseudoTerminal()
    let terminal = try open(tty)
    tty.type("j")
    #expect(terminal.keys() == [.key(Key(.character("j")))])
    tty.hangUp()
    #expect(terminal.keys() == [.closed])
    #expect(terminal.keys() == [])
    terminal.show(frame(["nobody sees this"]))
    terminal.close()
  }

  @Test func `the variables LINES and COLUMNS do not count`() throws {
    setenv("LINES", "50", 1)
    setenv("COLUMNS", "200", 1)
    defer {
      unsetenv("LINES")
      unsetenv("COLUMNS")
    }
    let tty = try PseudoTerminal()
    let terminal = try open(tty)
    defer { terminal.close() }
    #expect(terminal.size == Size(width: 80, height: 24))
    terminal.show(frame((0..<24).map { "row \($0)" }))
    #expect(tty.output().contains("row 23"))
  }

  @Test func `after another program had the terminal, all is drawn again`() throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let terminal = try open(tty)
    defer { terminal.close() }
    terminal.show(frame(["Hosts"]))
    _ = tty.output()
    terminal.suspend()
    #expect(tty.output().contains("\u{1B}[?1049l"))
    #expect(tty.modes == modes)
    terminal.show(frame(["Secret"]))
    #expect(tty.output() == "")
    terminal.resume()
    terminal.show(frame(["Hosts"]))
    let back = tty.output()
    #expect(back.contains("\u{1B}[?1049h") && back.contains("\u{1B}[?2004h") && back.contains("Hosts"))
    // A program that was cut off may have left the mouse on.
    #expect(back.contains("1003") && !back.contains("\u{1B}[?1003h"))
    #expect(tty.modes != modes)
  }

  @Test func `colours are the nearest that the terminal has`() throws {
    let palette = Palette([.critical: Appearance(.rgb(255, 0, 0), on: .index(4))])
    for (type, expected) in [
      ("xterm-256color", ["\u{1B}[38;5;196m", "\u{1B}[44m"]), ("xterm", ["\u{1B}[31m", "\u{1B}[44m", "\u{1B}[0;1m"]),
      ("vt100", []),
    ] {
      let tty = try PseudoTerminal()
      let terminal = try open(tty, palette: palette, type: type)
      terminal.show(frame(["down"], Style(.critical)))
      terminal.close()
      let output = tty.output()
      #expect(output.contains("down"))
      for code in expected { #expect(output.contains(code), "\(type)") }
      if expected.isEmpty { #expect(!output.contains("\u{1B}[3") && !output.contains("\u{1B}[4")) }
    }
  }

  @Test func `no control and no escape sequence can come out of a cell`() throws {
    let tty = try PseudoTerminal()
    let terminal = try open(tty)
    defer { terminal.close() }
    _ = tty.output()
    var hostile = frame(["a\u{1B}]0;x\u{07}b\u{9B}31mc\u{202E}d"])
    hostile[0, 1] = Cell("\u{1B}", .text)
    hostile[1, 1] = Cell("\u{9B}", .text)
    hostile[2, 1] = Cell("\u{202E}", .text)
    hostile[3, 1] = Cell(Cell.continuation, .text)
    terminal.show(hostile)
    let output = tty.output()
    #expect(output.contains("a·]0;x·b·31mcd"))
    #expect(!output.contains("\u{1B}]") && !output.contains("\u{9B}") && !output.contains("\u{202E}"))
  }

  @Test func `an unknown type, a missing one and one without a cursor are refused in a sentence`() throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    for (type, error) in [
      ("no-such-terminal", TerminalError.unknownType("no-such-terminal")), ("", .unknownType("")),
      ("dumb", .unusableType("dumb")),
    ] {
      #expect(throws: error) { try open(tty, type: type) }
      #expect(tty.modes == modes)
    }
    #expect(!tty.output().contains("\u{1B}[?1049h"))
    let ends = UnsafeMutablePointer<CInt>.allocate(capacity: 2)
    defer { ends.deallocate() }
    try #require(pipe(ends) == 0)
    let signals = try Signals()
    #expect(throws: TerminalError.inputIsNoTerminal) {
      try Terminal(input: ends[0], output: tty.program, signals: signals)
    }
    #expect(throws: TerminalError.outputIsNoTerminal) {
      try Terminal(input: tty.program, output: ends[1], signals: signals)
    }
    Glibc.close(ends[0])
    Glibc.close(ends[1])
  }

  @Test func `text is copied as OSC 52, but not too much of it`() throws {
    let tty = try PseudoTerminal()
    let terminal = try open(tty)
    defer { terminal.close() }
    _ = tty.output()
    #expect(terminal.copy("docker restart café"))
    #expect(tty.output() == "\u{1B}]52;c;ZG9ja2VyIHJlc3RhcnQgY2Fmw6k=\u{07}")
    #expect(!terminal.copy(String(repeating: "a", count: 65537)))
    #expect(tty.output() == "")
  }

  @Test func `signals arrive as values`() throws {
    let signals = try Signals()
    _ = signals.arrived()
    var arrived: Set<Signals.Signal> = []
    // Sent to the process, because threads of Swift's own block them; so they arrive when another thread has run.
    for number in [SIGWINCH, SIGWINCH, SIGPIPE, SIGTERM] { kill(getpid(), number) }
    while !arrived.isSuperset(of: [.resized, .endRequested]) {
      var entry = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
      try #require(poll(&entry, 1, 10_000) > 0)
      arrived.formUnion(signals.arrived())
    }
    // Other tests' children may have ended.
    #expect(arrived.subtracting([.childChanged]) == [.resized, .endRequested])
  }
}

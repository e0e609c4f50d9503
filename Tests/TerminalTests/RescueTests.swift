import Glibc
import Surface
import Terminal
import Testing

/// A program that dies while it has the terminal: a process of its own, on a terminal that the test holds.
@Suite(.timeLimit(.minutes(1)))
struct RescueTests {
  /// Takes the terminal at `path` and fills it, as the console does.
  @MainActor private static func take(_ path: String) throws -> Terminal {
    let descriptor = open(path, O_RDWR | O_NOCTTY)
    let terminal = try Terminal(
      input: descriptor, output: descriptor, signals: Signals(), type: "xterm-256color")
    var frame = Frame(size: terminal.size)
    frame.put("full screen", x: 0, y: 0, .text)
    terminal.show(frame)
    return terminal
  }

  private func expectRestored(_ tty: PseudoTerminal, _ modes: [UInt32]) {
    let parts = tty.output().split(separator: "full screen\r")
    // Colours and attributes off, keypad as before, cursor shown, pastes unmarked, and back to the shell's screen.
    let leaving = ["(B", "[m", "[39;49m", "[?1l", ">", "[?12l", "[?25h", "[?2004l", "[?1049l", "[23;0;0t"]
    #expect(parts.count == 2)
    #expect(parts.last?.split(separator: "\u{1B}").map { String($0) } == leaving)
    #expect(tty.modes == modes)
  }

  @Test func `a trap gives the terminal back, and the program still dies of it`() async throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let path = tty.path
    await #expect(processExitsWith: .failure) { [path = path as String] in
      try await MainActor.run {
        let terminal = try Self.take(path)
        fatalError("a bug while \(terminal.size) were shown")
      }
    }
    expectRestored(tty, modes)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGQUIT])
  func `a fatal signal gives the terminal back, and is still what ends the program`(_ number: CInt) async throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let path = tty.path
    await #expect(processExitsWith: .signal(number)) { [path = path as String, number = number as CInt] in
      _ = try await Self.take(path)
      kill(getpid(), number)
      while true { pause() }
    }
    expectRestored(tty, modes)
  }

  @Test func `even SIGKILL gives the terminal back: a guard outlives the program`() async throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let path = tty.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      _ = try await Self.take(path)
      kill(getpid(), SIGKILL)
    }
    // The guard is no child of this test: it is done when the settings are back.
    let end = ContinuousClock.now + .seconds(20)
    while tty.modes != modes, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
    expectRestored(tty, modes)
  }

  @Test func `leaving by exit gives the terminal back`() async throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let path = tty.path
    await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
      _ = try await Self.take(path)
      exit(3)
    }
    expectRestored(tty, modes)
  }

  @Test func `a second request to end, with the first unanswered, ends a program that hangs`() async throws {
    let tty = try PseudoTerminal()
    let modes = tty.modes
    let path = tty.path
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = path as String] in
      _ = try await Self.take(path)
      kill(getpid(), SIGTERM)
      while true { kill(getpid(), SIGTERM) }
    }
    expectRestored(tty, modes)
  }

  @Test func `a terminal that takes nothing any more does not keep a dying program`() async throws {
    let tty = try PseudoTerminal()
    let path = tty.path
    await #expect(processExitsWith: .signal(SIGABRT)) { [path = path as String] in
      _ = try await Self.take(path)
      let other = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK)
      let bytes = [UInt8](repeating: 0x2E, count: 4096)
      while write(other, bytes, bytes.count) > 0 {}
      abort()
    }
  }
}

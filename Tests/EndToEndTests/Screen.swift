import Fleet
import Glibc
import Testing

/// A terminal of its own with vigie in it, by tmux: keys go in, the screen comes out.
final class Screen {
  let place: Place
  private let socket: String
  /// Where tmux writes every byte that vigie sends to the terminal.
  private let record: String

  /// Starts vigie in a terminal of that size; when it ends, the terminal stays and says how it is.
  /// - Parameter arguments: without any, the console on the place's fleet file.
  init(_ place: Place, _ arguments: [String]? = nil, width: Int = 120, height: Int = 40) {
    self.place = place
    socket = place.directory + "/tmux-\(UInt32.random(in: 0...UInt32.max))"
    record = socket + ".bytes"
    let vigie = ShellWord.line(place.words(arguments ?? ["--fleet", place.fleetFile]))
    // It begins with a key, so that not one byte is sent before they are recorded.
    let line = "read -r key; \(vigie); echo \"ended $?\"; stty -a; echo \"terminal seen\"; exec tail -f /dev/null"
    tmux("-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", line)
    tmux("pipe-pane", "-o", "cat >> \(record)")
    press("Enter")
  }

  deinit { close() }

  /// Takes the terminal away, as when its window is closed.
  func close() { tmux("kill-server") }

  @discardableResult
  private func tmux(_ words: String...) -> Outcome { run(["tmux", "-u", "-S", socket] + words) }

  /// The rows as a person sees them.
  var rows: [String] {
    tmux("capture-pane", "-p").output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var text: String { rows.joined(separator: "\n") }

  /// Every byte that vigie has sent to the terminal so far.
  var bytes: [UInt8] { contents(of: record) }

  /// What tmux says of the terminal: `alternate_on`, `cursor_flag`, `pane_title`.
  func property(_ name: String) -> String { tmux("display-message", "-p", "#{\(name)}").text }

  /// Presses keys, named as tmux names them: `j`, `Enter`, `Escape`, `F1`.
  func press(_ keys: String...) {
    for key in keys { tmux("send-keys", key) }
  }

  func type(_ text: String) { tmux("send-keys", "-l", text) }

  func resize(_ width: Int, _ height: Int) { tmux("resize-window", "-x", "\(width)", "-y", "\(height)") }

  /// Does a command by its name, as the palette takes it.
  func perform(_ command: String) async throws {
    press(":")
    try await wait(for: "┌ Commands")
    type(command)
    try await wait(for: "the command \(command)") { $0.contains(": \(command)") }
    press("Enter")
  }

  /// Closes what lies over the panes, and waits until it is gone: a key right behind Esc would be another key.
  func dismiss(_ title: String) async throws {
    press("Escape")
    try await wait(for: "the end of \(title)") {
      !$0.contains("┌ \(title)") && !$0.contains("┌ Undo: \(title)")
    }
  }

  /// Puts the cursor of the Containers pane on the one container of the selected host whose row has that word.
  func select(container word: String) async throws {
    press("2", "/")
    type(word)
    press("Enter")
    try await wait(for: "\(word) alone") { $0.contains(#/┌ Containers of [a-z0-9-]+ 1 /#) }
  }

  /// The row of a host in the Hosts pane.
  func row(of host: String) -> String? { Self.row(of: host, in: text) }

  static func row(of host: String, in text: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix("│\(host) ") }.map(String.init)
  }

  /// Whether a host is drawn as live, with an age of a few seconds.
  static func isLive(_ host: String, in text: String) -> Bool {
    row(of: host, in: text)?.contains(#/ live +[0-6]s /#) ?? false
  }

  /// The process of vigie itself.
  var process: pid_t? { place.processes.first { $0.host == nil && $0.words.first == Rig.program }?.id }

  /// Waits until the screen as text satisfies `condition`, and gives that text.
  @discardableResult
  func wait(
    for what: String, limit: Duration = .seconds(20), until condition: (String) -> Bool
  ) async throws -> String {
    var seen = ""
    return try await EndToEndTests.wait(for: what, limit: limit, evidence: { seen }) {
      seen = text
      guard condition(seen) else { return nil }
      // The first look may have met a frame half drawn.
      seen = text
      return condition(seen) ? seen : nil
    }
  }

  @discardableResult
  func wait(for text: String, limit: Duration = .seconds(20)) async throws -> String {
    try await wait(for: "\"\(text)\"", limit: limit) { $0.contains(text) }
  }

  /// Waits until all hosts of the place are live.
  func waitUntilLive(limit: Duration = .seconds(40)) async throws {
    try await wait(for: "live hosts", limit: limit) { text in place.hosts.allSatisfy { Self.isLive($0, in: text) } }
  }

  /// Opens the help and closes it: the keys answer within a second, whatever the hosts do.
  func expectKeysAnswer() async throws {
    press("?")
    try await wait(for: "Help", limit: .seconds(1))
    press("Escape")
    try await wait(for: "the panes again", limit: .seconds(1)) { $0.contains("┌ Hosts") && !$0.contains("┌ Help") }
  }

  /// Quits by key; the terminal is as before, and nothing is left on either side.
  func quit() async throws {
    let sockets = place.socketDirectories
    press("q")
    try await wait(for: "ended 0")
    try await expectUsableTerminal()
    try await place.waitUntilClean(of: sockets)
  }

  /// After the end: lines are edited and echoed, the alternate screen is left, the cursor is seen, no mode is left on.
  func expectUsableTerminal() async throws {
    let text = try await wait(for: "terminal seen")
    #expect(text.contains(#/ icanon /#) && text.contains(#/ echo /#), "\(text.plain)")
    #expect(property("alternate_on") == "0")
    #expect(property("cursor_flag") == "1")
    #expect(property("mouse_any_flag") == "0")
    #expect(property("keypad_cursor_flag") == "0")
    #expect(property("keypad_flag") == "0")
  }
}

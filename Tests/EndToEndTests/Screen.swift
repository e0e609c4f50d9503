import Fleet
import Glibc

/// A terminal of its own with vigie in it, by tmux: keys go in, the screen comes out.
struct Screen: ~Copyable {
  let socket: String
  /// Where tmux writes every byte that vigie sent to the terminal.
  let bytes: String
  private let directory: String

  /// Starts `arguments` in a terminal of that size; the shell stays when it ends, and says so.
  init(_ arguments: [String], width: Int = 120, height: Int = 40, environment: [String: String] = [:]) {
    var template = Array("/tmp/vigie-test-XXXXXX\0".utf8CString.dropLast())
    directory = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    socket = directory + "/tmux"
    bytes = directory + "/bytes"
    var variables = ["LC_ALL=C.UTF-8", "XDG_STATE_HOME=\(directory)/state", "XDG_CONFIG_HOME=\(directory)/config"]
    variables += environment.map { "\($0.key)=\($0.value)" }
    let command =
      "env " + ShellWord.line(variables + arguments)
      + "; echo \"ended $?\"; stty -a | tr ';' '\\n' | grep -wE -- '-?(icanon|echo)'; exec cat"
    run("tmux", "-S", socket, "-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", command)
    run("tmux", "-S", socket, "pipe-pane", "-o", "cat >> \(ShellWord.quoted(bytes))")
  }

  deinit {
    run("tmux", "-S", socket, "kill-server")
    run("rm", "-rf", directory)
  }

  /// Where vigie keeps its records in this test.
  var state: String { directory + "/state/vigie" }

  /// The rows as a person sees them.
  var rows: [String] {
    run("tmux", "-S", socket, "capture-pane", "-p").output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  var text: String { rows.joined(separator: "\n") }

  /// Presses keys, named as tmux names them: `j`, `Enter`, `Escape`, `F1`.
  func press(_ keys: String...) {
    for key in keys { run("tmux", "-S", socket, "send-keys", key) }
  }

  func resize(width: Int, height: Int) {
    run("tmux", "-S", socket, "resize-window", "-x", "\(width)", "-y", "\(height)")
  }

  /// The row of a host in the Hosts pane.
  func row(of host: String) -> String? { rows.first { $0.contains(host) && !$0.hasPrefix("vigie") } }

  /// The process of vigie in it.
  var process: pid_t? {
    let pane = run("tmux", "-S", socket, "display", "-p", "#{pane_pid}").output.filter(\.isNumber)
    let child = shell("pgrep -P \(pane) vigie").output.split(separator: "\n").first
    return child.flatMap { pid_t($0) }
  }

  /// Waits until the screen as text satisfies `condition`.
  func wait(for what: String, limit: Duration = .seconds(20), until condition: (String) -> Bool) async throws {
    let limit = limit
    let end = ContinuousClock.now + limit
    while true {
      let seen = text
      if condition(seen) { return }
      guard ContinuousClock.now < end else {
        throw Impatience(description: "no \(what) within \(limit); the screen:\n\(seen)")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}

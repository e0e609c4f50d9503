import Fleet
import Glibc

/// What a command printed, and how it ended.
struct Outcome {
  /// The exit status; 128 and the signal where a signal ended it, -1 where it did not start.
  var status: Int32
  var output: String

  /// The output without blanks around it.
  var text: String { output.trimmed }
}

extension String {
  /// In ASCII alone: `swift test` loses messages in which a longer character falls between two of its reads.
  var plain: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar -> Unicode.Scalar in
          switch scalar {
          case "│": "|"
          case "─", "┌", "┐", "└", "┘": "-"
          case "\n", " "..."~": scalar
          default: "*"
          }
        }))
  }

  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// Runs a program and waits for it, at most two minutes; standard error comes with the output.
///
/// By `posix_spawn` with an empty signal mask: what a test's thread starts would inherit the signals blocked there, and
/// vigie in tmux would never see its TERM.
@discardableResult
func run(_ words: [String]) -> Outcome {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return Outcome(status: -1, output: "no pipe") }
  defer { close(ends[0]) }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  for descriptor: Int32 in [1, 2] { posix_spawn_file_actions_adddup2(&actions, ends[1], descriptor) }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  var mask = sigset_t()
  sigemptyset(&mask)
  posix_spawnattr_setsigmask(&attributes, &mask)
  sigfillset(&mask)
  posix_spawnattr_setsigdefault(&attributes, &mask)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  defer {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
  let arguments = (["timeout", "--kill-after=5", "120"] + words).map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var process = pid_t()
  let code = posix_spawnp(&process, "timeout", &actions, &attributes, arguments, environ)
  close(ends[1])
  guard code == 0 else { return Outcome(status: -1, output: String(cString: strerror(code))) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(ends[0], &chunk, chunk.count)
    if count > 0 { bytes += chunk[..<count] } else if count == 0 || errno != EINTR { break }
  }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  let signal = status & 0x7F
  return Outcome(
    status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: String(decoding: bytes, as: UTF8.self))
}

@discardableResult
func run(_ words: String...) -> Outcome { run(words) }

/// Runs a command line by `/bin/sh`.
@discardableResult
func shell(_ line: String) -> Outcome { run("/bin/sh", "-c", line) }

/// A condition that did not come true in time.
struct Impatience: Error, CustomStringConvertible {
  var description: String
}

/// Waits until `condition` gives something, looking ten times a second.
/// - Throws: `Impatience` with what was waited for and what `evidence` shows, after `limit`.
@discardableResult
func wait<Value>(
  for what: String, limit: Duration = .seconds(20), evidence: () -> String = { "" },
  until condition: () throws -> Value?
) async throws -> Value {
  let end = ContinuousClock.now + limit
  while true {
    if let value = try condition() { return value }
    guard ContinuousClock.now < end else {
      throw Impatience(description: "no \(what) within \(limit); seen last:\n\(evidence().plain)")
    }
    try await Task.sleep(for: .milliseconds(100))
  }
}

/// Writes a file, over what was there.
func write(_ text: String, to path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  defer { close(descriptor) }
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return }
    rest = rest.dropFirst(count)
  }
}

/// All of a file, also of `/proc`; empty where it can't be read.
func contents(of path: String) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return [] }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else { return bytes }
    bytes += chunk[..<count]
  }
}

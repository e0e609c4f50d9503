internal import CSystem
internal import Glibc

/// Why a program could not be started, for the operator.
package nonisolated struct SpawnFailure: Error, Hashable, CustomStringConvertible {
  package var program: String
  /// Of errno(3).
  package var code: Int32

  package init(program: String, code: Int32) {
    self.program = program
    self.code = code
  }

  package var description: String {
    switch code {
    case ENOENT: "\(program) is not installed on this machine, or not on the PATH"
    case EACCES: "\(program) may not be run: it is not a program, or not for this user"
    case EAGAIN: "\(program) can't be started: this user runs too many processes"
    case EMFILE, ENFILE: "\(program) can't be started: too many files are open (ulimit -n)"
    default: "\(program): \(String(cString: strerror(code)))"
    }
  }

  /// Whether another try may do better with nothing changed.
  var isPassing: Bool { [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(code) }
}

/// How a process ended.
package nonisolated enum ExitStatus: Hashable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)

  /// As waitpid(2) reports it.
  init(code: Int32) {
    let signal = code & 0x7F
    self = signal == 0 ? .exited((code >> 8) & 0xFF) : .killed(signal: signal)
  }
}

/// Starts a program, looked up on the PATH, in a process group of its own and with no signal blocked or ignored.
///
/// What does not get our standard streams gets no terminal either. A master of `ssh` reads for the sessions that share
/// it: as a background process of our terminal it would be stopped when a person types into one of them.
/// - Parameter standard: the descriptors that become its standard input, output and error; ours where empty.
func spawn(_ arguments: [String], standard: [Int32] = []) throws(SpawnFailure) -> pid_t {
  guard let program = arguments.first, !program.isEmpty else { throw SpawnFailure(program: "\"\"", code: ENOENT) }
  Dispositions.settle()
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (number, descriptor) in standard.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
  }
  _ = vigie_close_from(&actions, 3)
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  sigemptyset(&none)
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setpgroup(&attributes, 0)
  let group = standard.isEmpty ? Int16(POSIX_SPAWN_SETPGROUP) : vigie_spawn_session()
  posix_spawnattr_setflags(&attributes, group | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  var words = arguments.map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var process = pid_t()
  let code = posix_spawnp(&process, program, &actions, &attributes, &words, environ)
  guard code == 0 else { throw SpawnFailure(program: program, code: code) }
  return process
}

/// What a process with children needs of its own signals.
private enum Dispositions {
  private static var isSettled = false

  /// A child that stops reading must not end us (SIGPIPE); and where whoever started us ignores SIGCHLD, the kernel
  /// would throw our children's exit statuses away.
  static func settle() {
    guard !isSettled else { return }
    isSettled = true
    signal(SIGPIPE, SIG_IGN)
    var action = sigaction()
    guard sigaction(SIGCHLD, nil, &action) == 0 else { return }
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    if handler == unsafeBitCast(SIG_IGN, to: Int.self) { signal(SIGCHLD, SIG_DFL) }
  }
}

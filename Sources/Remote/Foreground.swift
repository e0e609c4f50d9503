internal import CSystem
internal import Glibc

/// Runs a program that has the terminal to itself, and waits for it, as a shell would.
///
/// It gets the terminal's foreground process group, so that Ctrl-C is its own; vigie takes the group back when it ends.
package func runInForeground(_ arguments: [String]) throws(SpawnFailure) -> ExitStatus {
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  var none = sigset_t()
  sigemptyset(&none)
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setpgroup(&attributes, 0)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  _ = vigie_close_from(&actions, 3)
  var words = arguments.map { strdup($0) } + [nil]
  var process = pid_t()
  let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, environ)
  for word in words { free(word) }
  posix_spawn_file_actions_destroy(&actions)
  posix_spawnattr_destroy(&attributes)
  guard code == 0 else { throw SpawnFailure(program: arguments[0], code: code) }
  // Giving the terminal away and taking it back must not stop us: a background process that touches it gets SIGTTOU.
  let before = signal(SIGTTOU, SIG_IGN)
  tcsetpgrp(STDIN_FILENO, process)
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  tcsetpgrp(STDIN_FILENO, getpgrp())
  signal(SIGTTOU, before)
  return status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: status & 0x7F)
}

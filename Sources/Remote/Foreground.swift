internal import Glibc

/// Runs a program that has the terminal to itself, and waits for it, as a shell would.
///
/// It gets the terminal's foreground process group, so that Ctrl-C is its own; vigie takes the group back when it
/// ends. Ctrl-Z ends it: there is no shell here that could continue it.
package func runInForeground(_ arguments: [String]) throws(SpawnFailure) -> ExitStatus {
  let process = try spawn(arguments)
  // Giving the terminal away and taking it back must not stop us: a background process that touches it gets SIGTTOU.
  let before = signal(SIGTTOU, SIG_IGN)
  defer { signal(SIGTTOU, before) }
  tcsetpgrp(STDIN_FILENO, process)
  defer { tcsetpgrp(STDIN_FILENO, getpgrp()) }
  var tries = 0
  while true {
    var code: Int32 = 0
    let found = waitpid(process, &code, WUNTRACED)
    if found < 0 {
      if errno == EINTR { continue }
      return .killed(signal: SIGKILL)
    }
    guard code & 0xFF == 0x7F else { return ExitStatus(code: code) }
    let stopper = (code >> 8) & 0xFF
    if stopper == SIGTTIN || stopper == SIGTTOU, tries < 10 {
      // It asked for the terminal before we had given it.
      tries += 1
      tcsetpgrp(STDIN_FILENO, process)
    } else {
      kill(-process, SIGTERM)
    }
    kill(-process, SIGCONT)
  }
}

internal import Glibc

/// A program that has the terminal to itself, as a shell would give it, while the loop goes on.
///
/// It gets the terminal's foreground process group, so that Ctrl-C is its own; vigie takes the group back when it
/// ends. Ctrl-Z ends it: there is no shell here that could continue it. The screen must have been put away before.
package final class Foreground {
  package let process: Int32
  /// How it ended; `nil` until `turn` found that it did.
  package private(set) var status: ExitStatus?
  private var tries = 0

  /// How often it may ask for the terminal before it was given it.
  private static let mostTries = 10

  /// Starts a program, looked up on the PATH.
  package init(_ arguments: [String]) throws(SpawnFailure) {
    process = try spawn(arguments)
    Self.give(to: process)
  }

  /// Looks whether it has ended, and takes the terminal back where it has; does not wait. SIGCHLD says when to look.
  @discardableResult
  package func turn() -> ExitStatus? {
    while status == nil {
      var code: Int32 = 0
      let found = waitpid(process, &code, WNOHANG | WUNTRACED)
      if found == 0 { break }
      if found < 0 {
        if errno == EINTR { continue }
        finish(.killed(signal: SIGKILL))
      } else if code & 0xFF == 0x7F {
        heed(stopper: (code >> 8) & 0xFF)
      } else {
        finish(ExitStatus(code: code))
      }
    }
    return status
  }

  private func heed(stopper: Int32) {
    if stopper == SIGTTIN || stopper == SIGTTOU, tries < Self.mostTries {
      // It asked for the terminal before we had given it.
      tries += 1
      Self.give(to: process)
    } else {
      kill(-process, SIGTERM)
    }
    kill(-process, SIGCONT)
  }

  /// Hangs up, as a terminal that is closed does, and takes the terminal back at once.
  package func hangUp() {
    guard status == nil else { return }
    kill(-process, SIGHUP)
    kill(-process, SIGCONT)
    Self.give(to: getpgrp())
  }

  private func finish(_ status: ExitStatus) {
    self.status = status
    Self.give(to: getpgrp())
  }

  /// A background process that touches the terminal gets SIGTTOU, which would stop us.
  private static func give(to group: pid_t) {
    let before = signal(SIGTTOU, SIG_IGN)
    tcsetpgrp(STDIN_FILENO, group)
    signal(SIGTTOU, before)
  }
}

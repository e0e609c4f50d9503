import Fleet

/// A command on a host that ends with the session it was started from, however that ends.
///
/// `sshd` tells a command nothing when its session is gone, and a program that has nothing to print would stay for ever.
/// So it is watched there: it ends when its standard input does, or when the console was silent for a minute.
package enum Lifeline {
  /// How often the console sends a newline; less than half of what the host waits.
  package static let beat = Duration.seconds(20)

  /// One line for any POSIX shell. What the command says on standard error comes with its output, in order.
  /// - Parameter sudo: whether the command needs `sudo`; its watch has to be able to end it.
  package static func line(_ command: [String], sudo: Bool) -> String {
    ShellWord.line(["exec"] + (sudo ? ["sudo", "-n"] : []) + ["bash", "-c", watch, "vigie"] + command)
  }

  private static let watch = """
    exec 3<&0
    "$@" 2>&1 < /dev/null 3<&- & c=$!
    { while IFS= read -r -t 60 _; do :; done; kill "$c"; } <&3 3<&- > /dev/null 2>&1 & w=$!
    exec 3<&- < /dev/null
    wait "$c"; s=$?
    kill "$w" 2> /dev/null
    exit "$s"
    """
}

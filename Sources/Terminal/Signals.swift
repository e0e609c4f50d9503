internal import CRescue
internal import Glibc

/// The signals that the loop answers, as bytes in a pipe that it polls.
///
/// Opened before the terminal, so that ncurses leaves these signals alone. A second request to end the program, while
/// the first is unanswered, ends it at once, with the terminal restored. SIGPIPE is dropped.
package struct Signals {
  package enum Signal: Hashable, Sendable {
    /// The window has another size.
    case resized
    /// SIGTERM, SIGHUP or SIGINT.
    case endRequested
    /// SIGTSTP, from another program: in raw mode Ctrl-Z is a key.
    case stopRequested
    /// The process was stopped and runs again: the screen is not what it was.
    case continued
    /// A child ended or stopped.
    case childChanged
  }

  /// To be polled for reading.
  package let descriptor: CInt

  package init() throws(TerminalError) {
    descriptor = vigie_signals_open()
    if descriptor < 0 { throw .system(call: "pipe", reason: reason(errno)) }
  }

  /// What arrived since the last call, each signal once; does not wait.
  package func arrived() -> Set<Signal> {
    var signals: Set<Signal> = []
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = vigie_signals_read(&bytes, CInt(bytes.count))
      for byte in bytes.prefix(Int(count)) {
        switch CInt(byte) {
        case SIGWINCH: signals.insert(.resized)
        case SIGCONT: signals.insert(.continued)
        case SIGCHLD: signals.insert(.childChanged)
        case SIGTSTP: signals.insert(.stopRequested)
        default: signals.insert(.endRequested)
        }
      }
      if count < bytes.count { return signals }
    }
  }
}

/// The C library's words for an error number.
func reason(_ number: CInt) -> String { strerror(number).map { String(cString: $0) } ?? "error \(number)" }

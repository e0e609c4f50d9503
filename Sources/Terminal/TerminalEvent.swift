package import Surface

/// What came from the terminal.
package nonisolated enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// Pasted text: at most 64 KiB, without control characters other than tab and line end.
  case pasted(String)
  case resized(Size)
  /// The terminal is gone: nothing more can come from it, or be shown.
  case closed
}

/// Why the console can't have the screen, for the operator.
package nonisolated enum TerminalError: Error, Hashable, CustomStringConvertible {
  case inputIsNoTerminal
  case outputIsNoTerminal
  case unknownType(String)
  case unusableType(String)
  case system(call: String, reason: String)

  package var description: String {
    switch self {
    case .inputIsNoTerminal:
      "standard input is not a terminal, so no key could be read; run vigie from a terminal, or use --once"
    case .outputIsNoTerminal:
      "standard output is not a terminal, so there is no screen to draw on; use --once for a table or --once --json"
    case .unknownType(""):
      "the variable TERM is not set; set it to your terminal's type, such as TERM=xterm-256color"
    case .unknownType(let name):
      "the terminal type TERM=\(name) is not known on this machine; set TERM=xterm-256color, or install ncurses-term"
    case .unusableType(let name):
      "a terminal of type TERM=\(name) can't move its cursor; set TERM=xterm-256color if yours can, or use --once"
    case .system(let call, let reason):
      "the terminal could not be set up: \(call): \(reason)"
    }
  }
}

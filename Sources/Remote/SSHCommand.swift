/// How `ssh` is called: one connection a host, which the sampler's session opens and the others share.
///
/// Host keys are always checked, nothing is forwarded, and a dead host is noticed after 6 to 9 seconds; all else is left
/// to the user's own configuration. Options: ssh_config(5).
package nonisolated struct SSHCommand: Hashable, Sendable {
  /// As `ssh` knows it.
  package var destination: String
  /// For `-F`; `nil` leaves `ssh` to its own.
  package var config: String?
  /// The socket by which sessions share the connection.
  package var socket: String

  package init(destination: String, config: String?, socket: String) {
    self.destination = destination
    self.config = config
    self.socket = socket
  }

  private func arguments(_ options: [String]) -> [String] {
    let common = [
      "ControlPath=\(socket)", "ConnectTimeout=10", "ConnectionAttempts=1", "ServerAliveInterval=3",
      "ServerAliveCountMax=2", "ForwardAgent=no", "ForwardX11=no", "ForwardX11Trusted=no", "ClearAllForwardings=yes",
      "PermitLocalCommand=no", "RemoteCommand=none", "EscapeChar=none",
      // Why a connection failed is read from what it says at this level.
      "LogLevel=INFO",
    ]
    return ["ssh"] + (config.map { ["-F", $0] } ?? []) + (options + common).flatMap { ["-o", $0] }
  }

  /// A session that opens the connection where there is none, and never asks anything.
  package func opening(_ command: String) -> [String] {
    arguments(["BatchMode=yes", "ControlMaster=auto", "ControlPersist=no", "StrictHostKeyChecking=yes"])
      + ["-T", "--", destination, command]
  }

  /// A further session of the connection that is open.
  ///
  /// Where the master refuses it, `ssh` would open a connection of its own; a proxy that fails keeps it from that.
  package func session(_ command: String) -> [String] { sharing([]) + ["-T", "--", destination, command] }

  /// The same for a person, with a terminal there that is as large as ours: `~.` after Enter hangs up.
  package func terminal(_ command: String) -> [String] {
    sharing(["EscapeChar=~"]) + ["-tt", "--", destination, command]
  }

  private func sharing(_ options: [String]) -> [String] {
    // Of an option that is given twice the first holds.
    arguments(
      options + ["BatchMode=yes", "ControlMaster=no", "StrictHostKeyChecking=yes", "ProxyCommand=false"])
  }

  /// For a person at the terminal: asks what there is to ask, and leaves the connection open for a minute.
  package var answering: [String] {
    arguments(["BatchMode=no", "ControlMaster=auto", "ControlPersist=60", "StrictHostKeyChecking=ask"])
      + ["-T", "--", destination, "true"]
  }

  /// Ends a connection that `answering` left open.
  package var closing: [String] { arguments(["BatchMode=yes"]) + ["-O", "exit", "--", destination] }
}

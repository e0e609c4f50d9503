/// Why a connection failed, told from what `ssh` said: a sentence for the operator, and what to do.
package nonisolated struct Refusal: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// May pass by itself: try again soon.
    case passing
    /// A person has to answer `ssh`.
    case needsPerson
    /// Trying again at once would not help.
    case lasting
  }

  package var kind: Kind
  package var reason: String
  package var cure: String

  private static let table: [(needle: String, refusal: Refusal)] = [
    (
      "REMOTE HOST IDENTIFICATION HAS CHANGED",
      Refusal(
        kind: .lasting, reason: "its host key has changed",
        cure: "find out why before anything else; if it was reinstalled, remove the old key with ssh-keygen -R")
    ),
    (
      "Host key verification failed",
      Refusal(
        kind: .needsPerson, reason: "its host key is not known here yet", cure: "compare the fingerprint and accept it")
    ),
    (
      "is known for",
      Refusal(
        kind: .needsPerson, reason: "its host key is not known here yet", cure: "compare the fingerprint and accept it")
    ),
    (
      "Permission denied (publickey",
      Refusal(
        kind: .needsPerson, reason: "ssh may not log in: no key was accepted",
        cure: "unlock or add the right key, or answer what ssh asks")
    ),
    (
      "Permission denied",
      Refusal(kind: .needsPerson, reason: "ssh may not log in", cure: "answer what ssh asks, or set up a key")
    ),
    (
      "Too many authentication failures",
      Refusal(
        kind: .needsPerson, reason: "the agent offers too many keys",
        cure: "name the right one with IdentitiesOnly yes in ~/.ssh/config")
    ),
    (
      "Could not resolve hostname",
      Refusal(
        kind: .passing, reason: "its name can't be resolved", cure: "check the name in the fleet file and ~/.ssh/config"
      )
    ),
    (
      "Connection refused",
      Refusal(kind: .passing, reason: "nothing listens for ssh there", cure: "is sshd running, and the port right?")
    ),
    (
      "No route to host",
      Refusal(kind: .passing, reason: "there is no way to it (no route)", cure: "is it on, and the network up?")
    ),
    (
      "Network is unreachable",
      Refusal(kind: .passing, reason: "the network is unreachable", cure: "is this machine online?")
    ),
    (
      "Connection timed out",
      Refusal(kind: .passing, reason: "it does not answer", cure: "is it on, and does the firewall let ssh in?")
    ),
    (
      "Operation timed out",
      Refusal(kind: .passing, reason: "it does not answer", cure: "is it on, and does the firewall let ssh in?")
    ),
    ("not responding", Refusal(kind: .passing, reason: "it stopped answering", cure: "is it on, and the network up?")),
    (
      "Connection reset",
      Refusal(kind: .passing, reason: "the connection was reset", cure: "sshd may be overloaded or starting")
    ),
    (
      "Connection closed by",
      Refusal(kind: .passing, reason: "it closed the connection", cure: "sshd may be overloaded or starting")
    ),
    (
      "kex_exchange_identification",
      Refusal(kind: .passing, reason: "it closed the connection", cure: "sshd may be overloaded or starting")
    ),
    (
      "administratively prohibited",
      Refusal(kind: .lasting, reason: "it refuses another session", cure: "MaxSessions of its sshd must be at least 3")
    ),
    (
      "open failed",
      Refusal(kind: .lasting, reason: "it refuses another session", cure: "MaxSessions of its sshd must be at least 3")
    ),
    (
      "Bad configuration option",
      Refusal(
        kind: .lasting, reason: "ssh refuses its configuration",
        cure: "try ssh to this host by hand, and mend what it names")
    ),
  ]

  /// - Parameters:
  ///   - words: the end of what came on standard error.
  ///   - status: how the program ended; `nil` where it was ended from here, because it was silent.
  package init(words: String, status: ExitStatus?) {
    if let found = Self.table.first(where: { words.contains($0.needle) }) {
      self = found.refusal
      return
    }
    switch status {
    case .exited(127):
      self.init(kind: .lasting, reason: "it has no bash", cure: "install bash there: it is all that vigie counts on")
    case .exited(126):
      self.init(kind: .lasting, reason: "it may not run bash", cure: "give this user a login shell that runs commands")
    case .exited(255):
      let last = words.split(whereSeparator: \.isNewline).last.map(String.init)
      self.init(
        kind: .passing, reason: last.map { "ssh: \($0)" } ?? "the connection was lost", cure: "try ssh to it by hand")
    case .exited(let code):
      self.init(kind: .passing, reason: "the sampler ended with status \(code)", cure: "try ssh to it by hand")
    case .killed(let signal):
      self.init(kind: .passing, reason: "ssh was ended by signal \(signal)", cure: "")
    case nil:
      self.init(kind: .passing, reason: "it stopped answering", cure: "is it on, and the network up?")
    }
  }

  package init(kind: Kind, reason: String, cure: String) {
    self.kind = kind
    self.reason = reason
    self.cure = cure
  }
}

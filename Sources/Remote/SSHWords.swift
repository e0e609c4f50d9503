/// What OpenSSH says when it fails, and what that means. Sources: sshconnect.c, sshconnect2.c, packet.c, mux.c,
/// clientloop.c and readconf.c of OpenSSH 9.2; the tests make a real `ssh` say most of it.
nonisolated enum SSHWords {
  typealias Entry = (needle: String, refusal: Refusal)

  /// Words that have one cause.
  static let precise: [Entry] = [
    ("has changed and you have requested strict checking", changed),
    ("REMOTE HOST IDENTIFICATION HAS CHANGED", changed),
    (
      "was revoked and you have requested strict checking",
      Refusal(
        kind: .lasting, reason: "its host key is marked as revoked",
        cure: "do not connect before you know why: somebody may have the key")
    ),
    ("is known for", unknownKey),
    ("authenticity of host", unknownKey),
    ("Too many authentication failures", tooManyKeys),
    ("Permission denied (publickey).", noKey),
    (
      "Permission denied (",
      Refusal(
        kind: .needsPerson, reason: "ssh may not log in: no key was accepted",
        cure: "answer what ssh asks, or set up a key")
    ),
    (
      "no matching",
      Refusal(
        kind: .lasting, reason: "ssh and its sshd have no algorithm in common",
        cure: "update the older of the two, or allow an algorithm in ~/.ssh/config")
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
    ("timed out", timeout),
    ("Timeout, server", Refusal(kind: .passing, reason: "it stopped answering", cure: "is it on, and the network up?")),
    ("Session open refused by peer", noSession),
    ("administratively prohibited", noSession),
    ("open failed", noSession),
    ("Bad configuration option", configuration),
    ("Bad owner or permissions on", configuration),
    ("Can't open user config file", configuration),
  ]

  /// Words that come with many causes.
  static let general: [Entry] = [
    ("Host key verification failed", unknownKey),
    (
      "closed by remote host",
      Refusal(kind: .passing, reason: "it closed the connection", cure: "sshd may be overloaded, starting or stopping")
    ),
    (
      "Connection closed by",
      Refusal(kind: .passing, reason: "it closed the connection", cure: "sshd may be overloaded, starting or stopping")
    ),
    (
      "Connection reset by",
      Refusal(kind: .passing, reason: "the connection was reset", cure: "sshd may be overloaded, starting or stopping")
    ),
    ("Broken pipe", Refusal(kind: .passing, reason: "the connection broke", cure: "is it on, and the network up?")),
  ]

  private static let changed = Refusal(
    kind: .lasting, reason: "its host key has changed",
    cure: "find out why before anything else; if it was reinstalled, remove the old key with ssh-keygen -R")
  private static let unknownKey = Refusal(
    kind: .needsPerson, reason: "its host key is not known here yet", cure: "compare the fingerprint and accept it")
  private static let noKey = Refusal(
    kind: .needsPerson, reason: "ssh may not log in: no key was accepted",
    cure: "unlock or add the right key, or answer what ssh asks")
  private static let tooManyKeys = Refusal(
    kind: .needsPerson, reason: "the agent offers too many keys",
    cure: "name the right one with IdentitiesOnly yes in ~/.ssh/config")
  private static let timeout = Refusal(
    kind: .passing, reason: "it does not answer", cure: "is it on, and does the firewall let ssh in?")
  private static let noSession = Refusal(
    kind: .lasting, reason: "it refuses another session", cure: "MaxSessions of its sshd must be at least 3")
  private static let configuration = Refusal(
    kind: .lasting, reason: "ssh refuses its configuration",
    cure: "try ssh to this host by hand, and mend what it names"
  )
}

import Fleet
import Glibc
import Remote
import Testing

@MainActor
struct `What a real ssh says` {
  /// Tries to open a connection as a link does, and reads why it failed.
  private func refusal(_ sshd: Sshd, _ command: String = "true", destination: String = "box") async throws -> Refusal? {
    var ssh = sshd.ssh
    ssh.destination = destination
    let outcome = try await Child.run(ssh.opening(command))
    guard outcome.status != .exited(0) else { return nil }
    return Refusal(words: outcome.errors, status: outcome.status, transport: .ssh)
  }

  @Test func `is nothing where all is well`() async throws {
    #expect(try await refusal(Sshd()) == nil)
  }

  @Test func `of host keys is understood`() async throws {
    let sshd = try await Sshd()
    try sshd.know(nil)
    let unknown = try await refusal(sshd)
    #expect(unknown?.kind == .needsPerson && unknown?.reason == "its host key is not known here yet")
    try sshd.know("other-host")
    let changed = try await refusal(sshd)
    #expect(changed?.kind == .lasting && changed?.reason == "its host key has changed")
    try sshd.know("host", marker: "@revoked ")
    let revoked = try await refusal(sshd)
    #expect(revoked?.kind == .lasting && revoked?.reason == "its host key is marked as revoked")
  }

  @Test func `of users' keys is understood`() async throws {
    let sshd = try await Sshd()
    sshd.accept("other-user")
    let refused = try await refusal(sshd)
    #expect(refused?.kind == .needsPerson && refused?.reason == "ssh may not log in: no key was accepted")
  }

  @Test func `of shells without bash is understood, and not taken for its own words`() async throws {
    let sshd = try await Sshd()
    let missing = try await refusal(sshd, "echo 'Permission denied (publickey).' >&2; exec env PATH=/nowhere bash")
    #expect(missing?.kind == .lasting && missing?.reason == "it has no bash")
    let failed = try await refusal(sshd, "echo '\u{1B}[31mConnection refused' >&2; exit 3")
    #expect(failed?.kind == .passing)
    #expect(failed?.reason == "the sampler ended with status 3: [31mConnection refused")
  }

  @Test func `of hosts that do not answer is understood`() async throws {
    let sshd = try await Sshd()
    sshd.kill()
    #expect(try await refusal(sshd)?.reason == "nothing listens for ssh there")
    let name = try await refusal(sshd, destination: "no-such-host.invalid")
    #expect(name?.reason == "its name can't be resolved" && name?.kind == .passing)
  }

  @Test func `of a host that is silent is understood, within 10 seconds`() async throws {
    let sshd = try await Sshd()
    // Listens, and never says a word.
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(socket) }
    let port = try Sshd.bind(socket)
    #expect(listen(socket, 8) == 0)
    let silent = try await refusal(sshd, destination: "ssh://127.0.0.1:\(port)")
    #expect(silent?.reason == "it does not answer" && silent?.kind == .passing)
  }

  @Test func `of a connection that carries no more sessions is understood, and opens no other`() async throws {
    let sshd = try await Sshd(["MaxSessions 1"])
    let master = try Child(sshd.ssh.opening("echo open; read -r"))
    var lines: [[UInt8]] = []
    try await wait(for: "master", interests: { master.interests }, turn: { lines += master.turn($0) }) {
      !lines.isEmpty && sshd.hasSocket
    }
    let outcome = try await Child.run(sshd.ssh.session("true"))
    let refused = Refusal(words: outcome.errors, status: outcome.status, transport: .ssh)
    #expect(refused.reason == "it refuses another session" && refused.kind == .lasting)
    #expect(outcome.errors.contains("Session open refused by peer"))
    // Nor where there is no master at all.
    master.closeInput()
    _ = try await master.outcome()
    #expect(try await Child.run(sshd.ssh.session("echo ran")).lines == [])
  }

  @Test func `of a connection that was cut is understood`() async throws {
    let sshd = try await Sshd()
    let child = try Child(sshd.ssh.opening("echo open; read -r"))
    var lines: [[UInt8]] = []
    try await wait(for: "session", interests: { child.interests }, turn: { lines += child.turn($0) }) { !lines.isEmpty }
    sshd.kill()
    let outcome = try await child.outcome()
    let cut = Refusal(words: outcome.errors, status: outcome.status, transport: .ssh)
    #expect(["it closed the connection", "the connection was reset"].contains(cut.reason), "\(outcome.errors)")
    #expect(cut.kind == .passing)
  }

  @Test func `of its configuration is understood`() async throws {
    let sshd = try await Sshd()
    write("Nonsense yes\n", to: sshd.config)
    let refused = try await refusal(sshd)
    #expect(refused?.kind == .lasting && refused?.reason == "ssh refuses its configuration")
  }
}

struct `A refusal` {
  /// Words of OpenSSH that take more than a test to make it say.
  @Test(arguments: [
    ("Timeout, server 192.0.2.1 not responding.", Refusal.Kind.passing, "it stopped answering"),
    ("ssh: connect to host web port 22: No route to host", .passing, "there is no way to it (no route)"),
    ("ssh: connect to host web port 22: Network is unreachable", .passing, "the network is unreachable"),
    ("ssh: connect to host web port 22: Connection timed out", .passing, "it does not answer"),
    (
      "Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures\r\nDisconnected from 192.0.2.1",
      .needsPerson, "the agent offers too many keys"
    ),
    ("ops@web: Permission denied (publickey,password).", .needsPerson, "ssh may not log in: no key was accepted"),
    (
      "Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: ssh-rsa", .lasting,
      "ssh and its sshd have no algorithm in common"
    ),
    (
      "ssh: connect to host gate port 22: Connection refused\r\n"
        + "kex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535",
      .passing, "nothing listens for ssh there"
    ),
    ("client_loop: send disconnect: Broken pipe", .passing, "the connection broke"),
    ("something new\u{1B}]0;x\u{7}\n", .passing, "ssh: something new]0;x"), ("", .passing, "the connection was lost"),
  ])
  func `is told from the last words that say why`(_ words: String, _ kind: Refusal.Kind, _ reason: String) {
    let refusal = Refusal(words: words, status: .exited(255), transport: .ssh)
    #expect(refusal.kind == kind)
    #expect(refusal.reason == reason)
  }

  @Test func `names the program that failed`() {
    let tsh = Refusal.Transport(.command(["tsh", "ssh", "web", "{sampler}"]))
    #expect(
      Refusal(words: "ERROR: not logged in\n", status: .exited(1), transport: tsh).reason == "tsh: ERROR: not logged in"
    )
    #expect(Refusal(words: "", status: .exited(127), transport: tsh).reason == "it has no bash")
    let program = Refusal.Transport(.command(["speaker"]))
    #expect(Refusal(words: "", status: .exited(127), transport: program).reason == "speaker ended with status 127")
    #expect(
      Refusal(words: "", status: .killed(signal: 9), transport: program).reason == "speaker was ended by signal 9")
    #expect(Refusal(words: "", status: nil, transport: .ssh).reason == "it stopped answering")
  }
}

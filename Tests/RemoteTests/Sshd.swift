import Fleet
import Glibc
import Remote
import Testing

/// A real sshd of a test's own, on loopback, with throw-away keys; ended with the test.
@MainActor
final class Sshd {
  let directory: String
  let port: UInt16
  /// For `ssh -F`: knows the host as `box`, its key, and the key that it accepts.
  let config: String
  private let options: [String]
  private(set) var listener: Child?

  /// - Parameter options: lines for its configuration.
  init(_ options: [String] = []) async throws {
    self.options = options
    let template = strdup("/tmp/vigie-sshd-XXXXXX")
    defer { free(template) }
    directory = String(cString: try #require(template.flatMap { mkdtemp($0) }))
    config = directory + "/config"
    port = try Self.freePort()
    for name in ["host", "other-host", "user", "other-user"] {
      let made = try await Child.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory + "/" + name])
      try #require(made.status == .exited(0), "\(made.errors)")
    }
    write(text(directory + "/user.pub") ?? "", to: directory + "/authorized")
    try know("host")
    let user = String(cString: try #require(getpwuid(getuid())).pointee.pw_name)
    write(
      """
      Host box other
        HostName 127.0.0.1
        Port \(port)
        User \(user)
        IdentityFile \(directory)/user
        IdentitiesOnly yes
        IdentityAgent none
        UserKnownHostsFile \(directory)/known
        GlobalKnownHostsFile /dev/null

      """, to: config)
    try await start()
  }

  isolated deinit {
    kill()
    let names = [
      "host", "host.pub", "other-host", "other-host.pub", "user", "user.pub", "other-user", "other-user.pub",
      "authorized", "known", "known.old", "config", "sshd_config", "socket",
    ]
    for name in names { unlink(directory + "/" + name) }
    rmdir(directory)
  }

  /// As a link calls `ssh` to it.
  var ssh: SSHCommand { SSHCommand(destination: "box", config: config, socket: directory + "/socket") }

  var host: Host { Host(name: HostName("box"), connection: .ssh(destination: "box"), environment: .dev) }

  var hasSocket: Bool { access(directory + "/socket", F_OK) == 0 }

  /// The `ssh` processes that this process has started to it, or that they left behind, of which none is to be left.
  var clients: [pid_t] {
    Process.all.filter { !$0.isZombie }.map(\.id).filter {
      let words = Process.arguments(of: $0)
      // A master that a person left open calls itself `ssh: SOCKET [mux]`.
      return (words.hasPrefix("ssh ") || words.hasPrefix("ssh: ")) && words.contains(directory)
    }
  }

  /// Makes `known_hosts` hold one of the keys, or none.
  func know(_ name: String?, marker: String = "") throws {
    let key = name.flatMap { text("\(directory)/\($0).pub") }.map { "\(marker)[127.0.0.1]:\(port) \($0)" }
    write(key ?? "", to: directory + "/known")
  }

  /// Lets the host accept another key than ours, or ours again.
  func accept(_ name: String) { write(text("\(directory)/\(name).pub") ?? "", to: directory + "/authorized") }

  func start() async throws {
    if getuid() == 0 { mkdir("/run/sshd", 0o755) }
    let settings =
      [
        "Port \(port)", "ListenAddress 127.0.0.1", "HostKey \(directory)/host", "PidFile none",
        "AuthorizedKeysFile \(directory)/authorized", "StrictModes no", "UsePAM no", "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
      ] + options
    write(settings.joined(separator: "\n") + "\n", to: directory + "/sshd_config")
    let child = try Child(["/usr/sbin/sshd", "-D", "-e", "-f", directory + "/sshd_config"])
    listener = child
    try await wait(
      for: "sshd", interests: { child.interests }, turn: { _ = child.turn($0) },
      evidence: { String(decoding: child.errors, as: UTF8.self) }
    ) { String(decoding: child.errors, as: UTF8.self).contains("Server listening") || child.reap() != nil }
    try #require(child.status == nil, "\(String(decoding: child.errors, as: UTF8.self))")
  }

  /// The processes that serve connections, and what runs on them.
  var servants: [pid_t] { listener.map { Process.descendants(of: $0.process) } ?? [] }

  /// Kills it and all its connections, as a host that loses its power.
  func kill() {
    let servants = servants
    listener?.signal(SIGKILL)
    for servant in servants { Glibc.kill(servant, SIGKILL) }
    // Killed, it ends at once; who waits for it needs no limit.
    if let listener { while listener.reap() == nil { sched_yield() } }
    listener = nil
  }

  /// Of the range that the kernel gives to nobody by itself (ip(7), `ip_local_port_range`): until `sshd` binds it, another
  /// program could be given one of that range.
  private static func freePort() throws -> UInt16 {
    for port in (20_000...32_000).shuffled() {
      let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(socket) }
      if (try? bind(socket, port: UInt16(port))) != nil { return UInt16(port) }
    }
    throw PortTaken()
  }

  private struct PortTaken: Error {}

  /// Binds a socket to a port of loopback, or to any free one.
  @discardableResult static func bind(_ socket: Int32, port: UInt16 = 0) throws -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(socket, $0, size) | getsockname(socket, $0, &size)
      }
    }
    guard code == 0 else { throw PortTaken() }
    return UInt16(bigEndian: address.sin_port)
  }
}

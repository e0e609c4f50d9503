import Fleet
import Glibc
import Remote

/// An sshd of the test's own, on a loopback address, with throw-away keys in a directory of its own.
@MainActor final class Sshd {
  let directory: String
  let port: Int
  private var server: Child?

  init() throws {
    let template = strdup("/tmp/vigie-sshd-" + String(repeating: "X", count: 6))
    defer { free(template) }
    directory = template.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
    port = Int.random(in: 20_000..<60_000)
    mkdir("/run/sshd", 0o755)
    for key in ["host", "other", "user"] { try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key)]) }
    try run(["cp", path("user.pub"), path("authorized_keys")])
    write("known_hosts", "[127.0.0.1]:\(port) " + read("host.pub"))
    write(
      "ssh_config",
      """
      Host loopback
        HostName 127.0.0.1
        Port \(port)
        IdentityFile \(path("user"))
        IdentitiesOnly yes
        UserKnownHostsFile \(path("known_hosts"))
        GlobalKnownHostsFile /dev/null
        LogLevel INFO
      """ + "\n")
    try start()
  }

  func path(_ name: String) -> String { directory + "/" + name }

  /// Starts it, with the host key of that name.
  func start(key: String = "host", options: String = "") throws {
    stop()
    write(
      "sshd_config",
      """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(path(key))
      PidFile none
      AuthorizedKeysFile \(path("authorized_keys"))
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      \(options)
      """ + "\n")
    let server = try Child(["/usr/sbin/sshd", "-D", "-e", "-f", path("sshd_config")])
    self.server = server
    _ = try loop(until: "sshd", interests: { server.interests }) { ready, _ in
      _ = server.turn(ready)
    } condition: {
      String(decoding: server.errors, as: UTF8.self).contains("Server listening") ? true : nil
    }
  }

  /// Ends it, and the connections that it serves.
  func stop() {
    guard let server else { return }
    for process in connections { kill(process, SIGKILL) }
    server.signal(SIGKILL)
    _ = try? loop(until: "sshd's end", interests: { server.interests }) { ready, _ in
      _ = server.turn(ready)
    } condition: {
      server.reap()
    }
    self.server = nil
  }

  /// The processes that serve connections: the server's children.
  var connections: [pid_t] {
    guard let server else { return [] }
    return read("/proc/\(server.process)/task/\(server.process)/children").split(separator: " ").compactMap {
      pid_t($0)
    }
  }

  func remove() {
    stop()
    _ = try? run(["rm", "-rf", directory])
  }

  func write(_ name: String, _ text: String) {
    guard let file = fopen(path(name), "w") else { return }
    fputs(text, file)
    fclose(file)
    chmod(path(name), 0o600)
  }

  func read(_ name: String) -> String {
    guard let file = fopen(name.hasPrefix("/") ? name : path(name), "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> Remote.ExitStatus {
    let child = try Child(arguments)
    child.closeInput()
    return try loop(until: "end of \(arguments)", interests: { child.interests }) { ready, _ in
      _ = child.turn(ready)
    } condition: {
      child.isReadable ? nil : child.reap()
    }
  }
}

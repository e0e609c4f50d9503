import Fleet
import Glibc
import Remote
import Testing

/// A link to a real sshd. The "sampler" of these tests is a line and an echo: the link does not know what lines mean.
@MainActor @Suite(.serialized, .timeLimit(.minutes(4)))
struct HostLinkTests {
  private let sshd: Sshd

  init() throws { sshd = try Sshd() }

  /// A link, and all that it has said.
  @MainActor private final class Watched {
    let link: HostLink
    var states: [LinkState] = []
    var lines: [String] = []

    init(_ connection: Connection, _ sshd: Sshd, command: String = "echo hello; exec cat") {
      link = HostLink(
        Host(name: HostName("h"), connection: connection, environment: .dev),
        ssh: SSHCommand(destination: "loopback", config: sshd.path("ssh_config"), socket: sshd.path("socket")),
        interval: .seconds(2),
        starting: HostLink.Starting(
          command: { _, leftover in
            leftover.map { "echo leftover \($0.process); " } ?? "" + command
          }, script: []))
    }

    func take(_ events: [LinkEvent], at now: Moment) {
      for event in events {
        switch event {
        case .started: break
        case .changed(let state): states.append(state)
        case .line(let line):
          lines.append(String(decoding: line, as: UTF8.self))
          if lines.last == "hello" { take(link.confirm(process: 4711, at: now), at: now) }
        }
      }
    }

    func wait<Value>(for what: String, _ condition: () -> Value?) throws -> Value {
      do {
        return try loop(until: what, interests: { link.interests }) { ready, now in
          take(link.turn(ready, at: now), at: now)
          if link.wantsToStart(at: now) { take(link.start(at: now), at: now) }
        } condition: {
          condition()
        }
      } catch {
        throw Impatience(description: "\(error); states \(states)")
      }
    }

    func live() throws { _ = try wait(for: "live") { link.state == .live ? true : nil } }

    func close() throws {
      link.close()
      _ = try loop(until: "the end of its children", interests: { link.interests }) { ready, now in
        _ = link.turn(ready, at: now)
      } condition: {
        link.isClosed ? true : nil
      }
    }
  }

  private var ssh: Connection { .ssh(destination: "loopback") }

  @Test func `a host comes to life, heeds orders, and leaves nothing behind`() throws {
    defer { sshd.remove() }
    let watched = Watched(ssh, sshd)
    try watched.live()
    watched.link.send(Array("order\n".utf8))
    _ = try watched.wait(for: "the echo") { watched.lines.contains("order") ? true : nil }
    try watched.close()
    #expect(access(sshd.path("socket"), F_OK) != 0)
  }

  @Test func `a host key that nobody has seen needs a person, and is never accepted`() throws {
    defer { sshd.remove() }
    sshd.write("known_hosts", "")
    let watched = Watched(ssh, sshd)
    let reason = try watched.wait(for: "the question") {
      if case .needsPerson(let reason) = watched.link.state { reason } else { nil }
    }
    #expect(reason == "its host key is not known here yet")
    #expect(sshd.read("known_hosts") == "")
  }

  @Test func `a host key that has changed is refused`() throws {
    defer { sshd.remove() }
    try sshd.start(key: "other")
    let watched = Watched(ssh, sshd)
    let reason = try watched.wait(for: "the refusal") {
      if case .refused(let reason, _, _) = watched.link.state { reason } else { nil }
    }
    #expect(reason == "its host key has changed")
  }

  @Test func `a login that no key opens needs a person`() throws {
    defer { sshd.remove() }
    sshd.write("authorized_keys", "")
    let watched = Watched(ssh, sshd)
    let reason = try watched.wait(for: "the question") {
      if case .needsPerson(let reason) = watched.link.state { reason } else { nil }
    }
    #expect(reason == "ssh may not log in: no key was accepted")
  }

  @Test func `a server that is down is tried again until it is back`() throws {
    defer { sshd.remove() }
    sshd.stop()
    let watched = Watched(ssh, sshd)
    let reason = try watched.wait(for: "backing off") {
      if case .backingOff(_, _, let reason) = watched.link.state { reason } else { nil }
    }
    #expect(reason == "nothing listens for ssh there")
    try sshd.start()
    try watched.live()
    try watched.close()
  }

  @Test func `a connection that is killed comes back by itself, and says which sampler may be left over`() throws {
    defer { sshd.remove() }
    let watched = Watched(ssh, sshd)
    try watched.live()
    for process in sshd.connections { kill(process, SIGKILL) }
    _ = try watched.wait(for: "backing off") {
      if case .backingOff = watched.link.state { true } else { nil }
    }
    _ = try watched.wait(for: "the leftover") { watched.lines.contains("leftover 4711") ? true : nil }
    try watched.close()
  }

  @Test func `a host without bash is refused with the cure`() throws {
    defer { sshd.remove() }
    let watched = Watched(ssh, sshd, command: "exec no-such-bash")
    let cure = try watched.wait(for: "the refusal") {
      if case .refused(_, let cure, _) = watched.link.state { cure } else { nil }
    }
    #expect(cure.contains("install bash"))
  }

  @Test func `a further session goes through the connection that is open`() throws {
    defer { sshd.remove() }
    let watched = Watched(ssh, sshd)
    try watched.live()
    let before = sshd.connections.count
    let words = try #require(watched.link.session("echo second; exit 7"))
    let child = try Child(words)
    child.closeInput()
    var lines: [String] = []
    let status = try loop(until: "the session", interests: { child.interests }) { ready, _ in
      lines += child.turn(ready).map { String(decoding: $0, as: UTF8.self) }
    } condition: {
      child.isReadable ? nil : child.reap()
    }
    #expect(lines == ["second"])
    #expect(status == .exited(7))
    #expect(sshd.connections.count == before)
    try watched.close()
  }

  @Test func `this machine needs no ssh`() throws {
    defer { sshd.remove() }
    let watched = Watched(.local, sshd)
    try watched.live()
    try watched.close()
  }

  @Test func `a program that speaks the stream ends, and is not started again`() throws {
    defer { sshd.remove() }
    let watched = Watched(.command(["/bin/echo", "hello"]), sshd)
    _ = try watched.wait(for: "the end") { watched.link.state == .ended ? true : nil }
    #expect(watched.lines == ["hello"])
  }

  @Test func `a program that is not there is refused in a sentence`() throws {
    defer { sshd.remove() }
    let watched = Watched(.command(["no-such-transport", "{sampler}"]), sshd)
    let reason = try watched.wait(for: "the refusal") {
      if case .refused(let reason, _, _) = watched.link.state { reason } else { nil }
    }
    #expect(reason == "no-such-transport is not installed on this machine, or not on the PATH")
  }
}

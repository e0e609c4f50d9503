import Fleet
import Remote
import Testing

/// A link, driven as the console drives it, with a clock that a test may put forward.
///
/// Its samplers say `hello PID` first, and `beat` for a sample.
@MainActor
final class Drive {
  let link: HostLink
  private(set) var events: [LinkEvent] = []
  private let clock = Clock()
  private var ahead = Duration.zero

  init(_ link: HostLink) { self.link = link }

  isolated deinit { link.end() }

  /// A host that is this machine, whose sampler is a script for bash.
  convenience init(script: String, interval: Duration = .seconds(2)) {
    let host = Host(name: HostName("here"), connection: .local, environment: .dev)
    self.init(HostLink(host, ssh: nil, interval: interval, starting: .init(script: script)))
  }

  /// A host whose program speaks by itself.
  convenience init(program: [String]) {
    let host = Host(name: HostName("there"), connection: .command(program), environment: .dev)
    self.init(HostLink(host, ssh: nil, interval: .seconds(2), starting: .init(script: "exit 1")))
  }

  convenience init(_ sshd: Sshd, script: String = HostLink.Starting.sampler) {
    self.init(HostLink(sshd.host, ssh: sshd.ssh, interval: .seconds(2), starting: .init(script: script)))
  }

  var now: Moment { clock.now() + ahead }

  func skip(_ time: Duration) { ahead += time }

  var states: [LinkState] {
    events.compactMap {
      if case .changed(let state) = $0 { state } else { nil }
    }
  }

  var starts: Int { events.count { if case .started = $0 { true } else { false } } }

  var lines: [String] {
    events.compactMap {
      if case .line(let line) = $0 { String(decoding: line, as: UTF8.self) } else { nil }
    }
  }

  /// The process of the sampler that spoke last.
  var sampler: Int32? { lines.last { $0.hasPrefix("hello ") }.flatMap { Int32($0.dropFirst(6)) } }

  func take(_ new: [LinkEvent]) {
    for event in new {
      events.append(event)
      guard case .line(let line) = event else { continue }
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("hello "), let process = Int(text.dropFirst(6)) {
        take(link.confirm(process: process, at: now))
      } else if text == "beat" {
        take(link.beat(at: now))
      }
    }
  }

  func turn(_ ready: Ready) {
    let now = now
    take(link.turn(ready, at: now))
    if link.wantsToStart(at: now) { take(link.start(at: now)) }
    // What is overdue after a turn would make the loop turn without end.
    if let deadline = link.deadline { #expect(deadline > now, "overdue in \(link.state)") }
  }

  func run(until what: String, limit: Duration = .seconds(60), _ condition: () -> Bool) async throws {
    try await wait(
      for: what, limit: limit, interests: { link.interests }, turn: { turn($0) },
      evidence: { "\(states) \(lines.suffix(5))" },
      until: condition)
  }

  func close() async throws {
    link.close(at: now)
    try await run(until: "end of all children", limit: .seconds(30)) { link.isClosed }
    link.end()
  }
}

@MainActor
extension HostLink.Starting {
  /// Speaks until its input ends.
  static let sampler = """
    echo "hello $$"
    while :; do
      echo beat
      read -r -t 0.2; status=$?
      ((status == 0 || status > 128)) || exit 0
    done
    """

  init(script: String) {
    self.init(
      command: { token, leftover in
        let left = leftover.map { "\($0.process) \($0.token)" } ?? "nothing"
        return ShellWord.line(["exec", "bash", "-c", "echo \"token \(token) left \(left)\"\n" + script])
      }, script: [])
  }
}

extension LinkState {
  var isBackingOff: Bool { if case .backingOff = self { true } else { false } }

  /// Why it is not live.
  var reason: String? {
    switch self {
    case .backingOff(_, _, let reason), .needsPerson(let reason), .refused(let reason, _, _): reason
    default: nil
    }
  }
}

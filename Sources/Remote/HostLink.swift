package import Fleet
internal import Glibc

/// What a link tells the loop.
package nonisolated enum LinkEvent: Hashable, Sendable {
  /// A sampler was started: what comes from now on is a new stream, whose first line names this token.
  case started(token: String)
  case line([UInt8])
  case changed(LinkState)
}

/// The connection to one host: starts the sampler, notices its silence, and comes back by itself, for ever.
///
/// It knows nothing of what the lines mean: the loop tells it by `confirm` that the sampler speaks, and by `beat` that
/// a sample came. Time comes in with each call, so that a test need not wait.
package final class HostLink {
  package let host: Host
  package private(set) var state: LinkState = .queued
  let ssh: SSHCommand?
  private let starting: Starting
  private var interval: Duration
  private var child: Child?
  /// Children that were told to end.
  var endings: [Ending] = []
  /// What was started by `session`, and runs.
  var sessions: [Child] = []
  /// The processes of those among them that the connection need not be kept for.
  var yielding: Set<Int32> = []
  /// What was given the terminal by `session`.
  var attended: Foreground?
  private var token = ""
  private var pulse = Pulse(startedAt: Moment(milliseconds: 0))
  /// When the sampler's output was found closed, though it had not ended.
  private var muteSince: Moment?
  /// When to look next whether the sampler has ended.
  private var lookAt = Moment(milliseconds: 0)
  private var tryAt = Moment(milliseconds: 0)
  private var backoff = Backoff()
  private var generator = SystemRandomNumberGenerator()
  private var leftover: (process: Int, token: String)?
  /// A person opened the connection by `answering`: its socket is to be used, not swept away.
  private var isAnswered = false
  private(set) var isClosing = false

  /// How a sampler is started: the shell command for a token and a sampler left over, and the bytes that follow it.
  package struct Starting {
    package var command: (_ token: String, _ leftover: (process: Int, token: String)?) -> String
    package var script: [UInt8]

    package init(
      command: @escaping (_ token: String, _ leftover: (process: Int, token: String)?) -> String, script: [UInt8]
    ) {
      self.command = command
      self.script = script
    }
  }

  /// How long a child that is told to end has between SIGTERM and SIGKILL.
  private static let grace = Duration.seconds(2)
  /// How often to look at what no pipe tells.
  private static let glance = Duration.milliseconds(50)
  /// A master that still carries other sessions stays, mute, after the sampler's has ended.
  private static let longestMute = Duration.seconds(60)

  /// - Parameters:
  ///   - ssh: how to reach it, for hosts that are reached so.
  ///   - interval: between two samples.
  package init(_ host: Host, ssh: SSHCommand?, interval: Duration, starting: Starting) {
    self.host = host
    self.ssh = ssh
    self.interval = interval
    self.starting = starting
  }

  /// Whether what it runs is our sampler, which names the token in its first line.
  package var isToldToken: Bool {
    if case .command(let words) = host.connection { return words.contains("{sampler}") }
    return true
  }

  package var isConnecting: Bool { child != nil && !pulse.isConfirmed }

  /// Whether the sampler speaks, so that the connection carries other sessions too.
  var isOpen: Bool { child != nil && pulse.isConfirmed }

  package var interests: [Interest] { (child?.interests ?? []) + endings.flatMap { $0.child.interests } }

  /// When it wants a turn though nothing is ready; always after the last turn. `nextTry` is not among it.
  package var deadline: Moment? {
    let ending = endings.map(\.deadline).min()
    guard let child else { return ending }
    var isStale = false
    if case .stale = state { isStale = true }
    let own = child.isReadable ? pulse.deadline(interval, isLate: isStale) : lookAt
    return min(ending ?? own, own)
  }

  /// When it wants to be started; `nil` while it runs, or is not to be started again.
  package var nextTry: Moment? { child == nil && state != .ended && !isClosing ? tryAt : nil }

  /// Whether it waits for its turn to connect.
  package func wantsToStart(at now: Moment) -> Bool { nextTry.map { $0 <= now } ?? false }

  /// Starts a sampler now.
  package func start(at now: Moment) -> [LinkEvent] {
    guard child == nil, !isClosing else { return [] }
    token = (0..<4).map { _ in String(UInt32.random(in: .min ... .max, using: &generator), radix: 16) }.joined()
    pulse = Pulse(startedAt: now)
    muteSince = nil
    lookAt = now
    let command = starting.command(token, leftover)
    do {
      let child = try Child(arguments(for: command))
      if isToldToken { child.send(starting.script) }
      self.child = child
    } catch {
      return fail(Refusal(error), at: now)
    }
    // A host that needs a person goes on saying so while it is tried again.
    switch state {
    case .needsPerson, .refused: return [.started(token: token)]
    default: return [.started(token: token)] + change(.connecting(since: now))
    }
  }

  private func arguments(for command: String) -> [String] {
    switch host.connection {
    case .local: return ["/bin/sh", "-c", command]
    case .ssh(let destination):
      guard let ssh else { return ["ssh", "--", destination, command] }
      // A master of ours that is on its way out may still listen there.
      if !isAnswered { unlink(ssh.socket) }
      return ssh.opening(command)
    case .command(let words): return words.map { $0 == "{sampler}" ? command : $0 }
    }
  }

  /// The stream's first line came: the sampler speaks.
  /// - Parameter interval: between its samples, where it says so.
  package func confirm(process: Int, interval: Duration? = nil, at now: Moment) -> [LinkEvent] {
    leftover = (process, token)
    // Its first words may also have been its last.
    guard child != nil else { return [] }
    if let interval { self.interval = interval }
    pulse.confirm(at: now)
    return change(.live)
  }

  /// A sample came. After the first, nothing else shows that the sampler lives: what it started may go on speaking.
  package func beat(at now: Moment) -> [LinkEvent] {
    guard isOpen else { return [] }
    pulse.beat(at: now)
    if case .stale = state { return change(.live) }
    return []
  }

  /// One order, or several lines of them, for the sampler.
  package func send(_ order: [UInt8]) { child?.send(order) }

  /// Forgets the wait, and tries now.
  /// - Parameter isAnswered: a person did what `answering` says, so that there is a connection to use.
  package func hurry(at now: Moment, isAnswered: Bool = false) {
    guard state != .ended, !isClosing else { return }
    if isAnswered {
      self.isAnswered = true
      // A try that began before the answer can only fail, and would say that a person is needed still.
      if let child, !pulse.isConfirmed { end(child, at: now) }
    }
    guard child == nil else { return }
    tryAt = now
    backoff.reset()
  }

  /// Takes what is ready, and all that is due.
  package func turn(_ ready: Ready, at now: Moment) -> [LinkEvent] {
    endings = endings.compactMap { ending in
      var ending = ending
      return ending.turn(ready, at: now) ? nil : ending
    }
    guard let child else { return [] }
    var lines = child.turn(ready)
    if let status = ended(child, at: now) {
      lines += child.takeRest()
      return lines.map { .line($0) } + lose(child, status, at: now)
    }
    // A wait that a signal ended says of nothing that it is ready.
    if lines.isEmpty, pulse.isSilent(interval, at: now) { lines = child.takeRest() }
    if !lines.isEmpty { pulse.hear(at: now) }
    let verdict = judge(child, hasSpoken: !lines.isEmpty, at: now)
    let heard = lines.map { LinkEvent.line($0) }
    // What came may hold a sample, which takes back that it is late; a loss is said after the last words.
    return self.child == nil ? heard + verdict : verdict + heard
  }

  /// How the sampler has ended; looks at most every `glance`, and every second while its pipes are open.
  private func ended(_ child: Child, at now: Moment) -> ExitStatus? {
    if child.isReadable {
      guard now >= lookAt else { return nil }
      lookAt = now + .seconds(1)
    } else {
      if muteSince == nil { muteSince = now }
      lookAt = now + Self.glance
    }
    return child.reap(endingGroup: true)
  }

  private func judge(_ child: Child, hasSpoken: Bool, at now: Moment) -> [LinkEvent] {
    if let muteSince {
      if now - muteSince >= (hasFirmSessions ? Self.longestMute : Self.grace) { return lose(child, nil, at: now) }
      return []
    }
    if pulse.isLost(interval, hasSpoken: hasSpoken, at: now) { return lose(child, nil, at: now) }
    switch state {
    case .live where pulse.isLate(interval, at: now): return change(.stale(since: pulse.last))
    case .stale where !pulse.isLate(interval, at: now): return change(.live)
    default: return []
    }
  }

  private func lose(_ child: Child, _ status: ExitStatus?, at now: Moment) -> [LinkEvent] {
    _ = child.takeRest()
    if status == nil { end(child, at: now) } else { child.abandon() }
    self.child = nil
    if !isToldToken, status == .exited(0) { return change(.ended) }
    if pulse.hasLasted(Backoff.longest, at: now) { backoff.reset() }
    let refusal = Refusal(
      words: String(decoding: child.errors, as: UTF8.self), status: status,
      transport: Refusal.Transport(host.connection))
    // What a person opened is gone, or of no use.
    if refusal.kind == .needsPerson || (status == nil && !pulse.isConfirmed) { dropAnswer(at: now) }
    return fail(refusal, at: now)
  }

  private func fail(_ refusal: Refusal, at now: Moment) -> [LinkEvent] {
    switch refusal.kind {
    case .passing:
      tryAt = now + backoff.next(using: &generator)
      return change(.backingOff(until: tryAt, attempt: backoff.attempt, reason: refusal.reason))
    case .needsPerson:
      tryAt = now + Backoff.longest
      return change(.needsPerson(reason: refusal.reason))
    case .lasting:
      tryAt = now + Backoff.longest
      return change(.refused(reason: refusal.reason, cure: refusal.cure, until: tryAt))
    }
  }

  private func change(_ state: LinkState) -> [LinkEvent] {
    guard state != self.state else { return [] }
    self.state = state
    return [.changed(state)]
  }

  private func end(_ child: Child, at now: Moment) {
    if self.child === child { self.child = nil }
    var ending = Ending(child, asking: now, killing: now + Self.grace)
    if !ending.turn(Ready(), at: now) { endings.append(ending) }
  }

  /// Ends the connection that a person opened.
  private func dropAnswer(at now: Moment) {
    guard isAnswered else { return }
    isAnswered = false
    guard let ssh, let child = try? Child(ssh.closing) else { return }
    endings.append(Ending(child, asking: now + Self.grace, killing: now + Self.grace * 2))
  }

  /// Ends all that runs: first by the end of its input, after a second by SIGTERM, then by SIGKILL.
  ///
  /// `turn` has to be called until `isClosed`, for two seconds at most, and then `end`.
  package func close(at now: Moment) {
    guard !isClosing else { return }
    isClosing = true
    dropAnswer(at: now)
    // One that is still connecting does not read the end of its input.
    if let child, !pulse.isConfirmed { end(child, at: now) }
    let isEnding = { (child: Child) in self.endings.contains { $0.child === child } }
    for child in [child].compactMap({ $0 }) + sessions where child.status == nil && !isEnding(child) {
      endings.append(Ending(child, asking: now + .seconds(1), killing: now + .milliseconds(1700)))
    }
    child = nil
    sessions = []
  }

  /// Whether no child of it is left.
  package var isClosed: Bool { child == nil && endings.isEmpty }

  /// Kills what did not end by itself, and removes the socket.
  package func end() {
    for ending in endings { ending.child.signal(SIGKILL) }
    if let ssh { unlink(ssh.socket) }
  }

  /// The words that a person's terminal is handed to; `nil` for a host that is not reached over `ssh`.
  package var answering: [String]? { ssh?.answering }
}

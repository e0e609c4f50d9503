package import Fleet
internal import Glibc

/// What a link tells the loop.
package nonisolated enum LinkEvent: Sendable {
  /// A sampler was started: what comes from now on is a new stream, whose first line names this token.
  case started(token: String)
  case line([UInt8])
  case changed(LinkState)
}

/// The connection to one host: starts the sampler, notices its silence, and comes back by itself, for ever.
///
/// It knows nothing of what the lines mean: the loop tells it by `confirm` that the sampler speaks.
package final class HostLink {
  package let host: Host
  package private(set) var state: LinkState = .queued
  private let ssh: SSHCommand?
  private let interval: Duration
  private let starting: Starting
  private var child: Child?
  /// Children that were told to end; killed when they do not.
  private var dying: [(child: Child, since: Moment)] = []
  private var token = ""
  private var heardAt = Moment(milliseconds: 0)
  /// When its output came to an end, and when it was last asked whether it has ended.
  private var closed: (since: Moment, asked: Moment)?
  private var confirmedAt: Moment?
  private var tryAt = Moment(milliseconds: 0)
  private var backoff = Backoff()
  private var generator = SystemRandomNumberGenerator()
  private var leftover: (process: Int, token: String)?
  /// A person opened the connection by `answering`: its socket is to be used, not swept away.
  private var isAnswered = false

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

  package var isConnecting: Bool { child != nil && confirmedAt == nil }

  package var interests: [Interest] {
    (child?.interests ?? []) + dying.flatMap { $0.child.interests }
  }

  /// When it wants a turn though nothing is ready.
  package var deadline: Moment? {
    if state == .ended { return dying.first.map { $0.since + Self.grace } }
    var next = child == nil ? tryAt : heardAt + patience
    // A child that closed its output ends within moments.
    if let closed { next = min(next, closed.asked + .milliseconds(20)) }
    if let first = dying.first { next = min(next, first.since + Self.grace) }
    return next
  }

  /// Whether it waits for its turn to connect.
  package func wantsToStart(at now: Moment) -> Bool { child == nil && state != .ended && tryAt <= now }

  /// Silence after which the sampler is taken for hung, or the host for dead; `ssh` itself notices a dead host sooner.
  private var patience: Duration { confirmedAt == nil ? .seconds(20) : max(interval * 5, .seconds(10)) }

  private static let grace = Duration.seconds(2)

  /// Starts a sampler now.
  package func start(at now: Moment) -> [LinkEvent] {
    token = (0..<4).map { _ in String(UInt32.random(in: .min ... .max, using: &generator), radix: 16) }.joined()
    let command = starting.command(token, leftover)
    confirmedAt = nil
    heardAt = now
    let (arguments, speaksItself) = self.arguments(for: command)
    do {
      let child = try Child(arguments)
      if !speaksItself { child.send(starting.script) }
      self.child = child
    } catch {
      return fail(Refusal(kind: .lasting, reason: "\(error)", cure: "install it, or mend the fleet file"), at: now)
    }
    // A host that needs a person goes on saying so while it is tried again.
    switch state {
    case .needsPerson, .refused: return [.started(token: token)]
    default: return [.started(token: token)] + change(.connecting(since: now))
    }
  }

  private func arguments(for command: String) -> (arguments: [String], speaksItself: Bool) {
    switch host.connection {
    case .local: return (["/bin/sh", "-c", command], false)
    case .ssh:
      guard let ssh else { return (["ssh"], true) }
      if !isAnswered { unlink(ssh.socket) }
      return (ssh.opening(command), false)
    case .command(let words):
      guard words.contains("{sampler}") else { return (words, true) }
      return (words.map { $0 == "{sampler}" ? command : $0 }, false)
    }
  }

  /// The stream's first line came: the sampler speaks.
  package func confirm(process: Int, at now: Moment) -> [LinkEvent] {
    confirmedAt = now
    leftover = (process, token)
    return change(.live)
  }

  /// One order, or several lines of them, for the sampler.
  package func send(_ order: [UInt8]) { child?.send(order) }

  /// Forgets the wait, and tries now.
  package func hurry(at now: Moment, isAnswered: Bool = false) {
    self.isAnswered = self.isAnswered || isAnswered
    guard child == nil, state != .ended else { return }
    tryAt = now
    backoff.reset()
  }

  /// Takes what is ready, and all that is due.
  package func turn(_ ready: Ready, at now: Moment) -> [LinkEvent] {
    bury(ready, at: now)
    guard let child else { return [] }
    let lines = child.turn(ready)
    var events: [LinkEvent] = lines.map { .line($0) }
    if !lines.isEmpty { heardAt = now }
    if let confirmedAt, now - confirmedAt > Backoff.longest { backoff.reset() }
    if !child.isReadable {
      closed = (closed?.since ?? now, now)
      if let status = child.reap() {
        events += lose(child, status, at: now)
      } else if let closed, now - closed.since >= Self.grace {
        events += lose(child, nil, at: now)
      }
    } else if now - heardAt >= patience {
      events += lose(child, nil, at: now)
    } else if confirmedAt != nil, lines.isEmpty, now - heardAt >= max(interval * 3, .seconds(5)) {
      events += change(.stale(since: heardAt))
    } else if case .stale = state, !lines.isEmpty {
      events += change(.live)
    }
    return events
  }

  private func lose(_ child: Child, _ status: ExitStatus?, at now: Moment) -> [LinkEvent] {
    self.child = nil
    closed = nil
    if case .command(let words) = host.connection, !words.contains("{sampler}"), status == .exited(0) {
      child.abandon()
      return change(.ended)
    }
    child.readRest()
    let words = String(decoding: child.errors, as: UTF8.self)
    if status == nil {
      child.closeInput()
      child.signal(SIGTERM)
      dying.append((child, now))
    } else {
      child.abandon()
    }
    isAnswered = false
    return fail(Refusal(words: words, status: status), at: now)
  }

  private func fail(_ refusal: Refusal, at now: Moment) -> [LinkEvent] {
    confirmedAt = nil
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

  /// Reaps the children that were told to end, and kills those that do not.
  private func bury(_ ready: Ready, at now: Moment) {
    guard !dying.isEmpty else { return }
    dying.removeAll { child, since in
      _ = child.turn(ready)
      if child.reap() != nil { return true }
      if now - since >= Self.grace { child.signal(SIGKILL) }
      return false
    }
  }

  /// Asks the sampler to end, by the end of its input.
  package func close() { child?.closeInput() }

  /// Whether no child of it is left.
  package var isClosed: Bool {
    child?.reap()
    dying.removeAll { $0.child.reap() != nil }
    return dying.isEmpty && (child == nil || child?.status != nil)
  }

  /// Ends what did not end by itself.
  package func kill() {
    child?.signal(SIGKILL)
    for (child, _) in dying { child.signal(SIGKILL) }
  }

  /// The words that end a connection which a person opened; `nil` where nobody did.
  package var closing: [String]? { isAnswered ? ssh?.closing : nil }

  /// The words that a person's terminal is handed to; `nil` for a host that is not reached over `ssh`.
  package var answering: [String]? { ssh?.answering }

  /// The words that run one command there, beside the sampler; `nil` where the connection is not open.
  package func session(_ command: String) -> [String]? {
    switch host.connection {
    case .local: ["/bin/sh", "-c", command]
    case .ssh: confirmedAt == nil ? nil : ssh?.session(command)
    case .command(let words):
      words.contains("{sampler}") ? words.map { $0 == "{sampler}" ? command : $0 } : nil
    }
  }
}

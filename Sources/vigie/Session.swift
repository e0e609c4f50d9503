import Console
import Fleet
import Journal
import Remote
import Surface
import Telemetry
import Terminal

/// The console while it has the screen: one loop over the terminal, the hosts and what runs on them.
final class Session {
  private var model: Model
  private let terminal: Terminal
  private let signals: Signals
  private let feed: any Feed
  private let runner: Runner
  private let readings: ReadingFeed
  private let attendant: Attendant
  /// `nil` where a recording is played.
  private let prober: Prober?
  private let reader = AuditReader()
  private var clock: Clock
  private var needsFrame = true
  /// A key was pressed since the last frame: its answer must not wait for the pace of the figures.
  private var isUrgent = true
  private var lastFrame = Moment(milliseconds: 0)
  private var hasEnded = false

  /// Figures alone redraw at most ten times a second: a person can't read faster, and the terminal is spared.
  private static let pace = Duration.milliseconds(100)
  /// Whatever happens, no more than 30 frames a second.
  private static let fastest = Duration.milliseconds(33)
  /// Ages are shown in seconds.
  private static let tick = Duration.seconds(1)

  init(
    model: Model, terminal: Terminal, signals: Signals, feed: any Feed, runner: Runner, readings: ReadingFeed,
    prober: Prober?, clock: Clock
  ) {
    self.model = model
    self.terminal = terminal
    self.signals = signals
    self.feed = feed
    self.runner = runner
    self.readings = readings
    attendant = Attendant(feed: feed as? LiveFeed, runner: runner)
    self.prober = prober
    self.clock = clock
  }

  /// Runs until the operator quits or the terminal is gone.
  func run() {
    draw()
    // Whoever may change nothing does not ask hosts for the jobs of others either.
    reader.begin(findsUnfinished: model.access != .readOnly)
    while !hasEnded {
      let now = clock.now()
      let ready = Poller.wait(interests, timeout: max(.zero, nextTurn(after: now) - now))
      turn(ready, now: clock.now())
    }
    attendant.close()
    prober?.close()
    readings.close()
    feed.close()
  }

  private var interests: [Interest] {
    // What is typed for somebody else is not ours to read.
    let keys = attendant.isBusy ? [] : [Interest(descriptor: terminal.descriptor, events: .read)]
    return keys + [Interest(descriptor: signals.descriptor, events: .read)] + feed.interests + runner.interests
      + readings.interests + (prober?.interests ?? [])
  }

  private func nextTurn(after now: Moment) -> Moment {
    var next = lastFrame + Self.tick
    if needsFrame { next = lastFrame + (isUrgent ? Self.fastest : Self.pace) }
    if let deadline = feed.deadline { next = min(next, deadline) }
    if let deadline = runner.deadline { next = min(next, deadline) }
    if let deadline = readings.deadline { next = min(next, deadline) }
    if let deadline = prober?.deadline { next = min(next, deadline) }
    if reader.isReading { next = now }
    return next
  }

  private func turn(_ ready: Ready, now: Moment) {
    if ready.canRead(signals.descriptor) { heed(signals.arrived()) }
    if ready.canRead(terminal.descriptor) {
      for event in terminal.keys() { take(input: event, now: now) }
    }
    for message in feed.turn(ready: ready, now: now) { take(message, now: now) }
    for message in runner.turn(ready: ready, now: now) { take(message, now: now) }
    for message in readings.turn(ready: ready, now: now) { take(message, now: now) }
    for message in prober?.turn(ready: ready, now: now) ?? [] { take(message, now: now) }
    for message in reader.turn(clock: clock) { take(message, now: now) }
    for record in reader.takeUnfinished() { runner.adopt(record, now: now) }
    if attendant.isBusy {
      for message in attendant.turn(now: now) { take(message, now: now) }
      if !attendant.isBusy { comeBack() }
    }
    let since = now - lastFrame
    if since >= Self.tick {
      take(.tick, now: now)
      needsFrame = true
    }
    if needsFrame, since >= (isUrgent ? .zero : Self.pace) { draw() }
  }

  private func take(input event: TerminalEvent, now: Moment) {
    isUrgent = true
    switch event {
    // The shell's own key: it must work whatever the keymap says.
    case .key(Key(.character("z"), control: true)): terminal.stop()
    case .key(let key): take(.key(key), now: now)
    case .pasted(let text): take(.pasted(text), now: now)
    case .resized(let size): take(.resized(size), now: now)
    case .closed: hasEnded = true
    }
  }

  private func take(_ message: Message, now: Moment) {
    for effect in update(&model, Arrival(message, at: now)) { perform(effect, now: now) }
    needsFrame = true
  }

  private func heed(_ arrived: Set<Signals.Signal>) {
    for signal in arrived {
      switch signal {
      case .endRequested: hasEnded = true
      // Whoever has the terminal is stopped and continued by itself.
      case .stopRequested: if !attendant.isBusy { terminal.stop() }
      case .continued: if !attendant.isBusy { terminal.resume() }
      case .resized: for event in terminal.keys() { take(input: event, now: clock.now()) }
      case .childChanged: break
      }
      needsFrame = true
      isUrgent = true
    }
  }

  private func perform(_ effect: Effect, now: Moment) {
    switch effect {
    case .quit: hasEnded = true
    case .repaint: if !attendant.isBusy { terminal.resume() }
    case .copy(let text): _ = terminal.copy(text)
    case .order(let host, let order): feed.order(order, to: host)
    case .reconnect(let host): feed.reconnect(host, now: now)
    case .run(let id, let job, let environment):
      for message in runner.start(id, job, environment, now: now) { take(message, now: now) }
    case .cancel(let id): runner.cancel(id)
    case .readAudit: reader.begin()
    case .read(let order): for message in readings.start(order, now: now) { take(message, now: now) }
    case .stopReading: readings.stop(now: now)
    case .attend(let id, let job, let environment):
      terminal.suspend()
      for message in attendant.attend(id, job, environment, now: now) { take(message, now: now) }
      if !attendant.isBusy { comeBack() }
    case .handOver(let host):
      terminal.suspend()
      attendant.answer(host, now: now)
      if !attendant.isBusy { comeBack() }
    }
  }

  /// The console has the terminal again, which may have another size by now.
  private func comeBack() {
    terminal.resume()
    for event in terminal.keys() { take(input: event, now: clock.now()) }
    needsFrame = true
    isUrgent = true
  }

  private func draw() {
    let now = clock.now()
    if !attendant.isBusy { terminal.show(render(&model)) }
    needsFrame = false
    isUrgent = false
    lastFrame = now
  }
}

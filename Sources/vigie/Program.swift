import Console
import Fleet
import Glibc
import Remote
import Surface
import Telemetry
import Terminal

/// One run of the program: from the command line to the exit status.
struct Program {
  let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  static let version = "0.1.0"

  /// - Returns: the exit status: 0 all well, 1 some hosts did not answer, 2 a bad command line or file.
  func run() -> Int32 {
    // Writing to a pipe whose reader is gone must be an error, not the end.
    signal(SIGPIPE, SIG_IGN)
    do {
      switch arguments.task {
      case .help: print(Arguments.help)
      case .version: print("vigie \(Self.version)")
      case .simulate(let name): return simulate(arguments, name: name)
      case .check(let file): return try check(file)
      case .sample: print(FleetFile.sample(hosts: FleetSource.knownHosts), terminator: "")
      case .once(let json): return try Once(fleet: source().fleet, arguments: arguments).run(json: json)
      case .record(let file): return try record(to: file)
      case .replay(let file): return try replay(file)
      case .auditLog: return try AuditLog(arguments).run()
      case .watch:
        let looks = try Looks(arguments)
        return try watch(source(keymap: looks.keymap), looks)
      }
      return 0
    } catch let failure as FleetSource.Failure {
      for line in failure.lines { Files.write("vigie: \(line)\n", to: STDERR_FILENO) }
    } catch let failure as Files.Failure {
      Files.write("vigie: \(failure.message)\n", to: STDERR_FILENO)
    } catch {
      Files.write("vigie: \(error)\n", to: STDERR_FILENO)
    }
    return 2
  }

  private func source(keymap: Keymap? = nil) throws -> FleetSource {
    try FleetSource(named: arguments.fleet, keymap: keymap)
  }

  private func check(_ file: String?) throws -> Int32 {
    let name = file ?? arguments.fleet
    guard let path = FleetSource.path(named: name) else {
      throw Files.Failure(
        message:
          "there is no fleet file: neither ./fleet.json5 nor \(FleetSource.configDirectory ?? "~/.config/vigie")/fleet.json5"
      )
    }
    // What is wrong with the keymap itself is told when the console starts.
    let keymap = (try? Looks(arguments))?.keymap ?? .standard
    let fleet = try FleetSource(named: path, keymap: keymap).fleet
    let count = fleet.commands.count
    let own = count == 0 ? "" : ", \(count) \(count == 1 ? "command" : "commands") of your own"
    print("\(path): \(fleet.hosts.count) hosts, \(fleet.projects.count) projects\(own), no mistakes")
    return 0
  }

  private func watch(_ source: FleetSource, _ looks: Looks) throws -> Int32 {
    let clock = Clock()
    let feed = try LiveFeed(source.fleet)
    if let path = arguments.recording { feed.recorder = try Recorder(path: path, start: clock.now()) }
    let prober = Prober(ProbeTarget.all(of: source.fleet), defaults: source.fleet.defaults, start: clock.now())
    prober.recorder = feed.recorder
    return try show(
      source.fleet, looks, feed: feed, live: feed, prober: prober, clock: clock, source: source,
      mode: arguments.recording == nil ? "" : "recording")
  }

  private func replay(_ path: String) throws -> Int32 {
    let file = try RecordingFile(path: path)
    let declared = arguments.fleet == nil ? nil : try source().fleet
    let hosts = file.hosts.map { name in
      declared?.host(name) ?? Host(name: name, connection: .command(["replay"]), environment: .dev)
    }
    guard !hosts.isEmpty else { throw Files.Failure(message: "\(path): it holds no host's stream") }
    var fleet = FleetDefinition(hosts: hosts)
    if let declared {
      (fleet.thresholds, fleet.environments) = (declared.thresholds, declared.environments)
      fleet.projects = declared.projects
    }
    if arguments.isOnce { return Once(fleet: fleet, arguments: arguments).run(file, json: arguments.isJSON) }
    let clock = Clock()
    let feed = ReplayFeed(file, start: clock.now(), speed: arguments.speed)
    let speed = arguments.speed == 1 ? "" : " \(arguments.speed)×"
    let looks = try Looks(arguments)
    return try show(fleet, looks, feed: feed, live: nil, prober: nil, clock: clock, source: nil, mode: "replay\(speed)")
  }

  private func show(
    _ fleet: FleetDefinition, _ looks: Looks, feed: any Feed, live: LiveFeed?, prober: Prober?, clock: Clock,
    source: FleetSource?, mode: String
  ) throws -> Int32 {
    let signals = try Signals()
    let terminal = try Terminal(signals: signals, palette: looks.palette)
    defer { terminal.close() }
    var model = Model(
      fleet: fleet, keymap: looks.keymap, size: terminal.size, now: clock.now(),
      glyphs: arguments.isASCII ? .ascii : terminal.glyphs)
    if let source {
      model.hint = source.hint
      model.fleetFile = source.file
    }
    model.modeLine = mode
    // A recording has no host that anything could be changed on.
    if arguments.isReadOnly || live == nil { model.access = .readOnly }
    if let warning = looks.warning {
      model.notice = Notice(warning, isProblem: true, until: clock.now() + .seconds(15))
    }
    let runner = Runner(feed: live)
    model.user = runner.user
    Session(
      model: model, terminal: terminal, signals: signals, feed: feed, runner: runner,
      readings: ReadingFeed(feed: live), prober: prober, clock: clock
    ).run()
    return 0
  }

  private func record(to path: String) throws -> Int32 {
    let clock = Clock()
    let fleet = try source().fleet
    let feed = try LiveFeed(fleet)
    feed.recorder = try Recorder(path: path, start: clock.now())
    let prober = Prober(ProbeTarget.all(of: fleet), defaults: fleet.defaults, start: clock.now())
    prober.recorder = feed.recorder
    let signals = try Signals()
    let end = arguments.patience.map { clock.now() + $0 }
    Files.write("vigie: recording to \(path); Ctrl-C ends it\n", to: STDERR_FILENO)
    while true {
      let now = clock.now()
      if let end, now >= end { break }
      let next = [feed.deadline, prober.deadline, end].compactMap { $0 }.min() ?? now + .seconds(1)
      let interests =
        feed.interests + prober.interests + [Interest(descriptor: signals.descriptor, events: .read)]
      let ready = Poller.wait(interests, timeout: max(.zero, next - now))
      _ = feed.turn(ready: ready, now: clock.now())
      _ = prober.turn(ready: ready, now: clock.now())
      if signals.arrived().contains(.endRequested) { break }
    }
    prober.close()
    feed.close()
    if let failure = feed.recorder?.failure { throw Files.Failure(message: failure) }
    return 0
  }
}

import Console
import Fleet
import FoundationEssentials
import Glibc
import Remote
import Surface
import Telemetry

/// The fleet without a screen: waits for figures, prints, and ends.
struct Once {
  let fleet: FleetDefinition
  let arguments: Arguments

  /// Rates need two samples. Half a second between them is enough for a rate, and kinder than a whole interval of waiting.
  private static let pause = Duration.milliseconds(500)
  /// Nor are parts waited for as long as usual between two answers.
  private static let partsInterval = Duration.seconds(2)

  func run(json: Bool) throws -> Int32 {
    let clock = Clock()
    let feed = try LiveFeed(fleet, partsInterval: min(fleet.defaults.partsInterval, Self.partsInterval))
    let prober = Prober(ProbeTarget.all(of: fleet), defaults: fleet.defaults, isOnce: true, start: clock.now())
    var model = emptyModel(at: clock.now())
    let end = clock.now() + (arguments.patience ?? .seconds(8))
    var wait: [HostName: Moment] = [:]
    while clock.now() < end, !(isComplete(model, feed) && prober.isOver) {
      let now = clock.now()
      let next = (wait.values + [end, feed.deadline ?? end, prober.deadline ?? end]).min() ?? end
      let ready = Poller.wait(feed.interests + prober.interests, timeout: max(.zero, next - now))
      for message in feed.turn(ready: ready, now: clock.now()) {
        _ = update(&model, Arrival(message, at: clock.now()))
        if case .telemetry(let host, .frame) = message { wait[host] = clock.now() + Self.pause }
      }
      for message in prober.turn(ready: ready, now: clock.now()) {
        _ = update(&model, Arrival(message, at: clock.now()))
      }
      for (host, due) in wait where due <= clock.now() {
        wait[host] = nil
        feed.order("now", to: host)
      }
    }
    _ = update(&model, Arrival(.tick, at: clock.now()))
    prober.close()
    feed.close()
    return show(model, json: json)
  }

  /// The last moment of a recording.
  func run(_ file: RecordingFile, json: Bool) -> Int32 {
    var model = emptyModel(at: file.start)
    var decoders: [HostName: StreamDecoder] = [:]
    for entry in file.entries {
      let at = file.start + entry.offset
      if entry.host == ProbeLine.host {
        if let reading = ProbeLine.decode(entry.line) { _ = update(&model, Arrival(.probe(reading), at: at)) }
        continue
      }
      for event in decoders[entry.host, default: StreamDecoder()].decode(entry.line) {
        if case .hello = event { _ = update(&model, Arrival(.link(entry.host, .live), at: at)) }
        _ = update(&model, Arrival(.telemetry(entry.host, event), at: at))
      }
    }
    return show(model, json: json)
  }

  private func emptyModel(at now: Moment) -> Model {
    Model(fleet: fleet, keymap: .standard, size: Size(width: 80, height: 24), now: now)
  }

  private func isComplete(_ model: Model, _ feed: LiveFeed) -> Bool {
    fleet.hosts.allSatisfy { host in
      guard let telemetry = model.telemetry[host.name] else { return false }
      guard telemetry.figures.cpu != nil, telemetry.frameCount >= 2 else { return false }
      // What is asked beside the samples comes a little later, or not at all, and then says so.
      let hasDisks =
        !telemetry.figures.filesystems.isEmpty || telemetry.capabilities[.filesystems]?.isAvailable == false
      // Nobody may look anything up in a cache: two answers tell that, too.
      let hasRedis = telemetry.caches.values.allSatisfy {
        $0.figures.hitRatio != nil || $0.figures.hitsPerSecond != nil || $0.figures.problem != nil
      }
      let hasContainers = telemetry.containers.values.allSatisfy { container in
        container.facts.state != .running || container.figures.cpuCores != nil
      }
      let hasParts = feed.asked(on: host.name).allSatisfy { hasAnswered($0, in: telemetry) }
      return hasDisks && telemetry.capabilities[.docker] != nil && hasContainers && hasRedis && hasParts
    }
  }

  /// Whether a part said why it says nothing, or enough for its rates.
  private func hasAnswered(_ id: PartID, in telemetry: HostTelemetry) -> Bool {
    switch id.kind {
    case .redis, .memcached: return telemetry.caches[id.containerID] != nil
    default: break
    }
    guard let part = telemetry.parts[id] else { return false }
    // An access log's answer is of some time by itself.
    return part.problem != nil || part.readingCount >= (id.kind == .accesslog ? 1 : 2)
  }

  private func show(_ model: Model, json: Bool) -> Int32 {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      guard let data = try? encoder.encode(Report.document(of: model)) else { return 2 }
      Files.write(Array(data)[...], to: STDOUT_FILENO)
      Files.write("\n", to: STDOUT_FILENO)
    } else {
      Files.write(PlainTable.text(of: model), to: STDOUT_FILENO)
    }
    return fleet.hosts.allSatisfy { model.condition(of: $0.name).isLive } ? 0 : 1
  }
}

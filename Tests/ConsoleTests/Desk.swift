import Fleet
import Incidents
import Surface
import Telemetry

@testable import Console

/// A console without a terminal: messages go in, frames and effects come out.
struct Desk {
  var model: Model
  var now = Moment(milliseconds: 1_795_449_817_000)
  private var simulations: [HostName: Simulation] = [:]
  private var decoders: [HostName: StreamDecoder] = [:]

  static let shop: [Host] = [
    Host(name: HostName("web-1"), connection: .local, environment: .prod, kind: .vps, tags: ["shop"]),
    Host(name: HostName("web-2"), connection: .local, environment: .prod),
    Host(name: HostName("staging"), connection: .local, environment: .dev),
  ]

  init(
    hosts: [Host] = Desk.shop, width: Int = 80, height: Int = 24, keymap: Keymap = .standard, glyphs: Glyphs = .unicode,
    projects: [Project] = []
  ) {
    model = Model(
      fleet: FleetDefinition(hosts: hosts, projects: projects), keymap: keymap,
      size: Size(width: width, height: height), now: now,
      glyphs: glyphs)
  }

  init(fleet: FleetDefinition, width: Int = 80, height: Int = 24, keymap: Keymap = .standard) {
    model = Model(fleet: fleet, keymap: keymap, size: Size(width: width, height: height), now: now)
  }

  @discardableResult
  mutating func take(_ message: Message) -> [Effect] { update(&model, Arrival(message, at: now)) }

  mutating func wait(_ seconds: Int) {
    now = now + .seconds(seconds)
    take(.tick)
  }

  /// Presses keys as keymaps write them: `j`, `Enter`, `Ctrl-p`.
  @discardableResult
  mutating func press(_ keys: String...) -> [Effect] {
    keys.flatMap { key -> [Effect] in
      guard let key = try? Key(notation: key) else { return [] }
      return take(.key(key))
    }
  }

  /// Makes hosts live, each with eight simulated containers, and lets them report a number of times, 2 s apart.
  mutating func report(_ hosts: [String], times: Int = 5) {
    for name in hosts.map(HostName.init) where simulations[name] == nil {
      var simulation = Simulation(host: name.text, containers: 8, seed: 7, start: now)
      take(.link(name, .live))
      say(simulation.opening(token: ""), on: name)
      simulations[name] = simulation
    }
    for _ in 0..<times {
      now = now + .seconds(2)
      for name in hosts.map(HostName.init) {
        guard let lines = simulations[name]?.next(at: now) else { continue }
        say(lines, on: name)
      }
    }
    take(.tick)
  }

  /// Lines of a host's stream.
  mutating func say(_ lines: [String], on host: HostName) {
    for line in lines {
      let events = decoders[host, default: StreamDecoder()].decode(Array(line.utf8))
      for event in events { take(.telemetry(host, event)) }
    }
  }

  /// One look at a domain, with a certificate that has so many days of 90 left.
  mutating func look(_ domain: String, status: Int = 200, wait: Int = 84, daysLeft: Int = 61) {
    var reading = ProbeReading(domain: domain)
    reading.status = status
    reading.timing = .init(
      name: .milliseconds(2), connect: .milliseconds(1), tls: .milliseconds(23), wait: .milliseconds(wait),
      firstByte: .milliseconds(wait + 26))
    let end = now + .seconds(daysLeft * 86_400)
    reading.certificate = .init(
      names: [domain], issuer: "Let's Encrypt", notBefore: end - .seconds(90 * 86_400), notAfter: end)
    reading.redirectsToHTTPS = true
    take(.probe(reading))
  }

  /// The screen as lines of text.
  var lines: [String] {
    mutating get { render(&model).lines }
  }

  var text: String {
    mutating get { lines.joined(separator: "\n") }
  }

  /// The name under the cursor of a pane.
  func selected(_ pane: PaneID) -> String? {
    switch model.selection(pane) {
    case .host(let name): name.text
    case .site(let id): id.name
    case .container(let id), .cache(let id): model.facts(id)?.name
    case .incident(let id): model.incident(id)?.text
    case .record(let id): id
    case nil: nil
    }
  }
}

import Console
import Fleet
import Glibc
import Remote
import Telemetry

/// The hosts of a fleet, each over its own link.
final class LiveFeed: Feed {
  private var links: [HostLink]
  private var decoders: [HostName: StreamDecoder] = [:]
  /// What each host's sampler is told to ask of its containers.
  private var orders: [HostName: PartOrders]
  /// Where the sockets of shared connections are; removed at the end.
  private let directory: String
  /// Every line that comes goes here too, while the console records.
  var recorder: Recorder?

  /// Connecting is what costs, on both sides.
  private static let mostConnecting = 16

  /// - Parameter partsInterval: between two questions to a part; the fleet file's where it is left out.
  init(_ fleet: FleetDefinition, partsInterval: Duration? = nil) throws(Files.Failure) {
    directory = try Files.privateDirectory()
    links = []
    orders = [:]
    let interval = fleet.defaults.interval
    let starting = HostLink.Starting(
      command: { token, leftover in
        Sampler.command(
          token: token, interval: interval, reap: leftover.map { (pid: $0.process, token: $0.token) })
      }, script: Sampler.script)
    for (index, host) in fleet.hosts.enumerated() {
      var ssh: SSHCommand?
      if case .ssh(let destination) = host.connection {
        ssh = SSHCommand(
          destination: destination, config: fleet.defaults.sshConfig, socket: "\(directory)/\(index)")
      }
      links.append(HostLink(host, ssh: ssh, interval: interval, starting: starting))
      orders[host.name] = PartOrders(fleet: fleet, host: host.name, interval: partsInterval)
    }
  }

  var interests: [Interest] { links.flatMap(\.interests) }

  var deadline: Moment? {
    // Hosts that wait for others to have connected are started by the turn in which one has.
    let isFull = links.count { $0.isConnecting } >= Self.mostConnecting
    return (links.compactMap(\.deadline) + (isFull ? [] : links.compactMap(\.nextTry))).min()
  }

  func turn(ready: Ready, now: Moment) -> [Message] {
    var messages: [Message] = []
    for link in links { messages += take(link.turn(ready, at: now), from: link, now: now) }
    let free = Self.mostConnecting - links.count { $0.isConnecting }
    // Who has waited longest is first, or hosts that are down would keep those behind them waiting for ever.
    let waiting = links.filter { $0.wantsToStart(at: now) }.sorted { ($0.nextTry ?? now) < ($1.nextTry ?? now) }
    for link in waiting.prefix(max(0, free)) { messages += take(link.start(at: now), from: link, now: now) }
    return messages
  }

  private func take(_ events: [LinkEvent], from link: HostLink, now: Moment) -> [Message] {
    var messages: [Message] = []
    let name = link.host.name
    for event in events {
      switch event {
      case .started(let token):
        // A program that speaks the stream by itself was told no token.
        decoders[name] = StreamDecoder(token: link.isToldToken ? token : "")
      case .line(let line):
        recorder?.append(line, of: name, at: now)
        for decoded in decoders[name, default: StreamDecoder()].decode(line) {
          switch decoded {
          case .hello(let hello):
            let events = link.confirm(process: hello.processID, interval: hello.interval, at: now)
            messages += take(events, from: link, now: now)
          case .frame: messages += take(link.beat(at: now), from: link, now: now)
          default: break
          }
          for order in orders[name]?.take(decoded) ?? [] { send(order, to: link) }
          messages.append(.telemetry(name, decoded))
        }
      case .changed(let state):
        messages.append(.link(name, state))
      }
    }
    return messages
  }

  /// The parts that a host's sampler was told to ask.
  func asked(on host: HostName) -> [PartID] { orders[host]?.parts ?? [] }

  func order(_ order: String, to host: HostName) { link(host).map { send(order, to: $0) } }

  private func send(_ order: String, to link: HostLink) { link.send(Array((order + "\n").utf8)) }

  func reconnect(_ host: HostName, now: Moment) { link(host)?.hurry(at: now) }

  /// A person answered `ssh` for this host: its connection is open.
  func answered(_ host: HostName, now: Moment) { link(host)?.hurry(at: now, isAnswered: true) }

  func link(_ host: HostName) -> HostLink? { links.first { $0.host.name == host } }

  func close() {
    let clock = Clock()
    let start = clock.now()
    for link in links { link.close(at: start) }
    while !links.allSatisfy(\.isClosed), clock.now() - start < .seconds(2) {
      let ready = Poller.wait(interests, timeout: .milliseconds(20))
      for link in links { _ = link.turn(ready, at: clock.now()) }
    }
    for link in links { link.end() }
    rmdir(directory)
    recorder?.close()
  }
}

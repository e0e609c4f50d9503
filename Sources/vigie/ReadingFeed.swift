import Console
import Fleet
import Operations
import Remote
import Telemetry

/// Reads the log or inspection that the screen shows: one command at a time, over its host's connection.
final class ReadingFeed {
  private struct Running {
    var order: ReadingOrder
    var child: Child
    var link: HostLink
    /// When the host is told next that somebody still looks.
    var beatAt: Moment
    /// An inspection as far as it came; unmasked, so it goes nowhere from here.
    var document: [UInt8] = []
    /// The last line that was none of the log's.
    var words = ""
  }

  /// `nil` where a recording is played.
  private let feed: LiveFeed?
  private var running: Running?
  /// Begins once the command before it has ended on that host.
  private var next: ReadingOrder?
  private var endings: [(host: HostName, child: Child)] = []
  /// When to look whether a command that closed its pipes has ended, which it does within moments.
  private var lookAt: Moment?

  private static let blink = Duration.milliseconds(50)

  init(feed: LiveFeed?) { self.feed = feed }

  var interests: [Interest] { running?.child.interests ?? [] }

  /// When it wants a turn even if nothing is ready.
  var deadline: Moment? { [running?.beatAt, lookAt].compactMap { $0 }.min() }

  /// Begins an order instead of what is being read.
  func start(_ order: ReadingOrder, now: Moment) -> [Message] {
    stop(now: now)
    next = order
    return begin(now: now)
  }

  /// Ends what is being read.
  func stop(now: Moment) {
    next = nil
    lookAt = nil
    guard let running else { return }
    running.link.finish(running.child, at: now)
    endings.append((running.order.host, running.child))
    self.running = nil
  }

  private func begin(now: Moment) -> [Message] {
    endings.removeAll { $0.child.status != nil }
    guard let order = next, !endings.contains(where: { $0.host == order.host }) else { return [] }
    next = nil
    func refused(_ reason: String, isFinal: Bool) -> [Message] {
      [.reading(order.number, .ended(.refused(reason: reason, isFinal: isFinal)))]
    }
    guard let feed else { return refused("a recording is played: there is no host to ask", isFinal: true) }
    guard let link = feed.link(order.host) else { return refused("there is no host \(order.host)", isFinal: true) }
    let session: HostLink.Session
    do {
      session = try link.session(order.line)
    } catch {
      return refused("\(error)", isFinal: error.isLasting)
    }
    do {
      let child = try session.start(yields: true)
      running = Running(order: order, child: child, link: link, beatAt: now + Lifeline.beat)
      return []
    } catch {
      return refused("\(error)", isFinal: false)
    }
  }

  /// Takes what came, and begins what waited.
  func turn(ready: Ready, now: Moment) -> [Message] {
    let messages = read(ready: ready, now: now)
    return messages + begin(now: now)
  }

  private func read(ready: Ready, now: Moment) -> [Message] {
    guard var running else { return [] }
    if now >= running.beatAt {
      running.child.send([0x0A])
      running.beatAt = now + Lifeline.beat
    }
    var lines = running.child.turn(ready)
    let status = running.child.reap(endingGroup: true)
    if status != nil { lines += running.child.takeRest() + [running.child.unfinished].filter { !$0.isEmpty } }
    var news: [ReadingNews] = []
    switch running.order.kind {
    case .log:
      let new = lines.map(LogLine.init)
      if let words = new.last(where: { $0.stamp.isEmpty && !$0.text.isEmpty })?.text { running.words = words }
      if !new.isEmpty { news.append(.lines(new)) }
    case .inspection:
      for line in lines where running.document.count <= Inspection.longest { running.document += line + [0x0A] }
    }
    self.running = running
    lookAt = status == nil && !running.child.isReadable ? now + Self.blink : nil
    if let status {
      news += end(of: running, status)
      running.child.abandon()
      self.running = nil
    }
    return news.map { .reading(running.order.number, $0) }
  }

  private func end(of running: Running, _ status: Remote.ExitStatus) -> [ReadingNews] {
    let transport = Refusal.Transport(running.link.host.connection)
    let errors = String(decoding: running.child.errors, as: UTF8.self)
    switch status {
    // 255 is ssh's own: the connection, and not the command, failed.
    case .exited(255) where transport == .ssh:
      let refusal = Refusal(words: errors, status: status, transport: transport)
      return [.ended(.broke(reason: refusal.reason + (refusal.cure.isEmpty ? "" : "; \(refusal.cure)")))]
    case .killed(let signal):
      return [.ended(.broke(reason: "the command that reads it was ended by signal \(signal)"))]
    case .exited(0) where running.order.kind == .inspection:
      return [.document(Inspection.lines(of: running.document))]
    case .exited(let code):
      let said = running.order.kind == .log ? running.words : Self.complaint(in: running.document)
      let words = said.isEmpty ? Self.lastLine(of: running.child.errors) : said
      return [.ended(.exited(status: Int(code), words: words))]
    }
  }

  /// What came instead of a document, or after an empty one; a part of a document may hold a secret, and is not said.
  private static func complaint(in document: [UInt8]) -> String {
    let isPart = document.first == UInt8(ascii: "[") && !document.starts(with: Array("[]".utf8))
    return isPart ? "" : lastLine(of: document)
  }

  private static func lastLine(of bytes: [UInt8]) -> String {
    bytes.split(separator: 0x0A).last.map { Clean.text($0, limit: 400) } ?? ""
  }

  /// Lets go of what is being read; its host's link ends it.
  func close() {
    running = nil
    next = nil
  }
}

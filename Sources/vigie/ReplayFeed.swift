import Console
import Fleet
import Remote
import Telemetry

/// Plays a recording: its lines arrive when they did, `speed` times faster.
final class ReplayFeed: Feed {
  private let entries: [Recording.Entry]
  private let start: Moment
  private let speed: Double
  private var next = 0
  private var decoders: [HostName: StreamDecoder] = [:]
  private var isAnnounced: Set<HostName> = []

  let interests: [Interest] = []

  /// - Parameters:
  ///   - start: when playing begins, on the console's clock.
  ///   - speed: how many times faster than life.
  init(_ file: RecordingFile, start: Moment, speed: Double) {
    entries = file.entries
    self.start = start
    self.speed = speed
  }

  var isOver: Bool { next >= entries.count }

  var deadline: Moment? { isOver ? nil : time(of: entries[next]) }

  func turn(ready: Ready, now: Moment) -> [Message] {
    var messages: [Message] = []
    while !isOver, time(of: entries[next]) <= now {
      let entry = entries[next]
      next += 1
      if entry.host == ProbeLine.host {
        if let reading = ProbeLine.decode(entry.line) { messages.append(.probe(reading)) }
      } else {
        messages += stream(entry)
      }
      if isOver { messages += isAnnounced.sorted().map { .link($0, .ended) } }
    }
    return messages
  }

  private func stream(_ entry: Recording.Entry) -> [Message] {
    var messages: [Message] = []
    if isAnnounced.insert(entry.host).inserted { messages.append(.link(entry.host, .live)) }
    let events = decoders[entry.host, default: StreamDecoder()].decode(entry.line)
    messages += events.map { .telemetry(entry.host, $0) }
    return messages
  }

  func order(_ order: String, to host: HostName) {}
  func reconnect(_ host: HostName, now: Moment) {}
  func close() {}

  private func time(of entry: Recording.Entry) -> Moment {
    start + .milliseconds(Int64(Double(entry.offset.milliseconds) / speed))
  }
}

/// A recording as it lies on disk.
struct RecordingFile {
  var start: Moment
  var entries: [Recording.Entry]
  /// In the order in which they first spoke.
  var hosts: [HostName] = []
  /// A last line that was torn when recording was cut off.
  var isTorn = false

  /// - Throws: one clear sentence with the file and the line.
  init(path: String) throws(Files.Failure) {
    let bytes = try Files.read(path, limit: 1 << 30)
    var lines = bytes.split(separator: UInt8(ascii: "\n"))[...]
    guard let header = lines.popFirst() else { throw Files.Failure(message: "\(path): it is empty") }
    do {
      start = try Recording.start(ofHeader: Array(header))
    } catch {
      throw Files.Failure(message: "\(path):1: \(error)")
    }
    entries = []
    entries.reserveCapacity(lines.count)
    var seen: Set<HostName> = []
    for (index, line) in lines.enumerated() {
      do {
        let entry = try Recording.entry(Array(line))
        if entry.host != ProbeLine.host, seen.insert(entry.host).inserted { hosts.append(entry.host) }
        entries.append(entry)
      } catch {
        // What was cut off while it was written is no reason to lose the rest.
        guard index == lines.count - 1 else { throw Files.Failure(message: "\(path):\(index + 2): \(error)") }
        isTorn = true
      }
    }
  }
}

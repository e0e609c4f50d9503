import Fleet
import Telemetry

/// Whoever writes log lines on a host.
struct LogSource: Hashable, Sendable {
  var host: HostName
  var source: String
}

extension IncidentBook {
  mutating func take(_ entry: LogEntry, of host: HostName, at: Moment) {
    let text = entry.text ?? "a message of over 4096 bytes, which the host did not send"
    if entry.isKernel, Self.speaksOfKill(text) {
      killedByKernel(text, host, at: at)
      return
    }
    let severity = Self.severity(ofPriority: entry.priority)
    let shape = LogShape.of(text)
    let source = LogSource(host: host, source: entry.source)
    let isKnown = kinds[source]?.contains(shape) ?? false
    if !isKnown, kinds[source]?.count ?? 0 >= Rules.kindsPerSource {
      open(
        Incident.Key(host: host, kind: .journal, subject: entry.source, shape: "…"), severity, service: entry.source,
        container: entry.container, text: "\(entry.source): more kinds of messages, the newest: \(text)", at: at)
      return
    }
    if !isKnown { kinds[source, default: []].insert(shape) }
    open(
      Incident.Key(host: host, kind: entry.isKernel ? .kernel : .journal, subject: entry.source, shape: shape),
      severity, service: entry.unit ?? entry.source, container: entry.container, text: "\(entry.source): \(text)",
      at: at)
  }

  /// Emergency, alert and critical are critical; error is a warning; warning is a notice.
  static func severity(ofPriority priority: Int) -> Severity {
    switch priority {
    case ...2: .critical
    case 3: .warning
    default: .notice
    }
  }

  private static func speaksOfKill(_ text: String) -> Bool {
    text.contains("Out of memory: Killed process") || text.contains("Memory cgroup out of memory")
      || text.hasPrefix("oom-kill:")
  }

  /// The kernel's words on an OOM kill that the engine told of are the same kill.
  private mutating func killedByKernel(_ text: String, _ host: HostName, at: Moment) {
    defer { containers.hostKills[host] = at }
    if let last = containers.hostKills[host], at - last <= Rules.sameKill { return }
    open(
      Incident.Key(host: host, kind: .outOfMemory, subject: "kernel"), .critical, service: "kernel",
      text: "the kernel killed a process for want of memory: \(text)", at: at)
  }
}

/// A log line without what differs from one time to the next, so that repeats are seen as such.
enum LogShape {
  /// Numbers, identifiers in hexadecimal, and all in quotes become `#`; at most 120 characters count.
  static func of(_ text: String) -> String {
    var shape = ""
    var word = ""
    var quote: Character?
    func flush() {
      guard !word.isEmpty else { return }
      let isNumber = word.contains(where: \.isNumber)
      if !(isNumber && shape.hasSuffix("#")) { shape += isNumber ? "#" : word }
      word = ""
    }
    for character in text {
      if shape.count > 120 { break }
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      if character == "\"" || character == "'" && word.isEmpty {
        flush()
        shape += "#"
        quote = character
      } else if character.isLetter || character.isNumber {
        word.append(character)
      } else {
        flush()
        shape.append(character)
      }
    }
    flush()
    return shape
  }
}

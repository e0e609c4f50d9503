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
    if entry.isKernel {
      if Self.speaksOfKill(text) {
        killedByKernel(text, host, at: at)
        return
      }
      if Self.isDetail(text) { return }
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
      severity, service: Self.service(entry), container: entry.container, text: "\(entry.source): \(text)",
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
      || text.contains("invoked oom-killer") || text.hasPrefix("oom-kill:")
  }

  /// A kernel's report on one event runs over dozens of lines, of which only the first says what happened.
  private static func isDetail(_ text: String) -> Bool {
    text.hasPrefix(" ") || text.hasPrefix("[") || details.contains { text.hasPrefix($0) }
  }

  private static let details = [
    "CPU:", "Call Trace", "Hardware name", "Code:", "RIP:", "RSP:", "RAX:", "RDX:", "RBP:", "R10:", "R13:", "Mem-Info",
    "Tasks state", "memory: usage", "swap: usage", "Memory cgroup stats", "Workqueue:", "---[ end trace",
    "Modules linked",
  ]

  /// The unit that it comes from, where that is a service; a login's session says less than the program's own name.
  private static func service(_ entry: LogEntry) -> String {
    guard let unit = entry.unit, unit.hasSuffix(".service") else { return entry.source }
    return String(unit.dropLast(8))
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

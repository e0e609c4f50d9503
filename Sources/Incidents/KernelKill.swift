/// A kernel's line on an OOM kill; source: the kernel's `mm/oom_kill.c` and `mm/memcontrol.c`.
struct KernelKill {
  /// Its name as the kernel knows it, where the line says it.
  var process: String?
  /// The identifier of the container it was in, where the line says it.
  var container: String?

  /// `nil` where the line speaks of something else.
  init?(_ text: String) {
    guard
      ["Killed process ", "Memory cgroup out of memory", "invoked oom-killer", "oom-kill:"].contains(
        where: text.contains)
    else { return nil }
    if let range = text.firstRange(of: "Killed process ") {
      let rest = text[range.upperBound...]
      if let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
        process = String(rest[rest.index(after: open)..<close])
      }
    }
    if let range = text.firstRange(of: "task_memcg=") {
      container = Self.identifier(in: text[range.upperBound...].prefix { $0 != "," })
    }
  }

  /// Docker's full identifiers are 64 digits in hexadecimal; the last of a path is the innermost.
  private static func identifier(in path: Substring) -> String? {
    path.split { !($0.isASCII && $0.isHexDigit) }.last { $0.utf8.count == 64 }.map(String.init)
  }

  /// A kernel's report on one event runs over dozens of lines, of which only the first says what happened.
  static func isDetail(_ text: String) -> Bool {
    text.hasPrefix(" ") || text.hasPrefix("[") || details.contains { text.hasPrefix($0) } || isFrame(text.utf8)
  }

  private static let details = [
    "CPU:", "Call Trace", "Hardware name", "Code:", "RIP:", "RSP:", "RAX:", "RDX:", "RBP:", "R10:", "R13:", "Mem-Info",
    "Tasks state", "memory: usage", "swap: usage", "Memory cgroup stats", "Workqueue:", "---[ end trace",
    "Modules linked",
  ]

  /// `do_anonymous_page+0x340/0x900`, with or without a question mark before it: a line of a call trace.
  private static func isFrame(_ text: String.UTF8View) -> Bool {
    let words = text.split(separator: UInt8(ascii: " "))
    guard words.count <= 2, let last = words.last, let plus = last.firstIndex(of: UInt8(ascii: "+")) else {
      return false
    }
    return last[plus...].starts(with: "+0x".utf8) && last[plus...].contains(UInt8(ascii: "/"))
  }
}

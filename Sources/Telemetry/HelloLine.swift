import Fleet

/// The lines that say who speaks and what it can tell: `vigie-stream` and `can`.
enum HelloLine {
  /// `nil` without a version, a process or an interval: then nothing could be done with the stream.
  static func decode(_ words: Words) -> (Hello, token: Words.Word)? {
    var words = words
    guard let version = words.next().flatMap(Figure.integer) else { return nil }
    var token: Words.Word = []
    var host = ""
    var boot = ""
    var kernel = ""
    var process: Int?
    var cgroup: Int?
    var interval: UInt64?
    var user: Int?
    while let (key, value) = words.field() {
      switch key {
      case "token": token = value
      case "host": host = Clean.text(value, limit: Bound.name)
      case "boot": boot = Clean.text(value, limit: Bound.identifier)
      case "kernel": kernel = Clean.text(value, limit: Bound.name)
      case "pid": process = Figure.integer(value)
      case "cgroup": cgroup = Figure.integer(value)
      case "uid": user = Figure.integer(value)
      case "interval": interval = Figure.unsigned(value, atMost: 86_400_000)
      default: break
      }
    }
    // A process of 1 or less is never a sampler, and must never be one that somebody ends.
    guard let process, process > 1, let interval, interval > 0 else { return nil }
    let hello = Hello(
      version: version, token: Clean.text(token, limit: Bound.identifier), hostname: host, bootID: boot,
      kernel: kernel, processID: process, cgroupVersion: cgroup, interval: .milliseconds(interval),
      userID: user)
    return (hello, token)
  }

  static func capability(_ words: Words) -> Capability? {
    var words = words
    guard let name = words.name().flatMap(Capability.Name.init) else { return nil }
    switch words.name() {
    case "yes": return Capability(name: name, isAvailable: true)
    case "no":
      return Capability(name: name, isAvailable: false, reason: Clean.text(words.rest, limit: Bound.name))
    default: return nil
    }
  }
}

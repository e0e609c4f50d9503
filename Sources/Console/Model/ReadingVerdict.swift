import Fleet

/// What it means that a reading's command ended.
struct ReadingVerdict: Hashable {
  /// For the operator, without its end; `nil` where a log simply is at its end.
  var reason: String?
  /// Whether trying again would not help.
  var isFinal = false

  init(_ end: ReadingEnd, of reading: Reading, on host: HostName) {
    switch end {
    case .exited(0, _) where reading.kind == .log: reason = nil
    case .exited(let status, let words): self = Self.verdict(status, words, host)
    case .broke(let reason): self.reason = "\(host): \(reason)"
    case .refused(let reason, let isFinal):
      self.reason = reason
      self.isFinal = isFinal
    }
  }

  private init(_ reason: String, isFinal: Bool = false) {
    self.reason = reason
    self.isFinal = isFinal
  }

  private static func verdict(_ status: Int, _ words: String, _ host: HostName) -> ReadingVerdict {
    func says(_ part: String) -> Bool { words.lowercased().contains(part) }
    if says("no such container") || says("no such object") {
      return ReadingVerdict("\(host) no longer has this container", isFinal: true)
    }
    if says("does not support reading") {
      return ReadingVerdict("Docker can't read this log back: its logging driver sends it elsewhere", isFinal: true)
    }
    if says("permission denied") {
      return ReadingVerdict("this user may not use Docker on \(host); add it to the docker group")
    }
    if says("password is required") {
      return ReadingVerdict("sudo asks for a password on \(host); allow this user sudo without one")
    }
    if says("cannot connect to the docker") || says("docker daemon is not running") {
      return ReadingVerdict("the Docker engine does not run on \(host)")
    }
    switch status {
    case 124, 137: return ReadingVerdict("Docker on \(host) did not answer within 20 seconds")
    case 127: return ReadingVerdict("docker or bash is not in the PATH of a command on \(host)")
    // By its watch, which did not hear of us for too long.
    case 143: return ReadingVerdict("it was ended on \(host), because the line was silent")
    default:
      let said = words.isEmpty ? "" : ": \(words)"
      return ReadingVerdict("docker ended with status \(status) on \(host)\(said)")
    }
  }
}

import Fleet
import Surface
import Telemetry

/// The sentence on a log's or inspection's page that says what stands in its way.
enum ReadingWords {
  /// `nil` where all is well.
  static func problem(_ reading: Reading, _ model: Model) -> (text: String, role: Role)? {
    let host = reading.container.host
    switch reading.state {
    case .failed(let reason): return (reason + successor(of: reading, model), .critical)
    case .flowing where reading.kind == .inspection: return nil
    default: break
    }
    let condition = model.condition(of: host)
    if !condition.isLive {
      let since = model.telemetry[host]?.lastFrame.map { " since \(Calendar.clock($0))" } ?? ""
      let reason = condition.reason.map { ": \($0)" } ?? ""
      let next = reading.kind == .log ? "the log is followed again" : "it is asked"
      return ("no word from \(host)\(since)\(reason); \(next) by itself once it is back", .stale)
    }
    // Whether the container runs is not known then.
    if let docker = model.telemetry[host]?.capabilities[.docker], !docker.isAvailable, !reading.isUnderWay {
      return ("\(docker.reason); it is tried again by itself once Docker answers", .critical)
    }
    switch reading.state {
    case .waiting(let reason, let until):
      if reason.isEmpty { return nil }
      let wait = max(.zero, until - model.now + .milliseconds(999))
      return ("\(reason); it is tried again in \(wait.short)", .critical)
    case .over:
      if model.facts(reading.container) == nil {
        return ("the container was removed, its log ends here" + successor(of: reading, model), .warning)
      }
      return ("the container does not run, its log ends here; it is followed on when it starts", .warning)
    case .asked, .flowing, .failed: return nil
    }
  }

  /// Compose replaces a container by a new one of the same name.
  private static func successor(of reading: Reading, _ model: Model) -> String {
    let others = model.telemetry[reading.container.host]?.containers.values.map { $0.facts } ?? []
    guard model.facts(reading.container) == nil, others.contains(where: { $0.name == reading.name }) else { return "" }
    return "; a new container has its name: go back, and open that one's"
  }
}

import Fleet

/// What one rule found at one place.
struct Finding: Sendable {
  var rule: Bottleneck
  var severity: Severity
  /// How far over its level, to compare findings by: 1 is just at it.
  var excess: Double
  /// The container's or the host's name in the engine's or the fleet's words; with the rule, what the memory is by.
  var object: String
  var role: PartRole?
  /// Who the sentence is about: `the database`, `host web-1`.
  var subject: String
  /// What follows the subject, with its own colon or verb.
  var text: String
  /// The same where it is told for how long: `has been stopped` for `is stopped`.
  var lasting: String?
  /// What follows the duration, such as how it ended.
  var detail = ""
  var since: Moment?

  /// `PHP-FPM: 4 of 4 workers busy, 6 waiting, for 3 minutes`.
  func sentence(at now: Moment) -> String {
    let lasted = since.map { max(.zero, now - $0) } ?? .zero
    let end = detail.isEmpty ? "" : ": " + detail
    guard lasted >= Rules.worthTelling else { return subject + text + end }
    if let lasting { return "\(subject) \(lasting) for \(lasted.spoken)" + end }
    return subject + text + ", for \(lasted.spoken)" + end
  }

  /// Whether it has lasted long enough to limit anybody.
  func counts(at now: Moment) -> Bool { rule.hold == .zero || now - (since ?? now) >= rule.hold }

  /// Whether it is narrower than another.
  func outweighs(_ other: Finding) -> Bool {
    if severity != other.severity { return severity > other.severity }
    if rule.isSymptom != other.rule.isSymptom { return other.rule.isSymptom }
    return excess > other.excess
  }
}

/// Since when each finding has been there, so that a sentence can say `for 3 minutes`; fed once a frame.
package struct StackMemory: Sendable {
  private struct Key: Hashable {
    var rule: Bottleneck
    var object: String
  }

  private var since: [Key: Moment] = [:]

  package init() {}

  /// Keeps what is still found, forgets what is not, and says since when in each.
  mutating func remember(_ findings: inout [Finding], at now: Moment) {
    guard !findings.isEmpty || !since.isEmpty else { return }
    var kept: [Key: Moment] = [:]
    for index in findings.indices {
      let key = Key(rule: findings[index].rule, object: findings[index].object)
      let start = findings[index].since ?? since[key] ?? now
      kept[key] = start
      findings[index].since = start
    }
    since = kept
  }
}

extension Duration {
  /// As a sentence says it: `40 seconds`, `3 minutes`, `2 hours`, `5 days`.
  package var spoken: String {
    let seconds = Int64(max(0, inSeconds))
    let (count, unit): (Int64, String) =
      switch seconds {
      case ..<100: (seconds, "second")
      case ..<6000: (seconds / 60, "minute")
      case ..<172_800: (seconds / 3600, "hour")
      default: (seconds / 86_400, "day")
      }
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}

extension Threshold {
  /// The severity of a figure; `nil` below both levels.
  func severity(_ value: Double?) -> Severity? {
    guard let value else { return nil }
    if isCritical(value) { return .critical }
    return isWarning(value) ? .warning : nil
  }
}

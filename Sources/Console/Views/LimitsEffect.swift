import Fleet
import Operations
import Surface
import Telemetry

/// What became of containers since their limits were changed, beside the figures from before.
enum LimitsEffect {
  static func lines(_ operation: Operation, _ model: Model) -> [[Span]] {
    guard let change = operation.plan.limits, let end = operation.endedAt, operation.isDone else { return [] }
    var text: [[Span]] = [[], [Span("The minute before, and since \(max(.zero, model.now - end).short):", .heading)]]
    for member in change.members {
      let id = model.successor(of: member.target)
      let now = id.map { model.use(of: $0, since: end) } ?? LimitsChange.Use()
      if change.members.count > 1 {
        text.append([Span("  \(member.target.facts.name) on \(member.target.host.name)", .muted)])
      }
      text.append(row("throttled", share(member.use.throttled, member.before), share(now.throttled, member.after)))
      text.append(
        row(
          "CPU", of(Words.cores(member.use.cores), member.before.cores?.text),
          of(Words.cores(now.cores), member.after.cores?.text)))
      text.append(
        row(
          "memory", of(member.use.memory?.short ?? "?", member.before.memory?.limitText),
          of(now.memory?.short ?? "?", member.after.memory?.limitText)))
      text.append(row("OOM kills", count(member.use.oomKills), count(now.oomKills)))
    }
    return text
  }

  private static func row(_ name: String, _ before: String, _ now: String) -> [Span] {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.columns))
    }
    return [
      Span("  \(padded(name, 11))", .muted), Span(padded(before, 20), .dialog), Span("→ ", .muted),
      Span(now, Style(.dialog, bold: true)),
    ]
  }

  private static func of(_ use: String, _ limit: String?) -> String {
    limit.map { "\(use) of \($0)" } ?? "\(use), unlimited"
  }
  private static func count(_ kills: UInt64?) -> String { kills.map { "\($0)" } ?? "?" }

  /// What has no limit is never held back.
  private static func share(_ throttled: Ratio?, _ limits: Limits) -> String {
    throttled.map { "\($0.percent) of periods" } ?? (limits.cores == nil ? "never: no limit" : "?")
  }
}

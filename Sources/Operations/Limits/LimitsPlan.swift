package import Fleet
import Telemetry

extension Plan {
  /// Other limits at once and for the next `docker compose up`, host by host, with the way back.
  package static func make(_ change: LimitsChange, settings: ActionSettings) throws(Unavailable) -> Plan {
    var plan = try makeOneWay(change, settings: settings)
    plan.undo = [try makeOneWay(change.reversed, settings: settings)]
    return plan
  }

  private static func makeOneWay(_ change: LimitsChange, settings: ActionSettings) throws(Unavailable) -> Plan {
    var jobs: [Job] = []
    var warnings = change.warnings
    for host in change.members.map(\.target.host.name).uniqued {
      let members = change.members.filter { $0.target.host.name == host }
      jobs.append(try job(members, change, &warnings))
    }
    guard let first = change.members.first else { throw Unavailable(reason: "choose a container first") }
    let words = first.before.words(to: first.after)
    var plan = try collected(
      jobs, of: change.members.map(\.target), title: "Set the limits of \(change.subject)",
      effect: "\(words). It goes on running: the same containers, the same processes.",
      wayBack: "Undo puts the former limits back: \(first.before.words).", action: .containerLimits, settings: settings)
    plan.warnings = warnings.uniqued
    plan.limits = change
    return plan
  }

  private static func job(
    _ members: [LimitsChange.Member], _ change: LimitsChange, _ warnings: inout [String]
  ) throws(Unavailable) -> Job {
    guard let first = members.first else { throw Unavailable(reason: "choose a container first") }
    let target = first.target
    let all = change.hostCores[target.host.name]
    var limits: [Step] = []
    var inside: [Step] = []
    for member in members {
      if let step = try member.update(all) { limits.append(step) }
      inside += try member.insideSteps(change.client)
    }
    if !limits.isEmpty {
      do throws(Unavailable) {
        limits.append(try first.keep())
      } catch {
        warnings.append("Temporary, until the container is made anew: \(error.reason).")
      }
    }
    // What lives within makes room before the limit comes down, and grows only into what is there.
    let isTighter = first.after.memory.map { after in first.before.memory.map { after < $0 } ?? true } ?? false
    let steps = isTighter ? inside + limits : limits + inside
    if steps.isEmpty { throw Unavailable(reason: "nothing would change") }
    return Job(
      host: target.host.name, title: "Set the limits of \(change.subject) on \(target.host.name)", lock: target.lock,
      project: target.facts.project, subject: change.subject, steps: steps, look: try .limits(members, all))
  }
}

extension Array where Element: Equatable {
  /// Each once, in the order of their first.
  fileprivate var uniqued: [Element] {
    var seen: [Element] = []
    for element in self where !seen.contains(element) { seen.append(element) }
    return seen
  }
}

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
    if change.members.isEmpty { throw Unavailable(reason: "choose a container first") }
    let words = change.words { $0.before.words(to: $0.after) }
    let former = change.words { $0.before.words }
    var plan = try collected(
      jobs, of: change.members.map(\.target), title: "Set the limits of \(change.wholeSubject)",
      effect:
        "\(words). \(change.members.count == 1 ? "It goes" : "They go") on running: the same containers, the same processes.",
      wayBack: "Undo puts the former limits back: \(former).", action: .containerLimits, settings: settings)
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
        if Set(members.map(\.after)).count > 1 {
          warnings.append(
            "The Compose file on \(target.host.name) gets the limits of \(target.facts.name): it speaks for the whole service."
          )
        }
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

extension LimitsChange {
  /// The service with its project, and how many hosts it is on.
  fileprivate var wholeSubject: String {
    let hosts = Set(members.map(\.target.host.name)).count
    let project = members.first?.target.facts.project.map { " of \($0)" } ?? ""
    return subject + project + (hosts > 1 ? " on \(hosts) hosts" : "")
  }

  /// What is said of its containers: once where it is the same of all, else each by its name.
  fileprivate func words(_ words: (Member) -> String) -> String {
    if Set(members.map(words)).count == 1 { return members.first.map(words) ?? "" }
    let isOneHost = Set(members.map(\.target.host.name)).count == 1
    return members.map { member in
      member.target.facts.name + (isOneHost ? "" : " on \(member.target.host.name)") + ": \(words(member))"
    }.joined(separator: "; ")
  }
}

extension Array where Element: Equatable {
  /// Each once, in the order of their first.
  var uniqued: [Element] {
    var seen: [Element] = []
    for element in self where !seen.contains(element) { seen.append(element) }
    return seen
  }
}

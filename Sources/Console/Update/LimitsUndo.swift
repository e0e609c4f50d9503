import Fleet
import Operations
import Telemetry

extension Model {
  /// Proposes the way back of what was done. Limits go back on what stands there now, in case a container was made anew
  /// since.
  mutating func undo(of operation: Operation) -> [Effect] {
    guard let plan = operation.wayBack else { return [] }
    guard let change = plan.limits else { return propose(plan.asUndo) }
    var back = change.moved { former in
      successor(of: former).flatMap { id in try? targets([id]).first }
    }
    let form = LimitsForm(back.members.map { ContainerID(host: $0.target.host.name, id: $0.target.facts.id) })
    let evidence = evidence(form)
    for (index, id) in form.ids.enumerated() { back.members[index].use = use(of: id) }
    do throws(Unavailable) {
      if back.members.isEmpty {
        throw Unavailable(reason: "\(change.subject) is no longer there")
      }
      if let problem = LimitsCheck.problem(with: back, evidence, isWayBack: true) {
        throw Unavailable(reason: "the former limits can't be put back now: \(problem)")
      }
      back.warnings = LimitsCheck.warnings(of: back, evidence)
      return propose(try Plan.make(back, settings: fleet.actions).asUndo)
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }

  /// The container itself, else the one that has its name now.
  func successor(of target: Target) -> ContainerID? {
    let containers = telemetry[target.host.name]?.containers
    let found =
      containers?[target.facts.id] ?? containers?.values.first { $0.facts.name == target.facts.name }
    return found.map { ContainerID(host: target.host.name, id: $0.facts.id) }
  }

  /// What the samplers are told after a change within containers: what they learnt of a pool is no longer so.
  func questionsAnew(_ plan: Plan) -> [Effect] {
    (plan.limits?.members ?? []).filter { $0.children != nil }.flatMap { member in
      fleet.questions(of: member.target.facts, on: member.target.host.name).filter { $0.kind == .fpm }.map {
        Effect.order(member.target.host.name, $0.order(for: member.target.facts.id))
      }
    }
  }
}

package import Fleet
package import Operations
import Surface
import Telemetry

extension Model {
  /// What the next action is about: what is marked, else the container under the cursor.
  package var actedContainers: [ContainerID] { marks.isEmpty ? actedContainer.map { [$0] } ?? [] : marks }

  /// The containers to act on, with what must be known of their hosts.
  func targets() throws(Unavailable) -> [Target] { try targets(actedContainers) }

  func targets(_ ids: [ContainerID]) throws(Unavailable) -> [Target] {
    if ids.isEmpty { throw Unavailable(reason: "choose a container first") }
    var targets: [Target] = []
    for id in ids {
      guard let facts = facts(id), let host = fleet.host(id.host) else {
        throw Unavailable(
          reason: ids.count == 1
            ? "that container is no longer there" : "a marked container on \(id.host) is no longer there: mark again")
      }
      if !condition(of: id.host).isLive {
        throw Unavailable(reason: "\(id.host) does not answer: nothing can be run on it now")
      }
      targets.append(Target(host: host, facts: facts, needsSudo: telemetry[id.host]?.needsSudo ?? false))
    }
    return targets
  }

  mutating func ask(_ action: ContainerAction) -> [Effect] {
    ask { targets, settings throws(Unavailable) in try Plan.make(action, on: targets, settings: settings) }
  }

  mutating func askService(_ action: ServiceAction) -> [Effect] {
    ask { targets, settings throws(Unavailable) in try Plan.make(action, on: targets, settings: settings) }
  }

  /// Proposes a plan for what is acted on, or for those containers.
  mutating func ask(
    of ids: [ContainerID]? = nil, _ make: ([Target], ActionSettings) throws(Unavailable) -> Plan
  ) -> [Effect] {
    do throws(Unavailable) {
      return propose(try make(try targets(ids ?? actedContainers), fleet.actions))
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }

  /// Shows a plan and asks, or begins at once where it is harmless.
  mutating func propose(_ plan: Plan) -> [Effect] {
    notice = nil
    if plan.danger == .harmless { return start(plan) }
    overlay = .confirm(Confirmation(plan))
    return []
  }

  mutating func press(_ key: Key, in confirmation: Confirmation) -> [Effect] {
    var confirmation = confirmation
    switch dialogCommand(key) {
    case .dialogNext where confirmation.typed != nil: confirmation.offset += 1
    case .dialogPrevious where confirmation.typed != nil: confirmation.offset = max(0, confirmation.offset - 1)
    case .dialogNext, .dialogPrevious:
      confirmation.button = confirmation.button == .cancel ? .run : .cancel
    case .dialogConfirm where confirmation.typed != nil:
      guard confirmation.typed?.text == confirmation.plan.answer else {
        say("that is not it: type \(confirmation.plan.answer) and press Enter, or Esc", isProblem: true)
        break
      }
      return start(confirmation.plan)
    case .dialogConfirm where confirmation.button == .run: return start(confirmation.plan)
    case .dialogConfirm, .dialogCancel:
      overlay = nil
      say("nothing was done")
      return []
    default:
      switch key.code {
      case .pageDown: confirmation.offset += 5
      case .pageUp: confirmation.offset = max(0, confirmation.offset - 5)
      case .character("y") where confirmation.typed == nil:
        say("the commands are on the clipboard")
        return [.copy(confirmation.plan.commands)]
      default: _ = confirmation.typed?.edit(key)
      }
    }
    overlay = .confirm(confirmation)
    return []
  }

  mutating func start(_ plan: Plan) -> [Effect] {
    guard access.isUnlocked else {
      overlay = nil
      say("nothing was done: the console has locked itself meanwhile", isProblem: true)
      return []
    }
    let number = nextPlan
    nextPlan += 1
    operations[number] = Operation(plan, at: now)
    // What takes the terminal leaves nothing to follow: the panes are there when it comes back.
    overlay = plan.jobs.contains(where: \.takesTerminal) ? nil : .progress(Progress(number))
    marks = []
    // The last few are enough to look at; the audit has them all.
    for old in operations.keys.sorted().dropLast(20) where operations[old]?.isOver == true { operations[old] = nil }
    return begin(number)
  }

  /// Starts the jobs of a plan whose turn it is; says so when the last one ended.
  private mutating func begin(_ number: Int) -> [Effect] {
    guard var operation = operations[number], !operation.isOver else { return [] }
    let jobs = operation.begin(at: now)
    operations[number] = operation
    if operation.isOver { return conclude(operation) }
    return jobs.map { index in
      let job = operation.plan.jobs[index]
      let id = JobID(plan: number, job: index)
      let environment = environment(of: job.host)
      return job.takesTerminal ? .attend(id, job, environment) : .run(id, job, environment)
    }
  }

  /// The batches whose pause is over.
  mutating func goOn() -> [Effect] { operations.keys.sorted().flatMap { begin($0) } }

  mutating func take(_ event: JobEvent, of id: JobID) -> [Effect] {
    guard var operation = operations[id.plan] else { return [] }
    operation.take(event, of: id.job, at: now)
    operations[id.plan] = operation
    return begin(id.plan)
  }

  private mutating func conclude(_ operation: Operation) -> [Effect] {
    let took = (now - operation.startedAt).inSeconds
    if operation.isDone {
      say("\(operation.plan.title): \(operation.outcome) in \(Int(took)).\(Int(took * 10) % 10) s", for: .seconds(30))
    } else {
      say("\(operation.plan.title): \(operation.outcome)", isProblem: true, for: .seconds(60))
    }
    return Set(operation.plan.jobs.map(\.host)).sorted().map { Effect.order($0, "now") }
      + questionsAnew(operation.plan)
  }
}

extension Plan {
  /// All that it runs, host by host, as text to copy.
  package var commands: String {
    jobs.map { job in (["# \(job.host): \(job.title)"] + job.steps.map(\.line)).joined(separator: "\n") }
      .joined(separator: "\n")
  }
}

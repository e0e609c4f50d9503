import Fleet
import Operations
import Surface
import Telemetry

extension Model {
  /// Why limits can't be changed here; `nil` where they can.
  var limitsObstacle: String? {
    do throws(Unavailable) {
      let targets = try targets()
      let needed = Layout.limits
      if size.width < needed.width || size.height < needed.height {
        return "its form needs a terminal of \(needed.width)x\(needed.height), this has \(size.width)x\(size.height)"
      }
      if let other = targets.first(where: { $0.facts.state != .running && $0.facts.state != .paused }) {
        return "\(other.facts.name) does not run: its limits are those of its Compose file, or of its `docker run`"
      }
      guard targets.count > 1, let first = targets.first?.facts else { return nil }
      let isOneService = targets.allSatisfy {
        $0.facts.service != nil && $0.facts.service == first.service && $0.facts.project == first.project
      }
      return isOneService ? nil : "limits are for the containers of one service at a time: mark only those"
    } catch {
      return error.reason
    }
  }

  mutating func openLimits() {
    var form = LimitsForm(actedContainers)
    // Only where all of them have it, and the same: else one figure would not be for all.
    func common<Value: Hashable>(_ values: [Value?]) -> Value? {
      Set(values).count == 1 ? values.first ?? nil : nil
    }
    form.children = common(form.ids.map { children(of: $0) }).map { LimitsForm.Scaled($0) }
    form.maxMemory = common(form.ids.map { maxMemory(of: $0) }).map { LimitsForm.Scaled($0) }
    notice = nil
    overlay = .limits(form)
  }

  mutating func press(_ key: Key, in form: LimitsForm) -> [Effect] {
    var form = form
    defer { if case .limits? = overlay { overlay = .limits(form) } }
    switch dialogCommand(key) {
    case .dialogCancel where form.typed != nil:
      form.typed = nil
      return []
    case .dialogCancel:
      overlay = nil
      say("nothing was done")
      return []
    case .dialogConfirm: return takeTyped(&form) ? plan(form) : []
    default: break
    }
    switch key.code {
    case .left, .character("h"), .character("-"):
      if takeTyped(&form) { step(&form, isUp: false) }
    case .right, .character("l"), .character("+"):
      if takeTyped(&form) { step(&form, isUp: true) }
    case .backspace where form.typed != nil:
      form.typed = String((form.typed ?? "").dropLast())
      if form.typed == "" { form.typed = nil }
    case .delete, .backspace: takeAway(&form)
    case .character(" ") where form.typed == nil: toggle(&form)
    case .character("p") where form.typed == nil: takeProposal(&form)
    case .character(let scalar) where !key.control && !key.alt && (form.typed != nil || begins(scalar)):
      form.typed = String(((form.typed ?? "") + String(scalar)).prefix(16))
    default:
      switch dialogCommand(key) {
      case .dialogNext: if takeTyped(&form) { form.selected = (form.selected + 1) % form.rows.count }
      case .dialogPrevious:
        if takeTyped(&form) { form.selected = (form.selected + form.rows.count - 1) % form.rows.count }
      default: break
      }
    }
    return []
  }

  /// Digits, and the first letter of `none`.
  private func begins(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || [".", ",", "n"].contains(scalar)
  }

  /// Makes what was typed the row's value.
  /// - Returns: whether it is one; else it says so, and stays to be corrected.
  private mutating func takeTyped(_ form: inout LimitsForm) -> Bool {
    do throws(Unavailable) {
      if form.typed != nil { notice = nil }
      try form.takeTyped()
      return true
    } catch {
      say(error.reason, isProblem: true)
      return false
    }
  }

  private func step(_ form: inout LimitsForm, isUp: Bool) {
    let evidence = evidence(form)
    switch form.row {
    case .cores:
      let most = evidence.mostCores
      guard let now = form.cores.value(instead: evidence.limits.cores) else {
        if !isUp, let most { form.cores = .limit(most) }
        return
      }
      let next = isUp ? now.raised : now.lowered
      form.cores = .limit(most.map { min(next, max($0, now)) } ?? next)
    case .memory:
      let most = evidence.mostMemory
      guard let now = form.memory.value(instead: evidence.limits.memory) else {
        if !isUp, let most { form.memory = .limit(most.loweredLimit) }
        return
      }
      let next = isUp ? now.raisedLimit : now.loweredLimit
      form.memory = .limit(most.map { min(next, max($0, now)) } ?? next)
    case .children:
      guard let now = form.childrenWanted(evidence.limits) else { return }
      form.children?.chosen = max(1, now + (isUp ? 1 : -1))
      form.children?.isOn = true
    case .maxMemory:
      guard let now = form.maxMemoryWanted(evidence.limits) else { return }
      form.maxMemory?.chosen = isUp ? now.raisedLimit : now.loweredLimit
      form.maxMemory?.isOn = true
    }
  }

  private mutating func takeAway(_ form: inout LimitsForm) {
    switch form.row {
    case .cores: form.cores = .limit(nil)
    case .memory: form.memory = .limit(nil)
    case .children: form.children?.isOn = false
    case .maxMemory: form.maxMemory?.isOn = false
    }
  }

  private func toggle(_ form: inout LimitsForm) {
    switch form.row {
    case .cores, .memory: break
    case .children: form.children?.isOn.toggle()
    case .maxMemory: form.maxMemory?.isOn.toggle()
    }
  }

  private mutating func takeProposal(_ form: inout LimitsForm) {
    let proposal = LimitsProposal(evidence(form))
    if let cores = proposal.cores.value { form.cores = .limit(cores) }
    if let memory = proposal.memory.value { form.memory = .limit(memory) }
    if proposal.cores.value == nil, proposal.memory.value == nil { say("nothing else is proposed") }
  }

  private mutating func plan(_ form: LimitsForm) -> [Effect] {
    do throws(Unavailable) {
      let change = try change(form)
      let evidence = evidence(form)
      if let problem = LimitsCheck.problem(with: change, evidence) {
        throw Unavailable(reason: problem)
      }
      let plan = try Plan.make(change, settings: fleet.actions)
      return propose(plan)
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }

  /// What the form asks for, container by container.
  func change(_ form: LimitsForm) throws(Unavailable) -> LimitsChange {
    var members: [LimitsChange.Member] = []
    let evidence = evidence(form)
    var client = CacheClient()
    for target in try targets(form.ids) {
      let id = ContainerID(host: target.host.name, id: target.facts.id)
      let before = Limits(of: target.facts)
      var after = before.with(memory: form.memory.value(instead: before.memory))
      after.cores = form.cores.value(instead: before.cores)
      var member = LimitsChange.Member(target, after: after, use: use(of: id))
      if let scale = form.children, scale.isOn, let wanted = form.childrenWanted(evidence.limits) {
        member.children = LimitsChange.Step(from: scale.before, to: wanted)
      }
      if let scale = form.maxMemory, scale.isOn, let wanted = form.maxMemoryWanted(evidence.limits) {
        member.maxMemory = LimitsChange.Step(from: scale.before, to: wanted)
        client.secret = fleet.settings(of: target.facts, on: target.host.name)?.secret
        if telemetry[id.host]?.caches[id.id]?.figures.engine == .valkey { client.program = "valkey-cli" }
      }
      members.append(member)
    }
    let rooms = evidence.rooms.compactMap { room in room.cores.map { (room.host, $0) } }
    var change = LimitsChange(members, hostCores: Dictionary(rooms) { first, _ in first })
    change.client = client
    change.warnings = LimitsCheck.warnings(of: change, evidence)
    change.warnings += siblings(of: members)
    return change
  }

  /// The file speaks for all containers of the service, also for those that were not chosen.
  private func siblings(of members: [LimitsChange.Member]) -> [String] {
    guard let facts = members.first?.target.facts, facts.service != nil else { return [] }
    return Set(members.map(\.target.host.name)).sorted().compactMap { host in
      let chosen = Set(members.map(\.target.facts.id))
      let others = telemetry[host]?.containers.values.filter {
        $0.facts.project == facts.project && $0.facts.service == facts.service && !chosen.contains($0.facts.id)
      }
      guard let others, !others.isEmpty else { return nil }
      return "\(others.count) more of this service on \(host) keep theirs until they are made anew, and then get these."
    }
  }
}

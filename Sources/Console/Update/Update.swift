import Fleet
import Incidents
import Surface
import Telemetry

/// Takes one message in: changes the model, and says what is to be done outside.
package func update(_ model: inout Model, _ arrival: Arrival) -> [Effect] {
  let effects = take(arrival, into: &model)
  return effects + model.settleReading()
}

private func take(_ arrival: Arrival, into model: inout Model) -> [Effect] {
  model.now = max(model.now, arrival.at)
  switch arrival.message {
  case .tick:
    model.expireNotice()
    model.expireAccess()
    return model.goOn()
  case .resized(let size):
    model.size = size
    return [.repaint]
  case .telemetry(let host, let event):
    model.take(event, from: host)
    return []
  case .probe(let reading):
    model.take(reading)
    return []
  case .link(let host, let state):
    model.take(state, of: host)
    return []
  case .key(let key):
    model.settle()
    // What was said has been seen; it must not lie on the keys that one looks for.
    model.notice = nil
    let wasLeaving = model.isLeaving
    let effects = model.press(key)
    if wasLeaving { model.isLeaving = false }
    return effects
  case .pasted(let text):
    model.paste(text)
    return []
  case .job(let id, let event):
    return model.take(event, of: id)
  case .audit(let news):
    model.take(news)
    return []
  case .reading(let number, let news):
    model.take(news, ofReading: number)
    return []
  }
}

extension Model {
  mutating func expireNotice() {
    if let notice, notice.until <= now { self.notice = nil }
  }

  /// Says something in the footer until the next key, or for a while.
  /// - Parameter wait: how long, where nobody need be at the keys just then.
  mutating func say(_ text: String, isProblem: Bool = false, for wait: Duration? = nil) {
    notice = Notice(text, isProblem: isProblem, until: now + (wait ?? .seconds(isProblem ? 12 : 6)))
  }

  mutating func take(_ event: StreamEvent, from host: HostName) {
    guard telemetry[host] != nil else { return }
    telemetry[host]?.apply(event, at: now)
    if let telemetry = telemetry[host] {
      incidents.apply(event, of: host, telemetry: telemetry, actor: actor(of: event, on: host), at: now)
    }
    switch event {
    case .frame:
      stacks.note(host, problem: blindness(of: host))
      stacks.judge(host, stackSources)
    case .capability, .filesystems, .container, .containerGone, .cache, .part: stacks.mark(host)
    case .answer(let answer): take(answer, from: host)
    case .hello, .containerEvent, .log, .dropped, .farewell, .garbage: break
    }
    switch event {
    case .cache, .dropped, .garbage, .capability, .filesystems: break
    default: lists.isStale = true
    }
  }

  mutating func take(_ reading: ProbeReading) {
    let capacity = max(1, Int(fleet.defaults.history.milliseconds / max(1, fleet.defaults.probeInterval.milliseconds)))
    var domain = domains[reading.domain] ?? DomainTelemetry(domain: reading.domain, capacity: capacity)
    domain.reading = reading
    domain.lastReading = now
    domain.history.append(reading.timing?.firstByte.inSeconds)
    domain.failingSince = reading.isFailing ? domain.failingSince ?? now : nil
    domains[reading.domain] = domain
    stacks.mark(domain: reading.domain, in: fleet)
    lists.isStale = true
    for project in fleet.projects where project.domains.contains(reading.domain) {
      incidents.apply(reading, project: project, at: now)
    }
  }

  mutating func take(_ state: LinkState, of host: HostName) {
    let before = links[host]
    links[host] = state
    lists.isStale = true
    switch state {
    case .live:
      if before != .live { incidents.returned(host, at: now) }
    case .backingOff(_, _, let reason), .needsPerson(let reason), .refused(let reason, _, _):
      if rebootBegan(on: host) == nil {
        incidents.lost(host, reason: reason, at: now)
      } else {
        incidents.lost(host, reason: "this console has told it to reboot", isExpected: true, at: now)
      }
    case .queued, .connecting, .stale, .ended: break
    }
  }
}

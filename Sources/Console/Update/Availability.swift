import Fleet
import Operations
import Surface
import Telemetry

extension Model {
  /// Why a command can't be done now, in one sentence; `nil` where it can.
  package func unavailability(of command: CommandID) -> String? {
    if !offers(command) { return "this console is read-only" }
    // What can't be done anyway says why, before it is unlocked for nothing.
    return hindrance(of: command) ?? lockReason(command)
  }

  private func hindrance(of command: CommandID) -> String? {
    switch command {
    case .sampleNow:
      guard let host = actedHost else { return "choose a host first" }
      return condition(of: host).isLive ? nil : "\(host) does not answer: it can't be asked now"
    case .containerRestart: return obstacle(.restart)
    case .containerStart: return obstacle(.start)
    case .containerStop: return obstacle(.stop)
    case .containerPause: return obstacle(.pause)
    case .containerResume: return obstacle(.unpause)
    case .containerKill: return obstacle(.kill)
    case .containerRemove: return obstacle(.remove)
    case .containerLimits: return limitsObstacle
    case .containerShell, .containerCommand: return obstacle(ContainerExec.obstacle)
    case .serviceReplicas: return replicasObstacle
    case .hostReboot: return rebootObstacle
    case .hostModel: return modelObstacle
    case .serviceRestart, .serviceApply, .serviceRecreate:
      return obstacle { $0.facts.service == nil ? "\($0.facts.name) was not started by Compose" : nil }
    case .markToggle: return actedContainer == nil ? "choose a container first" : nil
    case .markClear: return marks.isEmpty ? "nothing is marked" : nil
    case .operationShow: return operations.isEmpty ? "nothing was done yet since vigie was started" : nil
    case .containerLogs, .containerInspect:
      guard let id = actedContainer else { return "choose a container first" }
      return facts(id) == nil ? "that container is no longer there" : nil
    case .hostReconnect:
      guard let host = actedHost else { return "choose a host first" }
      switch links[host] {
      case .live?, .stale?: return "\(host) is connected"
      case .connecting?: return "\(host) is being tried now"
      case .ended?: return "what \(host) said has come to its end"
      case .queued?, .backingOff?, .needsPerson?, .refused?, nil: return nil
      }
    case .hostAnswer:
      guard let host = actedHost, case .needsPerson? = links[host] else { return "no host waits for an answer here" }
      return nil
    case .partAsk: return askable == nil ? "choose a part that can be asked, or a host" : nil
    default: return nil
    }
  }

  private func obstacle(_ action: ContainerAction) -> String? { obstacle { action.obstacle($0) } }

  /// The first thing in the way of an action on the targets.
  func obstacle(_ look: (Target) -> String?) -> String? {
    do throws(Unavailable) {
      return try targets().lazy.compactMap(look).first
    } catch {
      return error.reason
    }
  }

  mutating func toggleMark() {
    guard let id = actedContainer else { return }
    if let index = marks.firstIndex(of: id) { marks.remove(at: index) } else { marks.append(id) }
    moveCursor(.moveDown)
  }
}

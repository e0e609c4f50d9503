import Fleet
import Operations
import Telemetry

extension Model {
  /// When this console has told a host to reboot, while that is under way; `nil` where it is not.
  func rebootBegan(on host: HostName) -> Moment? {
    for operation in operations.values where !operation.isOver {
      for (job, progress) in zip(operation.plan.jobs, operation.jobs)
      where job.isReboot && job.host == host && progress.isActive {
        return progress.startedAt
      }
    }
    return nil
  }

  /// Why the host can't be rebooted now; `nil` where it can.
  var rebootObstacle: String? {
    do throws(Unavailable) {
      return try machine().obstacle
    } catch {
      return error.reason
    }
  }

  mutating func askReboot() -> [Effect] {
    do throws(Unavailable) {
      return propose(try Plan.reboot(try machine(), settings: fleet.actions))
    } catch {
      say(error.reason, isProblem: true)
      return []
    }
  }

  private func machine() throws(Unavailable) -> Machine {
    guard let name = actedHost, let host = fleet.host(name), let telemetry = telemetry[name] else {
      throw Unavailable(reason: "choose a host first")
    }
    guard condition(of: name).isLive else {
      throw Unavailable(reason: "\(name) does not answer: nothing can be run on it now")
    }
    // Its lock would only be refused: this console itself holds another there.
    let own = operations.values.first { operation in
      zip(operation.plan.jobs, operation.jobs).contains { $0.host == name && $1.isActive }
    }
    if let own { throw Unavailable(reason: "\(own.plan.title) still runs on \(name): wait for its end") }
    return Machine(host, telemetry)
  }
}

import Fleet
import Incidents
import Operations
import Telemetry

extension Model {
  /// Who did what the engine tells of a container, where this console did: `by anna with vigie`; `nil` where someone else
  /// did, or nobody.
  func actor(of event: StreamEvent, on host: HostName) -> String? {
    guard case .containerEvent(let event) = event, event.action == .die || event.action == .stop else { return nil }
    let isOurs = operations.values.contains { operation in
      zip(operation.plan.jobs, operation.jobs).contains { job, progress in
        job.host == host && job.acts(on: event) && isRecent(progress)
      }
    }
    guard isOurs else { return nil }
    return user.isEmpty ? "with vigie" : "by \(user) with vigie"
  }

  /// Docker tells of an end within the time that it gives a container for it.
  private func isRecent(_ progress: JobProgress) -> Bool {
    progress.isActive || progress.endedAt.map { now - $0 <= Rules.stopping } == true
  }
}

extension Job {
  /// Whether it is about that container, its service or project, or all of its host.
  fileprivate func acts(on event: ContainerEvent) -> Bool {
    if isReboot || subject == event.name { return true }
    guard let project, project == event.project else { return false }
    return subject == event.service || subject == project
  }
}

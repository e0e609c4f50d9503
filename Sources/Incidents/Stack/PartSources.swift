package import Fleet
package import Telemetry

/// All that is known of the container behind one part, gathered from where each kind of it is kept.
package struct PartSources: Sendable {
  package let container: ContainerTelemetry
  package let cache: CacheTelemetry?
  /// What it is asked, the one that says most first.
  package let asked: [PartTelemetry]

  /// `nil` where the host no longer has the container.
  package init?(_ id: String, as role: PartRole, in host: HostTelemetry) {
    guard let container = host.containers[id] else { return nil }
    self.container = container
    cache = role == .cache ? host.caches[id] : nil
    asked = role.kinds.compactMap { host.parts[PartID(containerID: id, kind: $0)] }
  }

  package var php: PHPFigures? { first { if case .php(let figures) = $0 { figures } else { nil } } }
  package var web: WebFigures? { first { if case .web(let figures) = $0 { figures } else { nil } } }
  package var log: AccessLogFigures? { first { if case .accessLog(let figures) = $0 { figures } else { nil } } }
  package var proxy: ProxyFigures? { first { if case .proxy(let figures) = $0 { figures } else { nil } } }
  package var database: DatabaseFigures? { first { if case .database(let figures) = $0 { figures } else { nil } } }

  /// Why it says nothing, and the cure; `nil` where it says something, or was not asked yet.
  package var problem: String? { cache?.figures.problem ?? asked.lazy.compactMap(\.problem).first }

  /// Requests a second, from whoever counts them.
  package var requestsPerSecond: Double? {
    log?.requestsPerSecond ?? proxy?.requestsPerSecond ?? web?.requestsPerSecond ?? php?.requestsPerSecond
  }

  /// The share of answers with a status from 500 on; `nil` with too few requests to say.
  package var serverErrors: Ratio? {
    let (errors, requests) =
      log.map { ($0.serverErrorsPerSecond, $0.requestsPerSecond) }
      ?? (proxy?.serverErrorsPerSecond, proxy?.requestsPerSecond)
    guard let errors, let requests, requests >= Rules.fewestRequests else { return nil }
    return Ratio(errors, of: requests)
  }

  /// The past of the figure that matters most of it, and the value at its top; `nil` where nothing is asked of it.
  package var history: (series: Series, top: Double?)? {
    if let cache { return (cache.hitHistory, 1) }
    return asked.first.map { ($0.history, $0.id.kind == .fpm ? 1 : nil) }
  }

  /// Of its memory limit; `nil` without one.
  package var memory: Ratio? {
    guard let used = container.figures.memory, let limit = container.facts.memoryLimit else { return nil }
    return Ratio(Double(used.bytes), of: Double(limit.bytes))
  }

  /// Of its CPU limit; `nil` without one.
  package var cpu: Ratio? {
    guard let used = container.figures.cpuCores, let limit = container.facts.cpuLimit else { return nil }
    return Ratio(used, of: limit)
  }

  private func first<Figures>(_ pick: (PartFigures) -> Figures?) -> Figures? {
    for part in asked {
      if let figures = part.figures.flatMap(pick) { return figures }
    }
    return nil
  }
}

extension PartRole {
  /// What a container in this role may be asked; caches are kept elsewhere.
  fileprivate var kinds: [PartKind] {
    switch self {
    case .proxy: [.traefik, .nginx, .apache, .accesslog]
    case .web: [.nginx, .apache, .accesslog]
    case .php: [.fpm]
    case .database: [.mysql, .postgres]
    case .application, .cache: []
    }
  }

  /// As a sentence begins with it.
  package var words: String {
    switch self {
    case .proxy: "the proxy"
    case .web: "the web server"
    case .php: "PHP-FPM"
    case .application: "the application"
    case .cache: "the cache"
    case .database: "the database"
    }
  }
}

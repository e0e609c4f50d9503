import Fleet
import Incidents
import Telemetry

/// `projects[]` of the report: each part's figures by its kind; what is not known is `null`.
enum ReportProjects {
  static func list(of model: Model) -> JSON { .array(model.stacks.all.map { project($0, in: model) }) }

  private static func project(_ stack: ProjectStack, in model: Model) -> JSON {
    .object([
      "name": .string(stack.id.name),
      "environment": .string(stack.id.environment.rawValue),
      "hosts": .array(stack.hosts.map { .string($0.text) }),
      "narrowest": .text(stack.narrowest?.sentence),
      "narrowest_rule": .text(stack.narrowest?.rule),
      "severity": .text(stack.narrowest?.severity.rawValue),
      "missing": .array(stack.missing.map(JSON.string)),
      "domains": .array(stack.domains.map { domain($0.name, $0.telemetry) }),
      "parts": .array(stack.parts.map { part($0, in: model) }),
    ])
  }

  private static func domain(_ name: String, _ telemetry: DomainTelemetry?) -> JSON {
    let isSeen = telemetry?.lastReading != nil
    let reading = telemetry?.reading
    return .object([
      "name": .string(name),
      "status": .count(reading?.status),
      "first_byte_seconds": .figure(reading?.timing?.firstByte.inSeconds),
      "certificate_not_after": .text((reading?.certificate?.notAfter).map(Calendar.stamp)),
      "certificate_problem": .text(reading?.certificate?.problem),
      "redirects_to_https": reading?.redirectsToHTTPS.map(JSON.bool) ?? .null,
      "why_unknown": .text(isSeen ? reading?.failure : "it was not looked at yet"),
    ])
  }

  private static func part(_ part: StackPart, in model: Model) -> JSON {
    var members: [String: JSON] = [
      "role": .string(part.role.rawValue),
      "container": .string(model.facts(part.container)?.name ?? part.container.id),
      "host": .string(part.container.host.text),
      "state": .string(word(part.state)),
      "why_unknown": .null,
      "load_ratio": .ratio(part.load),
    ]
    if case .unknown(let why) = part.state { members["why_unknown"] = .string(why) }
    // What a host that fell silent said last is not how it is now.
    let isLive = model.knowsContainers(of: part.container.host)
    let host = isLive ? model.telemetry[part.container.host] : nil
    let sources = host.flatMap { PartSources(part.container.id, as: part.role, in: $0) }
    if part.state == .fine, let cache = sources?.cache?.figures, cache.hitRatio == nil {
      members["why_unknown"] = .string("its hit rate is not known: nothing was looked up between two answers")
    }
    return .object(members.merging(figures(part.role, sources)) { $1 })
  }

  private static func word(_ state: StackPart.State) -> String {
    switch state {
    case .fine: "fine"
    case .busy(let severity): severity.rawValue
    case .stopped: "stopped"
    case .unknown: "unknown"
    }
  }

  private static func figures(_ role: PartRole, _ sources: PartSources?) -> [String: JSON] {
    switch role {
    case .php:
      let php = sources?.php
      return [
        "active": .count(php?.active), "idle": .count(php?.idle), "total": .count(php?.total),
        "limit": .count(php?.limit), "queue": .count(php?.queue), "limit_reached": .count(php?.limitReached),
        "slow": .count(php?.slow), "requests_per_second": .figure(php?.requestsPerSecond),
        "is_from_processes": php.map { .bool($0.isFromProcesses) } ?? .null,
      ]
    case .proxy, .web:
      let log = sources?.log
      return [
        "requests_per_second": .figure(sources?.requestsPerSecond), "active": .count(sources?.web?.active),
        "waiting": .count(sources?.web?.waiting),
        "client_errors_per_second": .figure(log?.clientErrorsPerSecond),
        "server_errors_per_second": .figure(log?.serverErrorsPerSecond ?? sources?.proxy?.serverErrorsPerSecond),
        "routers": .count(sources?.proxy?.routers), "routers_in_error": .count(sources?.proxy?.routersInError),
        "router_in_error": .text(sources?.proxy?.routerInError),
        "services": traffic(sources?.proxy?.traffic),
        "by_router": traffic(sources?.proxy?.routerTraffic),
      ]
    case .database: return database(sources?.database)
    case .cache:
      let cache = sources?.cache?.figures
      return [
        "hit_ratio": .ratio(cache?.hitRatio), "hit_ratio_hour": .ratio(cache?.hitRatioHour),
        "commands_per_second": .figure(cache?.commandsPerSecond),
        "evicted_per_second": .figure(cache?.evictedPerSecond), "used_bytes": .bytes(cache?.usedMemory),
        "max_bytes": .bytes(cache?.maxMemory), "policy": .text(cache?.policy), "clients": .count(cache?.clients),
      ]
    case .application:
      return [
        "used_cores": .figure(sources?.container.figures.cpuCores),
        "used_bytes": .bytes(sources?.container.figures.memory),
      ]
    }
  }

  /// A proxy's services or routers.
  private static func traffic(_ all: [ProxyFigures.Traffic]?) -> JSON {
    guard let all else { return .null }
    return .array(
      all.map {
        .object([
          "name": .string($0.name), "requests_per_second": .figure($0.requestsPerSecond),
          "server_errors_per_second": .figure($0.serverErrorsPerSecond),
        ])
      })
  }

  private static func database(_ database: DatabaseFigures?) -> [String: JSON] {
    [
      "version": .text(database?.version), "connections": .count(database?.connections),
      "max_connections": .count(database?.maxConnections), "running": .count(database?.running),
      "queries_per_second": .figure(database?.queriesPerSecond), "slow_per_second": .figure(database?.slowPerSecond),
      "buffer_hit_ratio": .ratio(database?.bufferHits), "waiting_for_locks": .count(database?.waitingForLocks),
      "longest_query_seconds": .figure(database?.longestQuery?.inSeconds),
      "replication_running": database?.replication.map { .bool($0.isRunning) } ?? .null,
      "replication_lag_seconds": .figure(database?.replication?.lag?.inSeconds), "size_bytes": .bytes(database?.size),
    ]
  }
}

import Fleet
import Incidents
import Surface
import Telemetry

/// What `--once` prints: the fleet as a table for a person or a pager, without colours.
package enum PlainTable {
  package static func text(of model: Model) -> String {
    var model = model
    model.settle(withSites: true)
    return lines(of: model).joined(separator: "\n") + "\n"
  }

  private static func lines(of model: Model) -> [String] {
    var lines = aligned(
      [["HOST", "ENV", "STATE", "AGE", "CPU", "MEMORY", "LOAD", "DISK", "UP", "WORST"]]
        + model.fleet.hosts.map { row(of: $0, in: model) })
    for host in model.fleet.hosts {
      let condition = model.condition(of: host.name)
      guard let reason = condition.reason ?? unanswered(condition) else { continue }
      lines.append("\(host.name): \(reason)" + (cure(of: host, in: model).map { "; \($0)" } ?? ""))
    }
    let sites = model.stacks.all.map { row(of: $0, model.fleet.thresholds(for: $0.id), at: model.now) }
    if !sites.isEmpty {
      lines += [""]
      lines += aligned(
        [["SITE", "ENV", "VISITORS", "CERT", "PROXY", "WEB", "PHP", "CACHE", "DB", "DISK", "NARROWEST"]] + sites)
    }
    let containers = model.fleet.hosts.flatMap { rows(ofContainersOn: $0.name, in: model) }
    if !containers.isEmpty {
      lines += [""]
      lines += aligned([["CONTAINER", "HOST", "PROJECT", "STATE", "CPU", "MEMORY", "LIMIT", "IMAGE"]] + containers)
    }
    let caches = model.fleet.hosts.flatMap { rows(ofCachesOn: $0.name, in: model) }
    if !caches.isEmpty {
      lines += [""] + aligned([["CACHE", "HOST", "HIT RATE", "OPS/S", "MEMORY", "MAXIMUM", "EVICTED/S"]] + caches)
    }
    let incidents = model.rows(.incidents).compactMap {
      if case .incident(let id) = $0 { model.incident(id) } else { nil }
    }
    if !incidents.isEmpty {
      lines += [""]
      lines += aligned(
        [["INCIDENT", "STATE", "AGO", "TIMES", "HOST", "WHAT"]]
          + incidents.map { incident in
            [
              incident.severity.rawValue, incident.clearedAt == nil ? "open" : "over",
              max(.zero, model.now - incident.lastSeen).short, "\(incident.count)", incident.key.host.text,
              incident.text,
            ]
          })
    }
    return lines
  }

  private static func row(of stack: ProjectStack, _ levels: Thresholds, at now: Moment) -> [String] {
    func short(_ roles: PartRole...) -> String {
      guard
        let part = stack.parts.filter({ roles.contains($0.role) }).min(by: { SiteWords.rank($0) < SiteWords.rank($1) })
      else { return stack.isUnseen ? "?" : "-" }
      if case .unknown = part.state { return "?" }
      return part.short
    }
    let hasDomains = !stack.domains.isEmpty
    return [
      stack.id.name, stack.id.environment.rawValue,
      hasDomains ? SiteWords.visitors(SiteWords.worst(stack.domains)?.telemetry, levels).text : "-",
      hasDomains ? SiteWords.certificate(SiteWords.worstCertificate(stack, at: now), levels, at: now).text : "-",
      short(.proxy), short(.web), short(.php, .application), short(.cache), short(.database),
      stack.disk?.used.percent ?? "?", ProjectText.sentence(stack).text,
    ]
  }

  private static func row(of host: Host, in model: Model) -> [String] {
    let telemetry = model.telemetry[host.name]
    let figures = telemetry?.figures ?? HostFigures()
    return [
      host.name.text, host.environment.rawValue, model.condition(of: host.name).word,
      model.age(of: host.name)?.short ?? "?", figures.cpu?.percent ?? "?",
      figures.memory.map { "\($0.used.short)/\($0.total.short)" } ?? "?", Words.load(figures.load),
      figures.fullest?.usedRatio?.percent ?? "?",
      telemetry.map { Words.running($0, isLive: model.condition(of: host.name).isLive) } ?? "?",
      worst(of: host.name, in: model),
    ]
  }

  private static func worst(of host: HostName, in model: Model) -> String {
    if let incident = model.incidents.worst(for: host) { return incident.text }
    if let missing = model.telemetry[host]?.missing.first(where: { $0.name != .pressure && $0.name != .sudo }) {
      return "\(missing.name.rawValue): \(missing.reason)"
    }
    if model.waitsForDocker(on: host) { return Words.waitsForDocker }
    let condition = model.condition(of: host)
    return condition.isLive ? "all well" : condition.reason ?? unanswered(condition) ?? ""
  }

  /// It neither answered nor refused while there was patience.
  static func unanswered(_ condition: Condition) -> String? {
    condition.word == "connecting" ? "it has not answered yet" : nil
  }

  /// What can be done about it without a screen: there are no keys here.
  private static func cure(of host: Host, in model: Model) -> String? {
    switch model.links[host.name] {
    case .refused(_, let cure, _): return cure
    case .needsPerson:
      guard case .ssh(let destination) = host.connection else { return nil }
      return "answer it once with: ssh \(ShellWord.line([destination]))"
    default: return nil
    }
  }

  private static func rows(ofContainersOn host: HostName, in model: Model) -> [[String]] {
    let containers = model.telemetry[host]?.containers.values.sorted { $0.facts.name < $1.facts.name } ?? []
    return containers.map { container in
      let facts = container.facts
      return [
        facts.name, host.text, facts.project ?? "", Words.state(facts), Words.cores(container.figures.cpuCores),
        container.figures.memory?.short ?? "?", facts.memoryLimit?.short ?? "none", facts.image,
      ]
    }
  }

  private static func rows(ofCachesOn host: HostName, in model: Model) -> [[String]] {
    let caches = model.telemetry[host]?.caches.values.sorted { $0.figures.containerID < $1.figures.containerID } ?? []
    return caches.map { cache in
      let figures = cache.figures
      let name = model.telemetry[host]?.containers[figures.containerID]?.facts.name ?? figures.containerID
      return [
        name, host.text, figures.hitRatio?.percent ?? figures.problem ?? "?", Words.rate(figures.commandsPerSecond),
        figures.usedMemory?.short ?? "?", Words.maximum(figures.maxMemory), Words.rate(figures.evictedPerSecond),
      ]
    }
  }

  /// Columns as wide as their widest word, two blanks between them.
  static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].columns }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, word) in row.enumerated() {
        line += word
        if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - word.columns + 2) }
      }
      return line
    }
  }
}

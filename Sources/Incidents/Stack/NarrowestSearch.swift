import Fleet
import Telemetry

/// Looks for the narrowest place of one project among all that the rules found.
struct NarrowestSearch {
  let stack: ProjectStack
  let parts: [JudgedPart]
  let hosts: [Finding]
  let sources: StackBook.Sources

  private var levels: Thresholds { sources.fleet.thresholds(for: stack.id) }

  var result: Narrowest? {
    var findings = parts.flatMap { part in part.findings.map { named($0, of: part.part) } }
    findings += hosts + certificates + redirects
    findings.removeAll { !$0.counts(at: sources.now) }
    if !findings.contains(where: { $0.severity == .critical && !$0.rule.isSymptom }) { findings += sitesDown }
    if !findings.contains(where: { $0.severity >= .warning }) { findings += slow }
    guard let first = findings.first else { return nil }
    let worst = findings.dropFirst().reduce(first) { $1.outweighs($0) ? $1 : $0 }
    return Narrowest(
      rule: worst.rule.rawValue, severity: worst.severity, sentence: worst.sentence(at: sources.now) + evidence(worst),
      role: worst.role)
  }

  /// Which of several, where a role has several; one that is down weighs less while another runs.
  private func named(_ finding: Finding, of part: StackPart) -> Finding {
    let peers = stack.parts.filter { $0.role == part.role }
    guard peers.count > 1 else { return finding }
    var finding = finding
    let place = stack.hosts.count > 1 ? " on \(part.container.host)" : ""
    finding.subject += " (\(part.name)\(place))"
    if part.state == .stopped, peers.contains(where: { $0.state != .stopped }) { finding.severity = .warning }
    return finding
  }

  /// How the next part is, so that nobody looks there first.
  private func evidence(_ finding: Finding) -> String {
    guard finding.rule == .phpFull || finding.role == .application && finding.rule == .cpuLimit,
      let database = database(beside: finding.object)
    else { return "" }
    switch database.state {
    case .stopped: return "; the database is stopped"
    case .unknown: return "; how the database is, is not known"
    case .busy: return "; the database is busy, too: \(database.text)"
    case .fine: break
    }
    let host = sources.telemetry[database.container.host]
    let figures = host.flatMap { PartSources(database.container.id, as: .database, in: $0) }?.database
    // One thread is the one that answers the question.
    if let running = figures?.running, running <= 1, (figures?.full?.value ?? 0) < 0.5 {
      return "; the database is idle"
    }
    return "; the database has room: \(database.text)"
  }

  /// The one on the same host as a container, else any.
  private func database(beside container: String) -> StackPart? {
    let host = stack.parts.first { $0.container.id == container }?.container.host
    let databases = stack.parts.filter { $0.role == .database }
    return databases.first { $0.container.host == host } ?? databases.first
  }

  private func found(_ rule: Bottleneck, _ severity: Severity, _ excess: Double, _ domain: String, _ text: String)
    -> Finding
  {
    Finding(rule: rule, severity: severity, excess: excess, object: domain, subject: domain, text: ": \(text)")
  }

  private var certificates: [Finding] {
    stack.domains.compactMap { name, telemetry in
      guard let certificate = telemetry?.reading.certificate else { return nil }
      let date = Calendar.day(certificate.notAfter)
      if certificate.notAfter <= sources.now {
        return found(.certificate, .critical, 900, name, "its certificate expired on \(date)")
      }
      if let problem = certificate.problem {
        return found(.certificate, .critical, 800, name, "a browser refuses its certificate: \(problem)")
      }
      guard let left = certificate.remaining(at: sources.now)?.value,
        let severity = levels.certificate.severity(left)
      else {
        return nil
      }
      let rest = (certificate.notAfter - sources.now).spoken
      return found(.certificate, severity, 1, name, "its certificate expires in \(rest), on \(date)")
    }
  }

  private var sitesDown: [Finding] {
    stack.domains.compactMap { name, telemetry in
      guard let telemetry, let since = telemetry.failingSince else { return nil }
      let reading = telemetry.reading
      let what = reading.failure ?? reading.status.map { "it answers with \($0)" } ?? "it does not answer"
      var finding = found(.siteDown, .critical, 500, name, what + partsBehind)
      finding.since = since
      return finding
    }
  }

  /// How the parts are behind a domain that is down.
  private var partsBehind: String {
    if stack.parts.contains(where: { $0.state == .stopped }) { return "" }
    if let host = stack.silentHost { return "; how its parts are is not known: \(host) does not tell" }
    return stack.parts.isEmpty ? "" : ", though all parts run"
  }

  private var redirects: [Finding] {
    stack.domains.compactMap { name, telemetry in
      guard telemetry?.reading.redirectsToHTTPS == false else { return nil }
      return found(.noRedirect, .notice, 1, name, "http does not redirect to https")
    }
  }

  private var slow: [Finding] {
    stack.domains.compactMap { name, telemetry in
      guard let wait = telemetry?.reading.timing?.firstByte.inSeconds,
        let severity = levels.firstByte.severity(wait)
      else { return nil }
      return found(
        .slowFirstByte, severity, wait, name,
        "\(PartFace.rate(wait)) s to the first byte, and no part is at its limit")
    }
  }
}

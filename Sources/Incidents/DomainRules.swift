package import Fleet
package import Telemetry

/// A domain whose last look failed.
struct FailingSite: Sendable {
  var since: Moment
  var looks = 0
  var occurrence: Occurrence
}

// What a visitor of a project's domains meets. Their incidents are told of the project's first host.
extension IncidentBook {
  /// Takes in one look at a domain.
  /// - Parameter project: one that answers for the domain.
  package mutating func apply(_ reading: ProbeReading, project: Project, at: Moment) {
    guard let host = project.hosts.first, !reading.isOwnFailure else { return }
    let levels = self.levels[project.id]
    let refusal = reading.certificate.flatMap { Self.refusal($0, at: at) }
    // One cause is told once: without an answer because of its certificate, it is the certificate.
    let isDown = reading.isFailing && !(reading.failure != nil && refusal != nil)
    judge(reading, isDown: isDown, project, host, at: at)
    if let certificate = reading.certificate {
      judge(certificate, refusal, of: reading.domain, levels, project, host, at: at)
    }
    judgeRedirect(reading, project, host, at: at)
    let first = isDown ? nil : reading.timing?.firstByte.inSeconds
    watch(Watch(figure: .firstByte, object: reading.domain), first, levels.firstByte, host, at) { seconds in
      let time = Self.seconds(seconds) + (reading.timing.flatMap(Self.longest) ?? "")
      return FigureWords(
        project: project.name, service: reading.domain,
        text: "\(reading.domain) takes \(time) to its first byte; its project's page shows the narrowest place")
    }
  }

  private mutating func judge(
    _ reading: ProbeReading, isDown: Bool, _ project: Project, _ host: HostName, at: Moment
  ) {
    let domain = reading.domain
    let key = Incident.Key(host: host, kind: .siteDown, subject: domain)
    guard isDown else {
      failing[host]?[domain] = nil
      if failing[host]?.isEmpty == true { failing[host] = nil }
      return clear(key, at: at)
    }
    let text =
      reading.failure.map { "\(domain) does not answer: \($0); its project's page shows the narrowest place" }
      ?? "\(domain) answers \(reading.status ?? 0): \(Self.meaning(reading.status ?? 0))"
    let occurrence = Occurrence(
      key: key, severity: .critical, service: domain, project: project.name, text: text)
    if isOpen(key) { return amend(key) { $0.text = text } }
    var site = failing[host]?[domain] ?? FailingSite(since: at, occurrence: occurrence)
    site.looks += 1
    site.occurrence = occurrence
    failing[host, default: [:]][domain] = site
    if site.looks >= Rules.downLooks || at - site.since >= Rules.downTime { open(occurrence, at: at) }
  }

  /// The next look may be long in coming.
  mutating func checkSites(_ host: HostName, at: Moment) {
    for site in (failing[host] ?? [:]).values where at - site.since >= Rules.downTime {
      if !isOpen(site.occurrence.key) { open(site.occurrence, at: at) }
    }
  }

  private mutating func judge(
    _ certificate: ProbeReading.Certificate, _ refusal: String?, of domain: String, _ levels: Thresholds,
    _ project: Project, _ host: HostName, at: Moment
  ) {
    let key = Incident.Key(host: host, kind: .certificate, subject: domain)
    let life = Watch(figure: .certificate, object: domain)
    let source = "the log of what issues it (Traefik, certbot) says more"
    guard let refusal else {
      clear(key, at: at)
      watch(life, certificate.remaining(at: at)?.value, levels.certificate, host, at) { left in
        let end = "until \(Self.day(certificate.notAfter)) (\((certificate.notAfter - at).short))"
        return FigureWords(
          project: project.name, service: domain,
          text: "the certificate of \(domain) has \(Ratio(left).percent) of its life left, \(end), and was not "
            + "renewed; \(source)")
      }
      return
    }
    end(life, host, at)
    let text = "browsers refuse \(domain): \(refusal); \(source)"
    if isOpen(key) { return amend(key) { $0.text = text } }
    open(
      Occurrence(key: key, severity: .critical, service: domain, project: project.name, text: text), at: at)
  }

  private mutating func judgeRedirect(_ reading: ProbeReading, _ project: Project, _ host: HostName, at: Moment) {
    let key = Incident.Key(host: host, kind: .redirect, subject: reading.domain)
    switch reading.redirectsToHTTPS {
    case true?: clear(key, at: at)
    case false? where !isOpen(key):
      let text = "http://\(reading.domain) is not sent on to https://: visitors stay in the clear; add the redirect "
      open(
        Occurrence(
          key: key, severity: .warning, service: reading.domain, project: project.name, text: text + "to its proxy"),
        at: at)
    default: break
    }
  }

  // MARK: Words

  /// Why browsers refuse a certificate; `nil` where they take it.
  private static func refusal(_ certificate: ProbeReading.Certificate, at: Moment) -> String? {
    if let problem = certificate.problem { return problem }
    return certificate.notAfter <= at ? "the certificate expired on \(day(certificate.notAfter))" : nil
  }

  private static func day(_ moment: Moment) -> String { String(Calendar.stamp(moment).prefix(10)) }

  private static func meaning(_ status: Int) -> String {
    switch status {
    case 502, 504: "the proxy gets no answer from what is behind it; its project's page shows the narrowest place"
    case 503: "the proxy knows nothing behind it that is ready; its project's page shows the narrowest place"
    default: "the application fails; its log says why"
    }
  }

  /// The longest part of the way, where it is most of it.
  private static func longest(_ timing: ProbeReading.Timing) -> String? {
    let parts: [(Duration, String)] = [
      (timing.name, "looking up its name"), (timing.connect, "connecting"), (timing.tls, "agreeing on TLS"),
      (timing.wait, "waiting for the server"),
    ]
    return parts.first { $0.0 * 2 > timing.firstByte }.map { ", \(seconds($0.0.inSeconds)) of it \($0.1)," }
  }

  private static func seconds(_ seconds: Double) -> String {
    ThresholdUnit.seconds.text((seconds * 10).rounded() / 10)
  }
}

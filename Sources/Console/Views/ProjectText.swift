import Fleet
import Incidents
import Surface
import Telemetry

/// What stands on a project's page, without its places.
enum ProjectText {
  static func sentence(_ stack: ProjectStack) -> Span {
    guard let narrowest = stack.narrowest else {
      if stack.isUnseen, let host = stack.silentHost {
        return Span("not known: \(host) does not tell", Style(.unknown, bold: true))
      }
      if stack.parts.isEmpty { return Span("none of its containers is seen", Style(.unknown, bold: true)) }
      let isKnown = stack.parts.allSatisfy { if case .unknown = $0.state { false } else { true } }
      return Span(
        isKnown ? "nothing limits it now" : "nothing limits it now, as far as is known",
        Style(isKnown ? .good : .text, bold: true))
    }
    return Span(narrowest.sentence, Style(Tone.of(narrowest.severity), bold: true))
  }

  static func parts(of stack: ProjectStack, in model: Model, width: Int) -> Table {
    let hasHosts = stack.hosts.count > 1
    var columns: [Table.Column] = [
      .init("Part", .fixed(8)),
      .init("Service", .flexible(min: 8, weight: 1, max: 18)),
      .init("State", .fixed(8)),
      .init("Load", .flexible(min: 9, weight: 1, max: 20)),
      .init("Figures", .flexible(min: 30, weight: 6)),
      .init("", .flexible(min: 8, weight: 2, max: 24), priority: 1),
    ]
    if hasHosts { columns.insert(.init("Host", .flexible(min: 7, weight: 1, max: 14)), at: 2) }
    let parts = stack.parts
    return Table(
      columns, count: parts.count, selected: parts.isEmpty ? nil : min(model.projectRow, parts.count - 1),
      emptyText: "none of its containers is seen"
    ) { index in
      let part = parts[index]
      let role = SiteWords.role(part.state)
      let load = part.load.map(\.percent) ?? "–"
      var cells: [Table.Content] = [
        .text(SiteWords.title(part.role)), .text(part.name), .text(SiteWords.state(part.state), role),
        part.load == nil
          ? .text("", .muted)
          : .measure(Gauge(part.load?.value, role == .good ? .cpu : role), Span(load, role == .good ? .text : role)),
        .text(figures(part), part.text.isEmpty ? .unknown : .text),
        SitesView.history(part, in: model).map {
          .sparkline(Sparkline($0.series.recent(48), top: $0.top, part.role == .cache ? .cache : .cpu))
        } ?? .empty,
      ]
      if hasHosts { cells.insert(.text(part.container.host.text, .muted), at: 2) }
      return cells
    }
  }

  private static func figures(_ part: StackPart) -> String {
    if !part.text.isEmpty { return part.text }
    guard case .unknown(let why) = part.state else { return "?" }
    return why
  }

  /// Domains, disk, what is missing, and what is not known.
  static func lines(of stack: ProjectStack, in model: Model, width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    func add(_ spans: [Span], indent: Int = 0) {
      let pad = String(repeating: " ", count: indent)
      lines += wrap(spans, width: max(20, width - indent)).map { indent == 0 ? $0 : [Span(pad)] + $0 }
    }
    func heading(_ text: String) { lines.append([Span(text, Style(.heading))]) }
    heading("Domains")
    if stack.domains.isEmpty { add([Span("none in the fleet file: what visitors meet is not known", .unknown)]) }
    let levels = model.fleet.thresholds(for: stack.id)
    let names = min(40, stack.domains.map(\.name.columns).max() ?? 0)
    for domain in stack.domains {
      let pad = String(repeating: " ", count: max(1, names - domain.name.columns + 2))
      add([Span(domain.name + pad, Style(.text, bold: true))] + first(domain.telemetry, levels, at: model.now))
      for line in rest(domain.telemetry, levels, at: model.now) { add(line, indent: 2) }
    }
    lines.append([])
    heading("Disk")
    if let disk = stack.disk {
      add([
        Span("\(disk.mount) of \(disk.host): "),
        Span("\(disk.used.percent) used", disk.severity.map { Tone.of($0) } ?? .text),
        Span(", \(disk.available.short) left"),
      ])
    } else {
      add([Span("?", .unknown)])
    }
    let unknown = stack.parts.compactMap { part -> (String, String)? in
      guard case .unknown(let why) = part.state else { return nil }
      return (named(part, in: stack), why)
    }
    guard !unknown.isEmpty || !stack.missing.isEmpty else { return lines }
    lines.append([])
    heading("Not known")
    for (name, why) in unknown {
      // Before the first semicolon stands why, after it what would change that.
      let pieces = why.split(separator: ";", maxSplits: 1).map { $0.drop { $0 == " " } }
      add([Span("\(name): ", Style(.text, bold: true)), Span(String(pieces.first ?? ""), .warning)])
      if pieces.count > 1 { add([Span(String(pieces[1]))], indent: 2) }
    }
    for sentence in stack.missing { add([Span(sentence, .muted)]) }
    return lines
  }

  private static func first(_ telemetry: DomainTelemetry?, _ levels: Thresholds, at now: Moment) -> [Span] {
    guard let telemetry, telemetry.lastReading != nil else { return [Span("not looked at yet", .unknown)] }
    let reading = telemetry.reading
    if let failure = reading.failure { return [Span(failure, reading.isOwnFailure ? .unknown : .critical)] }
    var spans = [SiteWords.visitors(telemetry, levels)]
    if let last = telemetry.lastReading { spans.append(Span("  \(max(.zero, now - last).short) ago", .muted)) }
    switch reading.redirectsToHTTPS {
    case true?: spans.append(Span(", http redirects to https", .muted))
    case false?: spans.append(Span(", http does not redirect to https", .warning))
    case nil: spans.append(Span(", not known whether http redirects", .unknown))
    }
    return spans
  }

  private static func rest(_ telemetry: DomainTelemetry?, _ levels: Thresholds, at now: Moment) -> [[Span]] {
    guard let reading = telemetry?.reading, telemetry?.lastReading != nil else { return [] }
    var lines: [[Span]] = []
    if let timing = reading.timing {
      let split = [("name", timing.name), ("connect", timing.connect), ("TLS", timing.tls), ("wait", timing.wait)]
      lines.append([Span(split.map { "\($0.0) \(SiteWords.time($0.1))" }.joined(separator: ", "), .muted)])
    }
    if let certificate = reading.certificate {
      lines.append(
        [Span("certificate ")] + words(of: certificate, SiteWords.certificate(telemetry, levels, at: now), at: now))
    } else {
      lines.append([Span("certificate "), Span("?", .unknown)])
    }
    return lines
  }

  private static func words(of certificate: ProbeReading.Certificate, _ left: Span, at now: Moment) -> [Span] {
    let life = (certificate.notAfter - certificate.notBefore).short
    let end = Calendar.day(certificate.notAfter)
    if certificate.notAfter <= now {
      return [Span("expired on \(end)", .critical), Span(", after \(life), by \(certificate.issuer)", .muted)]
    }
    // Its problem says all that `refused` does.
    let rest = certificate.problem == nil ? left : Span((certificate.notAfter - now).short)
    let spans = [rest, Span(" of \(life), until \(end), by \(certificate.issuer)", .muted)]
    return spans + (certificate.problem.map { [Span("; \($0)", .critical)] } ?? [])
  }

  static func charts(of stack: ProjectStack, in model: Model) -> [ChartStack.Entry] {
    var charts: [ChartStack.Entry] = []
    if let domain = SiteWords.worst(stack.domains), let telemetry = domain.telemetry, telemetry.history.count > 1 {
      charts.append(
        .init(title: "First byte (s) of \(domain.name)", series: telemetry.history, role: .network, unit: .plain))
    }
    // Those that most often are the narrow ones first.
    let order: [PartRole] = [.php, .cache, .database, .proxy, .web]
    for part in order.flatMap({ role in stack.parts.filter { $0.role == role } }) where charts.count < 6 {
      guard let history = SitesView.history(part, in: model), history.series.count > 1 else { continue }
      let figure =
        switch part.role {
        case .php: "Busy workers"
        case .cache: "Hit rate"
        case .database: "Queries/s"
        default: "Requests/s"
        }
      charts.append(
        .init(
          title: "\(figure): \(named(part, in: stack))", series: history.series, top: history.top,
          role: part.role == .cache ? .cache : .cpu, unit: history.top == 1 ? .ratio : .plain))
    }
    return charts
  }

  /// With its host where there are several.
  private static func named(_ part: StackPart, in stack: ProjectStack) -> String {
    let host = stack.hosts.count > 1 ? " on \(part.container.host)" : ""
    return "\(SiteWords.title(part.role)) \(part.name)\(host)"
  }
}

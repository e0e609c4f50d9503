import Fleet
import Incidents
import Surface
import Telemetry

/// How the parts and domains of a project are written, on the Sites pane, the page and in reports.
enum SiteWords {
  static func role(_ state: StackPart.State) -> Role {
    switch state {
    case .fine: .good
    case .busy(let severity): Tone.of(severity)
    case .stopped: .critical
    case .unknown: .unknown
    }
  }

  static func state(_ state: StackPart.State) -> String {
    switch state {
    case .fine: "fine"
    case .busy(.critical): "critical"
    case .busy(.warning): "narrow"
    case .busy(.notice): "busy"
    case .stopped: "stopped"
    case .unknown: "unknown"
    }
  }

  static func title(_ role: PartRole) -> String {
    switch role {
    case .proxy: "proxy"
    case .web: "web"
    case .php: "PHP"
    case .application: "app"
    case .cache: "cache"
    case .database: "database"
    }
  }

  /// A part whose state is worse comes first.
  static func rank(_ part: StackPart) -> Int {
    switch part.state {
    case .stopped: 0
    case .busy(.critical): 1
    case .busy(.warning): 2
    case .unknown: 3
    case .busy(.notice): 4
    case .fine: 5
    }
  }

  /// The worst of several in the same role.
  static func worst(_ stack: ProjectStack, _ roles: PartRole...) -> StackPart? {
    stack.parts.filter { roles.contains($0.role) }.min { rank($0) < rank($1) }
  }

  /// Seconds as a visitor feels them: `42ms`, `0.31s`, `2.4s`.
  static func time(_ duration: Duration?) -> String {
    guard let seconds = duration?.inSeconds else { return "?" }
    if seconds < 0.0995 { return "\(Int((seconds * 1000).rounded()))ms" }
    return Words.decimal(seconds) + "s"
  }

  /// How one domain is for its visitors: `200 42ms`, `502`, `no answer`, `?`.
  static func visitors(_ telemetry: DomainTelemetry?, _ levels: Thresholds) -> Span {
    guard let telemetry, telemetry.lastReading != nil else { return Span("?", .unknown) }
    let reading = telemetry.reading
    if reading.isOwnFailure { return Span("?", .unknown) }
    guard let status = reading.status, reading.failure == nil else { return Span("no answer", .critical) }
    if reading.isFailing { return Span("\(status)", .critical) }
    let role = Tone.of(reading.timing?.firstByte.inSeconds, levels.firstByte, calm: .good, unknown: .good)
    return Span("\(status) \(time(reading.timing?.firstByte))", status >= 400 && role == .good ? .warning : role)
  }

  /// What is left of a certificate: `84d`, `expired`, `?`.
  static func certificate(_ telemetry: DomainTelemetry?, _ levels: Thresholds, at now: Moment) -> Span {
    guard let certificate = telemetry?.reading.certificate else { return Span("?", .unknown) }
    guard certificate.notAfter > now else { return Span("expired", .critical) }
    let left = (certificate.notAfter - now).short
    if certificate.problem != nil { return Span("refused", .critical) }
    return Span(left, Tone.of(certificate.remaining(at: now), levels.certificate, calm: .good))
  }

  /// The domain that is worst off: one that fails, else the slowest.
  static func worst(_ domains: [(name: String, telemetry: DomainTelemetry?)]) -> (
    name: String, telemetry: DomainTelemetry?
  )? {
    domains.max { weight($0.telemetry) < weight($1.telemetry) }
  }

  private static func weight(_ telemetry: DomainTelemetry?) -> Double {
    guard let reading = telemetry?.reading else { return 0.000_1 }
    return reading.isFailing ? 1_000_000 : reading.timing?.firstByte.inSeconds ?? 0
  }

  /// The certificate that ends first, by share of its life.
  static func worstCertificate(_ stack: ProjectStack, at now: Moment) -> DomainTelemetry? {
    func life(_ telemetry: DomainTelemetry) -> Double {
      guard let certificate = telemetry.reading.certificate else { return 2 }
      return certificate.problem != nil ? 0 : certificate.remaining(at: now)?.value ?? 1
    }
    return stack.domains.compactMap(\.telemetry).min { life($0) < life($1) }
  }
}

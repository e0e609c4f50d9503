import Fleet
import Telemetry

// When a figure's incident opens, changes and is over.
extension IncidentBook {
  /// Takes in one reading of one figure, in the threshold's unit. In the common case it costs this look, and makes no
  /// text.
  mutating func watch(
    _ watch: Watch, _ value: Double?, _ threshold: Threshold, _ host: HostName, _ at: Moment,
    _ words: (Double) -> FigureWords
  ) {
    let isHigh = value.map(threshold.isWarning) ?? false
    guard isHigh || watches[host]?.isEmpty == false else { return }
    let before = watches[host]?[watch]
    guard isHigh || before != nil else { return }
    var pending = before ?? Pending()
    guard let value else { return unknown(watch, pending, host, at) }
    pending.unknownSince = nil
    pending.warningSince = isHigh ? pending.warningSince ?? at : nil
    pending.criticalSince = threshold.isCritical(value) ? pending.criticalSince ?? at : nil
    let reached: Severity? =
      pending.criticalSince.map { at - $0 >= threshold.hold } == true
      ? .critical : pending.warningSince.map { at - $0 >= threshold.hold } == true ? .warning : nil
    switch (pending.open, reached) {
    case (nil, let severity?):
      open(occurrence(watch.key(host), severity, words(value)), at: at)
      (pending.open, pending.said) = (severity, value)
    case (nil, nil) where !isHigh:
      watches[host]?[watch] = nil
      return
    case (nil, nil): break
    case (_?, _) where threshold.isOver(value):
      watches[host]?[watch] = nil
      clear(watch.key(host), at: at)
      return
    case (.warning?, .critical?): tell(.critical)
    case (.critical?, _) where threshold.hasLeftCritical(value): tell(.warning)
    case (let severity?, _) where isHigh && threshold.isWorse(value, than: pending.said): tell(severity)
    default: if pending.open != nil { keepCurrent() }
    }
    watches[host, default: [:]][watch] = pending
    if pending.open != nil { remember() }

    func tell(_ severity: Severity) {
      (pending.open, pending.said) = (severity, value)
      renew(watch.key(host), severity, words(value).text, at: at)
    }

    /// How it is now is no news, and what is open must say it all the same.
    func keepCurrent() {
      let text = words(value).text
      if incident(watch.key(host))?.text != text { amend(watch.key(host)) { $0.text = text } }
    }

    func remember() {
      let peak = incident(watch.key(host))?.peak
      guard peak.map({ threshold.isBeyond(value, $0.value) }) ?? true else { return }
      let words = words(value)
      amend(watch.key(host)) { $0.peak = Incident.Peak(value: value, text: words.peak ?? words.text) }
    }
  }

  private func occurrence(_ key: Incident.Key, _ severity: Severity, _ words: FigureWords) -> Occurrence {
    Occurrence(
      key: key, severity: severity, service: words.container.map { $0.service ?? $0.name } ?? words.service,
      project: words.container?.project ?? words.project, container: words.container?.name,
      replica: words.container.flatMap { containers.words($0, on: key.host).replica }, text: words.text)
  }

  /// A figure that nobody knows any more is no reason to alarm anybody; one that is missing for a moment is no news.
  private mutating func unknown(_ watch: Watch, _ pending: Pending, _ host: HostName, _ at: Moment) {
    let since = pending.unknownSince ?? at
    if at - since >= Rules.unknown {
      watches[host]?[watch] = nil
      clear(watch.key(host), at: at)
    } else {
      watches[host]?[watch]?.unknownSince = since
    }
  }

  /// What is no longer there, or does not run, crosses no threshold.
  mutating func sweep(_ telemetry: HostTelemetry, at: Moment) {
    for watch in (watches[telemetry.host] ?? [:]).keys where !isThere(watch, telemetry) {
      end(watch, telemetry.host, at)
    }
  }

  private func isThere(_ watch: Watch, _ telemetry: HostTelemetry) -> Bool {
    switch watch.figure {
    case .cpu, .steal, .memory, .swap, .clock, .certificate, .firstByte: true
    case .disk, .diskFull: telemetry.figures.filesystems.contains { $0.mount == watch.object }
    default:
      switch telemetry.containers[watch.object]?.facts.state {
      case .running?, .paused?: true
      default: false
      }
    }
  }

  /// Nobody watches it any more.
  mutating func end(_ watch: Watch, _ host: HostName, _ at: Moment) {
    guard let pending = watches[host]?.removeValue(forKey: watch), pending.open != nil else { return }
    clear(watch.key(host), at: at)
  }

  /// A container that is gone.
  mutating func forget(_ id: String, on host: HostName, at: Moment) {
    for watch in (watches[host] ?? [:]).keys where watch.object == id { end(watch, host, at) }
  }

  /// A stream begins: how long a figure was at its level is not known across the gap.
  mutating func beginAnew(_ host: HostName) {
    watches[host] = watches[host]?.filter { $1.open != nil || $0.figure.isOfDomain }
  }
}

import Fleet
import Telemetry

// When a figure's incident opens, changes and is over.
extension IncidentBook {
  /// Takes in one reading of one figure. In the common case it costs this look, and makes no text.
  mutating func watch(
    _ watch: Watch, _ ratio: Ratio?, _ threshold: Threshold, _ hold: Duration, _ host: HostName, _ at: Moment,
    _ words: (Ratio) -> FigureWords
  ) {
    let isHigh = (ratio?.value ?? 0) >= threshold.warning
    guard isHigh || watches[host]?.isEmpty == false else { return }
    let before = watches[host]?[watch]
    guard isHigh || before != nil else { return }
    var pending = before ?? Pending()
    guard let ratio else { return unknown(watch, pending, host, at) }
    pending.unknownSince = nil
    pending.warningSince = isHigh ? pending.warningSince ?? at : nil
    pending.criticalSince = ratio.value >= threshold.critical ? pending.criticalSince ?? at : nil
    let reached: Severity? =
      pending.criticalSince.map { at - $0 >= hold } == true
      ? .critical : pending.warningSince.map { at - $0 >= hold } == true ? .warning : nil
    switch (pending.open, reached) {
    case (nil, let severity?):
      let said = words(ratio)
      open(
        Occurrence(
          key: watch.key(host), severity: severity,
          service: said.container.map { $0.service ?? $0.name } ?? said.service, project: said.container?.project,
          container: said.container?.name, text: said.text), at: at)
      (pending.open, pending.said) = (severity, ratio.value)
    case (nil, nil) where !isHigh:
      watches[host]?[watch] = nil
      return
    case (nil, nil): break
    case (_?, _) where ratio.value < Self.left(threshold.warning):
      watches[host]?[watch] = nil
      clear(watch.key(host), at: at)
      return
    case (.warning?, .critical?): tell(.critical)
    case (.critical?, _) where ratio.value < Self.left(threshold.critical): tell(.warning)
    case (let severity?, _) where isHigh && ratio.value >= pending.said + Rules.clearing && severity != .notice:
      if watch.figure != .clock { tell(severity) }
    default: break
    }
    watches[host, default: [:]][watch] = pending

    func tell(_ severity: Severity) {
      (pending.open, pending.said) = (severity, ratio.value)
      renew(watch.key(host), severity, words(ratio).text, at: at)
    }
  }

  /// Under this a figure has left a level: it must not flap at it.
  private static func left(_ level: Double) -> Double { level - min(Rules.clearing, level * Rules.clearingPart) }

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
    case .cpu, .memory, .swap, .clock: true
    case .disk: telemetry.figures.filesystems.contains { $0.mount == watch.object }
    case .containerMemory, .throttling, .cacheMisses:
      switch telemetry.containers[watch.object]?.facts.state {
      case .running?, .paused?: true
      default: false
      }
    }
  }

  private mutating func end(_ watch: Watch, _ host: HostName, _ at: Moment) {
    guard let pending = watches[host]?.removeValue(forKey: watch), pending.open != nil else { return }
    clear(watch.key(host), at: at)
  }

  /// A container that is gone.
  mutating func forget(_ id: String, on host: HostName, at: Moment) {
    for watch in (watches[host] ?? [:]).keys where watch.object == id { end(watch, host, at) }
  }

  /// A stream begins: how long a figure was at its level is not known across the gap.
  mutating func beginAnew(_ host: HostName) { watches[host] = watches[host]?.filter { $1.open != nil } }
}

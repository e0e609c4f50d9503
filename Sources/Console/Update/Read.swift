import Fleet
import Operations
import Telemetry

extension Model {
  /// Opens the page of a container's log or inspection; what it shows is asked for by `settleReading`.
  mutating func openReading(_ kind: Reading.Kind) {
    guard let id = actedContainer, let facts = facts(id) else { return }
    if let detail, reading == nil { detailsBefore.append(detail) }
    let reading = Reading(kind, of: id, name: facts.name, at: now)
    detail = reading.detail
    self.reading = reading
  }

  /// Ends what no page shows any more, and begins what a page waits for.
  mutating func settleReading() -> [Effect] {
    guard let reading else { return [] }
    guard detail == reading.detail else {
      self.reading = nil
      return [.stopReading]
    }
    switch reading.state {
    case .asked(let at):
      // A log that has nothing to say is followed all the same.
      if reading.kind == .log, now - at >= .seconds(3) { self.reading?.state = .flowing }
    case .waiting(_, let until):
      if until <= now, canRead(from: reading.container.host) { return beginReading() }
    case .over(let at):
      // The event that it stopped may still be on its way.
      let isUp = facts(reading.container)?.state == .running && now - at >= .seconds(2)
      if isUp, canRead(from: reading.container.host) { return beginReading() }
    case .flowing, .failed: break
    }
    return []
  }

  /// Whether a command about containers can be run on the host now, and whether by `sudo` is known.
  private func canRead(from host: HostName) -> Bool {
    condition(of: host).isLive && telemetry[host]?.capabilities[.docker]?.isAvailable ?? false
  }

  private mutating func beginReading() -> [Effect] {
    guard var reading else { return [] }
    let sudo = telemetry[reading.container.host]?.needsSudo ?? false
    nextReading += 1
    let number = nextReading
    do throws(Unavailable) {
      let line: String
      switch reading.kind {
      case .log:
        reading.resume()
        line = try ContainerReading.log(
          of: reading.container.id, reading.window, since: reading.newest.isEmpty ? nil : reading.newest, sudo: sudo)
      case .inspection: line = try ContainerReading.inspection(of: reading.container.id, sudo: sudo)
      }
      reading.number = number
      reading.state = .asked(at: now)
      self.reading = reading
      return [
        .read(ReadingOrder(number: number, kind: reading.kind, host: reading.container.host, line: line))
      ]
    } catch {
      self.reading?.state = .failed(error.reason)
      return []
    }
  }

  /// News of the order that runs; of others nobody wants to know any more.
  mutating func take(_ news: ReadingNews, ofReading number: Int) {
    guard reading?.number == number else { return }
    switch news {
    case .lines(let lines): reading?.take(lines)
    case .document(let lines?): reading?.take(lines.map { LogLine(text: $0) })
    case .document(nil):
      reading?.state = .failed(
        "what Docker said can't be read as JSON, so its secrets can't be masked, and it is not shown")
    case .ended(let end): endReading(end)
    }
  }

  private mutating func endReading(_ end: ReadingEnd) {
    guard let reading else { return }
    let verdict = ReadingVerdict(end, of: reading, on: reading.container.host)
    // A document is whole, however its command ended.
    if reading.kind == .inspection, reading.state == .flowing { return }
    if case .failed = reading.state { return }
    // What Docker said instead of lines is in the verdict.
    if case .exited(_, let words) = end, verdict.reason != nil, let last = reading.page.lines.last, last.stamp.isEmpty,
      last.text == words
    {
      self.reading?.page.removeLast()
    }
    guard let reason = verdict.reason else {
      self.reading?.state = .over(at: now)
      return
    }
    if verdict.isFinal {
      self.reading?.state = .failed(reason)
    } else {
      let wait = Duration.seconds(min(30, 2 << min(reading.failures, 4)))
      self.reading?.failures += 1
      self.reading?.state = .waiting(reason: reason, until: now + wait)
    }
  }
}

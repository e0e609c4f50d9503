package import Fleet

/// Which domain is looked at next, and when: all in turn, spread over time.
///
/// Domains are numbers here, from 0 on. The pace keeps to the oldest debt first, so that none is forgotten where looks
/// take longer than they should.
package struct ProbeSchedule: Hashable, Sendable {
  private struct Domain: Hashable, Sendable {
    /// `nil` while it is looked at, and once it needs no more looks.
    var due: Moment?
    var regular: Moment
    var isFailing = false
  }

  /// More at once would be felt by this machine.
  package static let mostAtOnce = 8
  /// Two a second, over the whole fleet.
  package static let gap = Duration.milliseconds(500)
  /// One failure may be chance; two, this far apart, are an outage.
  package static let confirming = Duration.seconds(3)

  private let period: Duration
  private let gap: Duration
  private let isOnce: Bool
  private var domains: [Domain]
  private var running = 0
  private var earliest: Moment

  /// - Parameters:
  ///   - interval: between two looks at a domain; longer where there are more domains than the pace allows.
  ///   - isOnce: each is looked at once, as soon as can be.
  package init(count: Int, interval: Duration, isOnce: Bool = false, start: Moment) {
    self.isOnce = isOnce
    gap = isOnce ? .zero : Self.gap
    period = max(interval, gap * count)
    earliest = start
    // The first round goes as fast as it may, so that nobody waits for it; the ones after it are spread evenly.
    let step = isOnce ? .zero : period / max(1, count)
    let gap = gap
    domains = (0..<count).map { Domain(due: start + gap * $0, regular: start + step * $0) }
  }

  /// When `next` may give one; `nil` where nothing can be begun before something has ended.
  package var deadline: Moment? {
    guard running < Self.mostAtOnce, let due = domains.compactMap(\.due).min() else { return nil }
    return max(due, earliest)
  }

  /// Whether each was looked at; never, where that goes on for ever.
  package var isOver: Bool { running == 0 && domains.allSatisfy { $0.due == nil } }

  /// The domain to look at now, which counts as begun.
  package mutating func next(at now: Moment) -> Int? {
    guard let deadline, deadline <= now else { return nil }
    let index = domains.indices.min { (domains[$0].due ?? .never) < (domains[$1].due ?? .never) }
    guard let index else { return nil }
    running += 1
    earliest = now + gap
    if let due = domains[index].due, due >= domains[index].regular {
      // From when it was due, so that the spread stays; from now where it is late, so that nothing is made up for.
      let isLate = now - domains[index].regular > period
      domains[index].regular = (isLate ? now : domains[index].regular) + period
    }
    domains[index].due = nil
    return index
  }

  /// A look has ended.
  package mutating func ended(_ index: Int, isFailing: Bool, at now: Moment) {
    guard domains.indices.contains(index), domains[index].due == nil, running > 0 else { return }
    running -= 1
    let isNew = isFailing && !domains[index].isFailing
    domains[index].isFailing = isFailing
    guard !isOnce else { return }
    domains[index].due = isNew ? min(domains[index].regular, now + Self.confirming) : domains[index].regular
  }
}

extension Moment {
  fileprivate static var never: Moment { Moment(milliseconds: .max) }
}

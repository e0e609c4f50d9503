package import Fleet

/// What the past speaks for, each with its reason.
package struct LimitsProposal: Hashable, Sendable {
  package struct Advice<Value: Hashable & Sendable>: Hashable, Sendable {
    /// `nil` leaves it as it is.
    package var value: Value?
    /// In half a sentence, such as `throttled in 82% of periods at 0.5`.
    package var reason: String

    init(_ value: Value?, _ reason: String) {
      self.value = value
      self.reason = reason
    }
  }

  package var cores: Advice<Cores>
  package var memory: Advice<ByteCount>

  /// Less past than this says how much is too little, but not how much is too much.
  private static let longEnough = Duration.seconds(1800)
  /// Held back in fewer periods than this, nobody notices.
  private static let noticeable = 0.05

  package init(_ evidence: LimitsEvidence) {
    cores = Self.cores(evidence)
    memory = Self.memory(evidence)
  }

  /// Cores in use, as fine as a person reads them.
  private static func figure(_ cores: Double) -> String {
    let hundredths = (cores * 100).rounded() / 100
    return Cores(hundredths < 0.1 ? cores : hundredths).text
  }

  private static func cores(_ evidence: LimitsEvidence) -> Advice<Cores> {
    guard let peak = evidence.cores.peak, let high = evidence.cores.high else {
      return Advice(nil, "its use is not known yet")
    }
    let most = evidence.mostCores
    func raise(to cores: Double, from limit: Cores, _ reason: String) -> Advice<Cores> {
      let wanted = min(Cores.sensible(atLeast: cores), most ?? Cores(4096))
      return wanted > limit
        ? Advice(wanted, reason) : Advice(nil, "\(reason), and \(limit.text) is all that the host has")
    }
    guard let limit = evidence.limits.cores else {
      guard evidence.span >= longEnough else { return Advice(nil, "no limit, and too little past to say one") }
      let wanted = Cores.sensible(atLeast: max(peak * 2, 0.1))
      if let most, wanted >= most { return Advice(nil, "no limit; it needs the whole host at times") }
      return Advice(wanted, "no limit; never over \(figure(peak)) in \(evidence.span.short)")
    }
    if let throttled = evidence.throttled, throttled.value >= noticeable {
      let factor = throttled.value >= 0.5 ? 2 : throttled.value >= 0.25 ? 1.5 : 1.25
      return raise(
        to: limit.value * factor, from: limit, "throttled in \(throttled.percent) of periods at \(limit.text)")
    }
    if high >= limit.value * 0.85 {
      return raise(to: high * 1.5, from: limit, "95% of the time up to \(figure(high)) of \(limit.text)")
    }
    let enough = Cores.sensible(atLeast: max(peak * 2, 0.1))
    if evidence.span >= longEnough, enough.value <= limit.value / 2 {
      return Advice(enough, "never over \(figure(peak)) of \(limit.text) in \(evidence.span.short)")
    }
    return Advice(nil, "\(limit.text) fits: at most \(figure(peak)) in \(evidence.span.short)")
  }

  private static func memory(_ evidence: LimitsEvidence) -> Advice<ByteCount> {
    guard let peak = evidence.memory.peak else { return Advice(nil, "its use is not known yet") }
    let most = evidence.mostMemory
    func sensible(_ factor: Double) -> ByteCount { ByteCount.sensibleLimit(atLeast: Double(peak.bytes) * factor) }
    guard let limit = evidence.limits.memory else {
      guard evidence.span >= longEnough else { return Advice(nil, "no limit, and too little past to say one") }
      let wanted = sensible(2)
      if let most, wanted >= most { return Advice(nil, "no limit; it needs most of the host at times") }
      return Advice(wanted, "no limit; never over \(peak.short) in \(evidence.span.short)")
    }
    func raise(_ reason: String) -> Advice<ByteCount> {
      var wanted = max(sensible(1.5), ByteCount.sensibleLimit(atLeast: Double(limit.bytes) * 1.5))
      if let most { wanted = min(wanted, most) }
      return wanted > limit ? Advice(wanted, reason) : Advice(nil, "\(reason), and that is all that the host has")
    }
    if let kills = evidence.oomKills, kills > 0 {
      return raise("\(kills) \(kills == 1 ? "process" : "processes") killed for want of memory at \(limit.limitText)")
    }
    if Double(peak.bytes) >= Double(limit.bytes) * 0.85 { return raise("up to \(peak.short) of \(limit.limitText)") }
    let enough = sensible(2)
    if evidence.span >= longEnough, enough.bytes <= limit.bytes / 2 {
      return Advice(enough, "never over \(peak.short) of \(limit.limitText) in \(evidence.span.short)")
    }
    return Advice(nil, "\(limit.limitText) fits: at most \(peak.short) in \(evidence.span.short)")
  }
}

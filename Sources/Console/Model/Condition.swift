package import Fleet
package import Telemetry

/// How a host is, in the operator's words: from the state of its connection and the age of its figures.
package struct Condition: Hashable, Sendable {
  /// What scripts read: `live`, `stale`, `connecting`, `unreachable`; and `rebooting`, where this console has told it to.
  package var word: String
  /// At most ten columns for the Hosts pane: `live`, `stale 14s`, `retry 8s`.
  package var short: String
  /// Why there is nothing new from it; `nil` while it is live or has never told anything and is still being connected.
  package var reason: String?
  /// What the operator can do about it.
  package var cure: String?
  package var isLive: Bool { word == "live" }
}

extension Model {
  /// How the host is at `now`.
  package func condition(of host: HostName) -> Condition {
    let condition = seenCondition(of: host)
    guard !condition.isLive, let began = rebootBegan(on: host) else { return condition }
    return Condition(
      word: "rebooting", short: "rebooting", reason: "told to reboot \(max(.zero, now - began).short) ago",
      cure: "it is tried again by itself")
  }

  private func seenCondition(of host: HostName) -> Condition {
    let age = age(of: host)
    switch links[host] ?? .queued {
    case .queued:
      return Condition(
        word: "connecting", short: "queued", reason: age.map { _ in "it waits to be connected anew" }, cure: nil)
    case .connecting:
      return Condition(
        word: "connecting", short: "connecting", reason: age.map { _ in "its connection is made anew" }, cure: nil)
    case .live:
      guard let age else { return Condition(word: "connecting", short: "starting", reason: nil, cure: nil) }
      if age > staleAfter {
        return Condition(
          word: "stale", short: "stale \(age.short)", reason: "no sample for \(age.short)", cure: nil)
      }
      return Condition(word: "live", short: "live", reason: nil, cure: nil)
    case .stale(let since):
      let silence = age ?? now - since
      return Condition(
        word: "stale", short: "stale \(silence.short)", reason: "silent for \(silence.short)",
        cure: "it is tried again by itself")
    case .backingOff(let until, let attempt, let reason):
      // Rounded up: a wait that is not over is not nothing.
      let wait = max(.zero, until - now + .milliseconds(999))
      return Condition(
        word: "unreachable", short: "retry \(wait.short)", reason: reason,
        cure: "try \(attempt + 1) in \(wait.short); \(keyed(.hostReconnect, "tries now"))")
    case .needsPerson(let reason):
      return Condition(
        word: "unreachable", short: "needs you", reason: reason, cure: keyed(.hostAnswer, "lets you answer ssh"))
    case .refused(let reason, let cure, _):
      return Condition(word: "unreachable", short: "refused", reason: reason, cure: cure)
    case .ended:
      return Condition(word: "stale", short: "ended", reason: "the recording is at its end", cure: nil)
    }
  }

  /// What a key does, as a cure: `! lets you answer ssh`.
  private func keyed(_ command: CommandID, _ words: String) -> String {
    "\(keymap.hint(for: command) ?? ":\(command.rawValue)") \(words)"
  }

  /// Whether the host says that its engine does not answer: how its containers are is unknown.
  package func isDockerSilent(on host: HostName) -> Bool {
    telemetry[host]?.capabilities[.docker]?.isAvailable == false
  }

  /// Whether the engine of a host that tells of itself has not answered yet: nothing is known of its containers.
  package func waitsForDocker(on host: HostName) -> Bool {
    telemetry[host].map { $0.lastFrame != nil && $0.capabilities[.docker] == nil } ?? false
  }

  /// How old a host's figures are, where it is not live: `figures 14s old`.
  func ageing(of host: HostName) -> String? {
    condition(of: host).isLive ? nil : age(of: host).map { "figures \($0.short) old" }
  }

  /// Whether what is shown of a host's containers is how they are: it is live, and its engine answers.
  package func knowsContainers(of host: HostName) -> Bool {
    condition(of: host).isLive && !isDockerSilent(on: host)
  }

  /// Three intervals, and never less than five seconds: one lost sample is no alarm.
  package var staleAfter: Duration { max(fleet.defaults.interval * 3, .seconds(5)) }
}

extension HostTelemetry {
  /// What the host said that it can't tell, with the reasons; in a fixed order.
  package var missing: [Capability] {
    Capability.Name.allCases.compactMap { capabilities[$0] }.filter { !$0.isAvailable }
  }

  /// Whether this user needs `sudo` for Docker there.
  package var needsSudo: Bool { capabilities[.sudo]?.isAvailable == true }
}

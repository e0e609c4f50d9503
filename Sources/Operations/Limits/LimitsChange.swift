package import Fleet
import Telemetry

/// Other limits for the containers of one service, and for what lives within them; and how it was before.
package struct LimitsChange: Hashable, Sendable {
  /// One container.
  package struct Member: Hashable, Sendable {
    package var target: Target
    package var before: Limits
    package var after: Limits
    package var use: Use
    /// PHP-FPM's `pm.max_children`; `nil` leaves it alone.
    package var children: Step<Int>?
    /// Redis's `maxmemory`; `nil` leaves it alone.
    package var maxMemory: Step<ByteCount>?

    package init(_ target: Target, after: Limits, use: Use = Use()) {
      self.target = target
      before = Limits(of: target.facts)
      self.after = after
      self.use = use
    }
  }

  /// From one value to another.
  package struct Step<Value: Hashable & Sendable>: Hashable, Sendable {
    package var before: Value
    package var after: Value

    package init(from before: Value, to after: Value) {
      self.before = before
      self.after = after
    }

    var reversed: Step { Step(from: after, to: before) }
  }

  /// What a container used over the last minute before the change; `nil` is unknown.
  package struct Use: Hashable, Sendable {
    package var cores: Double?
    package var memory: ByteCount?
    package var throttled: Ratio?
    package var oomKills: UInt64?

    package init(cores: Double? = nil, memory: ByteCount? = nil, throttled: Ratio? = nil, oomKills: UInt64? = nil) {
      self.cores = cores
      self.memory = memory
      self.throttled = throttled
      self.oomKills = oomKills
    }
  }

  package var members: [Member]
  /// How Redis is spoken to.
  package var client = CacheClient()
  /// By host: taking a CPU limit away needs the number of its cores.
  package var hostCores: [HostName: Cores]
  package var warnings: [String]

  package init(_ members: [Member], hostCores: [HostName: Cores], warnings: [String] = []) {
    self.members = members
    self.hostCores = hostCores
    self.warnings = warnings
  }

  /// How to put everything back as it was.
  package var reversed: LimitsChange {
    var change = self
    change.warnings = []
    for index in change.members.indices {
      let member = members[index]
      (change.members[index].before, change.members[index].after) = (member.after, member.before)
      change.members[index].children = member.children?.reversed
      change.members[index].maxMemory = member.maxMemory?.reversed
    }
    return change
  }

  /// The same for the containers that now stand where the former ones stood; those that are gone are left out.
  package func moved(to find: (Target) -> Target?) -> LimitsChange {
    var change = self
    change.members = members.compactMap { member in
      guard let target = find(member.target) else { return nil }
      var member = member
      member.target = target
      return member
    }
    return change
  }

  /// The service, or the one container that no service has.
  package var subject: String {
    guard let facts = members.first?.target.facts else { return "" }
    return members.count == 1 ? facts.name : facts.service ?? facts.name
  }
}

/// The program that speaks to a Redis in its container, and where its password is.
package struct CacheClient: Hashable, Sendable {
  package var program: String
  package var secret: SecretSource?

  package init(program: String = "redis-cli", secret: SecretSource? = nil) {
    self.program = program
    self.secret = secret
  }
}

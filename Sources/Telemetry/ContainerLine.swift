import Fleet

/// `container {…}`: what one container is.
enum ContainerLine {
  /// `nil` without an identifier, a name and a state that is known.
  static func decode(_ json: Words.Word) -> ContainerFacts? {
    guard let object = LooseJSON.object(json), let id = object.text("id", limit: Bound.identifier),
      let name = object.text("name"), let state = object.text("state").flatMap(ContainerFacts.State.init)
    else { return nil }
    // The engine's own `.Name` begins with a slash, which nobody types.
    let plainName = name.hasPrefix("/") && name.count > 1 ? String(name.dropFirst()) : name
    var facts = ContainerFacts(id: id, name: plainName, image: object.text("image") ?? "", state: state)
    facts.project = object.text("project")
    facts.service = object.text("service")
    facts.composeDirectory = object.text("dir")
    facts.composeFiles = object.text("files", limit: Clean.usualLimit)
    facts.hasExactLabels =
      ["project", "service", "dir"].allSatisfy { object.isExact($0) }
      && object.isExact("files", limit: Clean.usualLimit)
    facts.health = object.text("health").flatMap(ContainerFacts.Health.init)
    facts.restartCount = object.integer("restarts").flatMap { Int(exactly: max(0, $0)) } ?? 0
    let isUp = state == .running || state == .paused
    facts.exitCode = isUp ? nil : object.integer("exit").flatMap { Int(exactly: $0) }
    facts.oomKilled = object.flag("oom") ?? false
    facts.startedAt = object.text("started").flatMap { Timestamp.moment($0) }
    facts.finishedAt = object.text("finished").flatMap { Timestamp.moment($0) }
    facts.ports = object.texts("ports")
    // The engine writes "no limit" as zero.
    facts.cpuLimit = object.number("cpus").flatMap { 1e-3...1e6 ~= $0 ? $0 : nil }
    facts.memoryLimit = object.integer("memory").flatMap { UInt64(exactly: $0) }
      .flatMap { 1...Bound.memory ~= $0 ? ByteCount($0) : nil }
    facts.swapLimit = object.integer("swap").flatMap { swap in
      switch swap {
      case 0: .unset
      case -1: .unlimited
      default: UInt64(exactly: swap).map { .together(ByteCount($0)) }
      }
    }
    if let quota = object.integer("quota"), quota > 0 {
      // Docker's own period, where none was given.
      let period = object.integer("period").flatMap { 1...1_000_000 ~= $0 ? $0 : nil } ?? 100_000
      facts.cpuPeriod = .microseconds(period)
    }
    facts.processID = isUp ? object.integer("pid").flatMap { Int(exactly: $0) }.flatMap { $0 > 1 ? $0 : nil } : nil
    facts.restartPolicy = object.text("policy") ?? ""
    facts.roleLabel = object.text("role", limit: Bound.identifier)
    facts.exposed = object.names("exposed")
    return facts
  }
}

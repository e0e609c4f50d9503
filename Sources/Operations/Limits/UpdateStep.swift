import Fleet
import Telemetry

/// `docker update`: the limits of a container that goes on running.
extension LimitsChange.Member {
  /// Docker can't take a limit of memory away from a container that runs: this is more than any host has.
  private static let boundless = (memory: ByteCount(1 << 60), whole: ByteCount(1 << 61))

  /// - Parameter all: the cores of its host.
  func update(_ all: Cores?) throws(Unavailable) -> Step? {
    var words: [String] = []
    var note: [String] = []
    if before.cores != after.cores {
      if let period = target.facts.cpuPeriod {
        words += ["--cpu-quota", after.cores.map { "\(Self.quota($0, period))" } ?? "-1"]
      } else {
        words += ["--cpus", try cores(all).text]
        if after.cores == nil { note.append("no limit: all the cores that \(target.host.name) has") }
      }
    }
    if before.memory != after.memory || before.swap != after.swap, after.memory != nil || before.memory != nil {
      if let memory = after.memory {
        words += ["--memory", memory.limitText, "--memory-swap", after.swapText]
      } else {
        let boundless = Self.boundless
        words += ["--memory", boundless.memory.limitText, "--memory-swap", boundless.whole.limitText]
        note.append("no limit: more than any host has, because Docker can't take one away from what runs")
      }
    }
    guard !words.isEmpty else { return nil }
    return Step(
      target.docker + ["update"] + words + [try target.identifier()],
      note: (["at once, without a restart"] + note).joined(separator: "; "))
  }

  /// The limit of CPU as Docker is told it: without one, all that the host has.
  private func cores(_ all: Cores?) throws(Unavailable) -> Cores {
    if let cores = after.cores ?? all { return cores }
    throw Unavailable(reason: "how many cores \(target.host.name) has is not known yet: wait for its next sample")
  }

  /// Microseconds of a period.
  static func quota(_ cores: Cores, _ period: Duration) -> Int {
    Int(cores.value * Double(period.components.attoseconds / 1_000_000_000_000).rounded())
  }

  /// As the look must show the container in the end: with those limits, and the same one in the same run.
  func wanted(_ all: Cores?) throws(Unavailable) -> String {
    let cpus: String
    if let period = target.facts.cpuPeriod {
      cpus = "cpus=0 quota=\(after.cores.map { "\(Self.quota($0, period))" } ?? "@(-1|0)")"
    } else if before.cores == after.cores {
      cpus = "cpus=\(after.cores.map { "\($0.thousandths)000000" } ?? "*") quota=*"
    } else {
      cpus = "cpus=\(try cores(all).thousandths)000000 quota=*"
    }
    var memory = "memory=\(after.memory.map { "\($0.bytes)" } ?? "@(0|\(Self.boundless.memory.bytes))") swap="
    switch after.swap {
    case .together(let whole) where after.memory != nil: memory += "\(whole.bytes)"
    case .unlimited: memory += "-1"
    case .together, .unset: memory += "*"
    }
    let started = target.facts.startedAt.map { Calendar.stamp($0).dropLast() + "*" } ?? "*"
    return "state=running \(cpus) \(memory) started=\(started) id=\(try target.identifier())"
  }
}

extension Look {
  /// The limits of several containers of one host on one line, in that order.
  static func limits(_ members: [LimitsChange.Member], _ all: Cores?) throws(Unavailable) -> Look {
    guard let first = members.first else { throw Unavailable(reason: "choose a container first") }
    // Of several, each by its name: values of different containers are nothing to compare.
    let isOnly = members.count == 1
    let format =
      (isOnly ? "" : "{{.Name}}: ")
      + "state={{.State.Status}} cpus={{.HostConfig.NanoCPUs}} quota={{.HostConfig.CPUQuota}} "
      + "memory={{.HostConfig.Memory}} swap={{.HostConfig.MemorySwap}} started={{.State.StartedAt}} id={{slice .ID 0 12}}"
    var ids: [String] = []
    var wanted: [String] = []
    for member in members {
      ids.append(try member.target.identifier())
      wanted.append((isOnly ? "" : "*: ") + (try member.wanted(all)))
    }
    var words = first.target.docker + ["inspect", "--type", "container", "--format", format] + ids
    if !isOnly { words = ["sh", "-c", "\(ShellWord.line(words)) | paste -sd ';'"] }
    return Look(
      words, wanted: wanted.joined(separator: ";"), patience: .seconds(10),
      words: "running with these limits, the same container in the same run", isNeeded: true)
  }
}

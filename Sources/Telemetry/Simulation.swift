package import Fleet

/// A host that does not exist, and speaks the stream as a sampler would: for benchmarks, demonstrations and tests.
///
/// The same name, seed and times give the same lines.
package struct Simulation: Sendable {
  private static let cores = 4
  private static let totalMemory = 16.0 * 1_073_741_824
  private static let slowEvery = 5
  private static let filesystemsEvery = 30

  private let host: String
  private let interval: Duration
  private let start: Moment
  private let bootID: String
  private let bootSeconds: Double
  private var random: SplitMix64
  private var containers: [SimulatedContainer]
  private var redises: [SimulatedRedis]
  private var parts: [SimulatedPart]
  private var last: Moment
  private var sequence = 0
  private var jiffies: [(user: Double, system: Double, idle: Double, ioWait: Double, steal: Double)]
  private var received = 4e10
  private var sent = 9e10
  private var sectorsRead = 3e7
  private var sectorsWritten = 9e7
  private var busyMilliseconds = 5e6
  private var load = 0.8

  /// - Parameters:
  ///   - containers: how many run on it: projects of eight parts each.
  ///   - start: when the first sample is taken, on the host's clock.
  package init(
    host: String, containers count: Int, seed: UInt64, start: Moment, interval: Duration = .seconds(2)
  ) {
    self.host = String(host.map { $0 == " " ? "-" : $0 })
    self.interval = interval
    self.start = start
    last = start
    var random = SplitMix64(seed: host.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    bootID = random.hexadecimal(32)
    bootSeconds = 86_400 * (1 + 60 * random.unit())
    let started = start.milliseconds / 1000
    containers = (0..<max(0, count)).map { index in
      SimulatedContainer(
        index: index, startedSeconds: started - Int64(86_400 * random.unit()), random: &random)
    }
    redises = containers.filter { $0.role.service == "redis" }.map { SimulatedRedis(id: $0.id, random: &random) }
    // Dice of their own, so that the rest of what the host says does not depend on its parts.
    var dice = random
    parts = containers.indices.flatMap { [containers] in
      SimulatedPart.parts(of: containers[$0], at: $0, random: &dice)
    }
    let uptime = bootSeconds
    jiffies = (0..<Self.cores).map { _ in (uptime * 15, uptime * 5, uptime * 78, uptime * 1, uptime * 0.2) }
    self.random = random
  }

  /// The stream's first lines, up to the first frame.
  package mutating func opening(token: String) -> [String] {
    let first =
      "vigie-stream 1 token=\(token) host=\(host) boot=\(bootID) kernel=6.1.0-25-amd64 pid=4242 cgroup=2 "
      + "interval=\(interval.milliseconds)"
    return [first] + Capability.Name.allCases.filter { $0 != .sudo }.map { "can \($0.rawValue) yes" }
      + containers.map(\.factsLine)
  }

  /// The lines of the next sample: the frame, and what else happened since the last one.
  /// - Parameter at: the host's clock; not before the last sample.
  package mutating func next(at: Moment) -> [String] {
    let seconds = max(0, (at - last).inSeconds)
    last = max(last, at)
    defer { sequence += 1 }
    passTime(seconds)
    var lines = frame()
    if sequence % Self.slowEvery == 1 {
      lines += redises.indices.map { redises[$0].line(random: &random) }
      for index in parts.indices { lines.append(parts[index].line()) }
    }
    if sequence % Self.filesystemsEvery == 0 { lines += filesystems() }
    return lines + happenings()
  }

  private mutating func passTime(_ seconds: Double) {
    load = min(1.6, max(0.3, load + (random.unit() - 0.5) * 0.12 + (0.8 - load) * 0.03))
    var cpu = 0.0
    for index in containers.indices { cpu += containers[index].pass(seconds, load: load, random: &random) }
    for index in redises.indices { redises[index].pass(seconds, load: load, random: &random) }
    for index in parts.indices {
      parts[index].pass(seconds, activity: containers[parts[index].container].activity * load)
    }
    let busy = min(0.95, (cpu / max(seconds, 1e-9) + 0.1) / Double(Self.cores))
    for index in jiffies.indices {
      let share = min(0.98, busy * (0.7 + 0.6 * random.unit()))
      jiffies[index].user += share * 0.75 * seconds * 100
      jiffies[index].system += share * 0.25 * seconds * 100
      jiffies[index].steal += 0.004 * seconds * 100
      jiffies[index].ioWait += 0.006 * seconds * 100
      jiffies[index].idle += (0.99 - share) * seconds * 100
    }
    let requests = 900_000 * load * (0.7 + 0.6 * random.unit()) * seconds
    received += requests * 0.2
    sent += requests
    sectorsRead += 300 * load * random.unit() * seconds
    sectorsWritten += 2500 * load * random.unit() * seconds
    busyMilliseconds += 60 * load * random.unit() * seconds
  }

  private mutating func frame() -> [String] {
    let uptime = Int64((bootSeconds + (last - start).inSeconds) * 100)
    let clock = last.milliseconds
    var lines = [
      "= \(sequence) \(clock / 1000).\(padded(clock % 1000, 3))000 \(uptime / 100).\(padded(uptime % 100, 2))"
    ]
    let sum = jiffies.reduce((0, 0, 0, 0, 0)) {
      ($0.0 + $1.user, $0.1 + $1.system, $0.2 + $1.idle, $0.3 + $1.ioWait, $0.4 + $1.steal)
    }
    lines.append(cpuLine("cpu ", sum))
    for (index, core) in jiffies.enumerated() {
      lines.append(cpuLine("cpu\(index)", (core.user, core.system, core.idle, core.ioWait, core.steal)))
    }
    let average = load * 1.7
    lines.append("load \(hundredths(average)) \(hundredths(average * 0.95)) \(hundredths(average * 0.9)) 2/487 90210")
    let used = containers.reduce(1.1e9) { $0 + $1.memoryInUse }
    let available = max(3e8, Self.totalMemory - used)
    lines.append(
      "mem total=\(UInt64(Self.totalMemory) / 1024) available=\(UInt64(available) / 1024) swaptotal=2097148 "
        + "swapfree=2001204")
    lines += pressure()
    lines.append("net eth0: \(UInt64(received)) 81234567 0 0 0 0 0 0 \(UInt64(sent)) 93456789 0 0 0 0 0 0")
    let (read, written, busy) = (UInt64(sectorsRead), UInt64(sectorsWritten), UInt64(busyMilliseconds))
    lines.append("disk 8 0 sda 812345 1234 \(read) 91234 4123456 567890 \(written) 812345 0 \(busy) 934567 0 0 0 0")
    let isFull = sequence % Self.slowEvery == 0
    lines += containers.map { $0.line(isFull: isFull) }
    return lines + ["."]
  }

  private mutating func pressure() -> [String] {
    [("cpu", "some", 4.0), ("memory", "some", 0.2), ("memory", "full", 0.1), ("io", "some", 1.5), ("io", "full", 1.0)]
      .map { resource, share, level in
        let now = hundredths(level * load * (0.5 + random.unit()))
        return "psi \(resource) \(share) avg10=\(now) avg60=\(now) avg300=\(now) total=\(sequence * 1000 + 77)"
      }
  }

  private func filesystems() -> [String] {
    let used = UInt64(sectorsWritten) * 512 % 20_000_000_000 + 31_000_000_000
    let size: UInt64 = 80_000_000_000
    return [
      "fs /dev/sda1 ext4 \(size) \(used) \(size - used - 4_000_000_000) /",
      "fs /dev/sda15 vfat 129718272 12451840 117266432 /boot/efi", "fs-end",
    ]
  }

  /// About once in five minutes a container runs out of memory and comes back; a little oftener PHP complains.
  private mutating func happenings() -> [String] {
    guard sequence > 3, !containers.isEmpty else { return [] }
    let chance = random.unit()
    let index = Int(random.unit() * Double(containers.count))
    let container = containers[index]
    if chance < 0.006, container.role.memoryLimit != nil {
      let deaths = [
        container.outOfMemoryLine(at: last), container.eventLine("oom", at: last),
        container.eventLine("die", at: last, exitCode: 137),
      ]
      containers[index].restart(atSeconds: last.milliseconds / 1000)
      for part in parts.indices where parts[part].container == index { parts[part].restart() }
      if let redis = redises.firstIndex(where: { $0.id == container.id }) { redises[redis].restart(random: &random) }
      return deaths + [containers[index].eventLine("start", at: last), containers[index].factsLine]
    }
    return chance < 0.02 ? [container.warningLine(at: last)] : []
  }
}

private func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private func hundredths(_ value: Double) -> String {
  let whole = Int64((max(0, value) * 100).rounded())
  return "\(whole / 100).\(padded(whole % 100, 2))"
}

private func cpuLine(_ name: String, _ times: (Double, Double, Double, Double, Double)) -> String {
  let (user, system, idle, ioWait, steal) = times
  return "\(name) \(UInt64(user)) 0 \(UInt64(system)) \(UInt64(idle)) \(UInt64(ioWait)) 0 0 \(UInt64(steal)) 0 0"
}

/// One container of a simulated host: a part of a shop's stack, and what it used so far.
struct SimulatedContainer: Sendable {
  /// What a service of the stack is like under usual load.
  struct Role: Sendable {
    var service: String
    var image: String
    /// In cores.
    var cpu: Double
    var cpuLimit: Double?
    /// In MiB.
    var memory: Double
    var memoryLimit: Double?
    /// In kB a second.
    var network: Double
    var disk: Double
    var port: String?
    var exposed: String?
    var hasHealthCheck = true
  }

  static let roles: [Role] = [
    Role(
      service: "proxy", image: "traefik:v3.1", cpu: 0.03, memory: 48, network: 900, disk: 1, port: "443", exposed: "80"),
    Role(
      service: "nginx", image: "nginx:1.27", cpu: 0.05, memory: 22, memoryLimit: 128, network: 700, disk: 8,
      exposed: "80"),
    Role(
      service: "php", image: "wordpress:6.6-php8.3-fpm", cpu: 0.60, cpuLimit: 1, memory: 310, memoryLimit: 512,
      network: 400, disk: 20, exposed: "9000"),
    Role(
      service: "db", image: "mariadb:11.4", cpu: 0.25, memory: 620, memoryLimit: 1024, network: 250, disk: 300,
      exposed: "3306"),
    Role(
      service: "redis", image: "redis:7.2", cpu: 0.04, memory: 90, memoryLimit: 256, network: 320, disk: 2,
      exposed: "6379"),
    Role(
      service: "cron", image: "wordpress:cli", cpu: 0.01, cpuLimit: 0.5, memory: 40, network: 2, disk: 1,
      hasHealthCheck: false),
    Role(
      service: "next", image: "node:22", cpu: 0.20, cpuLimit: 1, memory: 240, memoryLimit: 512, network: 150, disk: 2),
    Role(service: "backup", image: "restic/restic:0.17", cpu: 0.02, memory: 60, network: 40, disk: 60),
  ]
  private static let projects = ["shop", "atelier", "librairie", "terroir", "voyage", "mairie", "studio", "vigne"]

  let id: String
  let role: Role
  let project: String
  let name: String
  private(set) var startedSeconds: Int64
  private(set) var restarts = 0
  /// Of usual load: 1 is usual.
  private(set) var activity: Double
  private var memory: Double
  private var cpuNanoseconds: Double
  private var periods = 0.0
  private var throttled = 0.0
  private var received: Double
  private var sent: Double
  private var read: Double
  private var written: Double
  private var oomKills = 0
  private var processes: Int

  init(index: Int, startedSeconds: Int64, random: inout SplitMix64) {
    role = Self.roles[index % Self.roles.count]
    let group = index / Self.roles.count
    let round = group / Self.projects.count
    project = Self.projects[group % Self.projects.count] + (round > 0 ? "\(round + 1)" : "")
    name = "\(project)-\(role.service)-1"
    id = random.hexadecimal(64)
    self.startedSeconds = startedSeconds
    activity = 0.3 + random.unit()
    memory = role.memory * (0.8 + 0.4 * random.unit()) * 1_048_576
    cpuNanoseconds = role.cpu * 3.6e12 * random.unit()
    received = role.network * 1e6 * random.unit()
    sent = role.network * 1e6 * random.unit()
    read = role.disk * 1e6 * random.unit()
    written = role.disk * 1e6 * random.unit()
    processes = 1 + Int(random.unit() * 12)
  }

  /// Lets time pass.
  /// - Parameters:
  ///   - load: of the whole host, where 1 is usual.
  /// - Returns: the CPU time used, in seconds.
  mutating func pass(_ seconds: Double, load: Double, random: inout SplitMix64) -> Double {
    activity = min(2.5, max(0.05, activity + (random.unit() - 0.5) * 0.3 + (1 - activity) * 0.05))
    let wanted = role.cpu * activity * load
    let cores = min(wanted, role.cpuLimit ?? .infinity)
    cpuNanoseconds += cores * seconds * 1e9
    if let limit = role.cpuLimit {
      periods += (seconds * 10).rounded()
      throttled += (seconds * 10 * max(0, wanted - 0.7 * limit) / max(wanted, 1e-9)).rounded()
    }
    let ceiling = role.memoryLimit.map { $0 * 1_048_576 } ?? role.memory * 4_194_304
    memory = min(ceiling * 0.97, max(4e6, memory * (1 + (random.unit() - 0.49) * 0.01)))
    received += role.network * 1000 * activity * load * seconds * 0.4
    sent += role.network * 1000 * activity * load * seconds
    read += role.disk * 1000 * activity * seconds * random.unit()
    written += role.disk * 1000 * activity * seconds
    return cores * seconds
  }

  /// It ran out of memory and its policy started it anew, in a cgroup of its own.
  mutating func restart(atSeconds now: Int64) {
    startedSeconds = now
    restarts += 1
    oomKills = 0
    memory = role.memory * 0.4 * 1_048_576
    (cpuNanoseconds, periods, throttled) = (0, 0, 0)
    (received, sent, read, written) = (0, 0, 0, 0)
  }

  /// The frame's line.
  /// - Parameter isFull: with the counters that are not read each time.
  func line(isFull: Bool) -> String {
    var line = "c \(id) cpu=\(UInt64(cpuNanoseconds)) mem=\(UInt64(memory))"
    guard isFull else { return line }
    if role.cpuLimit != nil {
      line += " periods=\(UInt64(periods)) throttled=\(UInt64(throttled)) throttledns=\(UInt64(throttled * 4e7))"
    }
    line += " pids=\(processes) oom=\(oomKills) rx=\(UInt64(received)) tx=\(UInt64(sent))"
    return line + " read=\(UInt64(read)) written=\(UInt64(written))"
  }

  var memoryInUse: Double { memory }
}

package import Fleet

/// What a container is: from one `docker inspect`, again only when an event says that it changed.
package struct ContainerFacts: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case created, running, paused, restarting, removing, exited, dead
  }

  package enum Health: String, CaseIterable, Sendable {
    case starting, healthy, unhealthy
  }

  package var id: String
  package var name: String
  /// With its tag: `redis:7.0`.
  package var image: String
  /// From Compose's labels; `nil` for a container that Compose did not start.
  package var project: String?
  package var service: String?
  /// Compose's working directory and files on the host, for actions on the service.
  package var composeDirectory: String?
  package var composeFiles: String?
  /// Whether the four are as the host has them. Where something was cleaned away or cut they may be shown, and no command
  /// may be made of them: it would be about another project.
  package var hasExactLabels = true
  package var state: State
  /// `nil` where the image and the service define no health check.
  package var health: Health?
  package var restartCount: Int
  /// Of the last run; `nil` while it runs.
  package var exitCode: Int?
  package var oomKilled: Bool
  package var startedAt: Moment?
  package var finishedAt: Moment?
  /// As `0.0.0.0:8080->80/tcp`.
  package var ports: [String]
  /// `nil` is no limit.
  package var cpuLimit: Double?
  package var memoryLimit: ByteCount?
  /// Of memory and swap together; `nil` is unknown.
  package var swapLimit: SwapLimit?
  /// Where the CPU limit is a quota of such periods, which Docker keeps apart from a number of CPUs; else `nil`.
  package var cpuPeriod: Duration?
  /// On the host; `nil` while it does not run.
  package var processID: Int?
  package var restartPolicy: String
  /// The label `vigie.role`.
  package var roleLabel: String?
  /// Ports that the image or the service exposes, published or not, as `9000/tcp`.
  package var exposed: [String] = []

  package init(id: String, name: String, image: String, state: State) {
    self.id = id
    self.name = name
    self.image = image
    self.state = state
    restartCount = 0
    oomKilled = false
    ports = []
    restartPolicy = ""
  }

  /// What follows the last colon of the image, `latest` where there is none.
  package var tag: String {
    guard let colon = image.lastIndex(of: ":"), !image[colon...].contains("/") else { return "latest" }
    return String(image[image.index(after: colon)...])
  }
}

/// What memory and swap may be together, as Docker has it.
package enum SwapLimit: Hashable, Sendable {
  /// Nothing was said.
  case unset
  case unlimited
  case together(ByteCount)
}

/// What a container uses right now; `nil` is unknown.
package struct ContainerFigures: Hashable, Sendable {
  /// Cores' worth of CPU time: 1.0 is one core kept busy.
  package var cpuCores: Double?
  /// Without reclaimable page cache, as `docker stats` counts.
  package var memory: ByteCount?
  /// Share of scheduler periods in which the CPU limit held it back.
  package var throttled: Ratio?
  package var processes: Int?
  /// Since its cgroup was made.
  package var oomKills: UInt64?
  package var network: Rates?
  package var blockIO: Rates?

  package init() {}
}

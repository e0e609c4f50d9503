import Fleet
import Glibc
import Telemetry
import Testing

@testable import Incidents

/// A recording of a real host and its site, played: each line arrives when it did. How they are made: `Recordings/record`.
struct RecordedSite {
  /// The project that is recorded, as it stands at the end.
  private(set) var stack: ProjectStack?
  /// The last sentence that was told of it, and of which rule.
  var narrowest: Narrowest? { stack?.narrowest }

  /// - Parameter changes: to the shipped thresholds.
  init(_ name: String, changes: ThresholdChanges = [:]) throws {
    let root = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    let lines = try Self.bytes(of: "\(root)/Recordings/\(name).vigie").split(separator: 0x0A).map { Array($0) }
    let start = try Recording.start(ofHeader: try #require(lines.first))
    let entries = try lines.dropFirst().map { try Recording.entry($0) }
    let host = try #require(entries.first { $0.host != ProbeLine.host }?.host)
    let fleet = Self.fleet(host, changes)
    var telemetry = HostTelemetry(host: host, capacity: 100)
    var domains: [String: DomainTelemetry] = [:]
    var decoder = StreamDecoder()
    var book = StackBook()
    for entry in entries {
      let now = start + entry.offset
      func sources() -> StackBook.Sources {
        StackBook.Sources(fleet: fleet, telemetry: [host: telemetry], domains: domains, now: now)
      }
      if entry.host == ProbeLine.host {
        let reading = try #require(ProbeLine.decode(entry.line))
        var domain = domains[reading.domain] ?? DomainTelemetry(domain: reading.domain, capacity: 10)
        (domain.reading, domain.lastReading) = (reading, now)
        domain.failingSince = reading.isFailing ? domain.failingSince ?? now : nil
        domains[reading.domain] = domain
        book.mark(domain: reading.domain, in: fleet)
      } else {
        for event in decoder.decode(entry.line) {
          telemetry.apply(event, at: now)
          if case .frame = event { book.judge(host, sources()) } else { book.mark(host) }
        }
      }
      _ = book.settle(sources())
    }
    stack = fleet.projects.first.flatMap { book[$0.id] }
  }

  /// What the recorder's fleet file says, without the places of secrets, which only asking needs.
  private static func fleet(_ host: HostName, _ changes: ThresholdChanges) -> FleetDefinition {
    let name = ["web-1": "boutique", "web-2": "journal"][host.text] ?? "vitrine"
    var project = Project(name: name, profile: .vps, hosts: [host], environment: .prod)
    // What is not at the usual port was not looked at.
    if name != "vitrine" { project.domains = [name + ".example"] }
    project.thresholds = changes
    return FleetDefinition(hosts: [Host(name: host, connection: .local, environment: .prod)], projects: [project])
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"), "there is no \(path): Recordings/record makes it")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }
}

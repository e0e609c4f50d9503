import Glibc

/// A process with a mark in its environment. The hosts are containers on this machine, so `/proc` here shows theirs too,
/// even while their network is cut.
struct MarkedProcess: CustomStringConvertible {
  var id: pid_t
  var words: [String]
  var environment: [String]
  /// The host that it runs on; `nil` for this machine.
  var host: String?

  var description: String { "\(id) on \(host ?? "this machine"): \(words.joined(separator: " ").prefix(120))" }

  func variable(_ name: String) -> String? {
    environment.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// All processes whose environment has the entry `mark`.
  static func all(_ mark: String) -> [MarkedProcess] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var found: [MarkedProcess] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let id = pid_t(name) else { continue }
      let environment = strings(in: "/proc/\(id)/environ")
      guard environment.contains(mark) else { continue }
      let groups = String(decoding: contents(of: "/proc/\(id)/cgroup"), as: UTF8.self)
      let host = Rig.hosts.first { host in
        groups.split(separator: "\n").contains { ($0 + "/").contains("/vigie-\(host)/") }
      }
      found.append(
        MarkedProcess(id: id, words: strings(in: "/proc/\(id)/cmdline"), environment: environment, host: host))
    }
    return found
  }

  private static func strings(in path: String) -> [String] {
    contents(of: path).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}

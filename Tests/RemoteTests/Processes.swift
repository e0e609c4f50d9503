import Glibc

/// A process as the kernel lists it.
struct Process {
  var id: pid_t
  var parent: pid_t
  var group: pid_t
  /// Ended, and only waits to be reaped.
  var isZombie: Bool

  static var all: [Process] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var processes: [Process] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let id = pid_t(name), let stat = text("/proc/\(id)/stat") else { continue }
      // The name is in parentheses, and may hold anything.
      guard let end = stat.lastIndex(of: ")") else { continue }
      let fields = stat[stat.index(after: end)...].split(separator: " ")
      guard fields.count > 2, let parent = pid_t(fields[1]), let group = pid_t(fields[2]) else { continue }
      processes.append(Process(id: id, parent: parent, group: group, isZombie: fields[0] == "Z"))
    }
    return processes
  }

  static func isAlive(_ id: pid_t) -> Bool { all.contains { $0.id == id && !$0.isZombie } }

  static func living(inGroup group: pid_t) -> [Process] { all.filter { $0.group == group && !$0.isZombie } }

  /// A process's children, theirs, and so on.
  static func descendants(of id: pid_t) -> [pid_t] {
    let all = all
    var found: [pid_t] = []
    var next = [id]
    while let parent = next.popLast() {
      let children = all.filter { $0.parent == parent && !$0.isZombie }.map(\.id)
      found += children
      next += children
    }
    return found
  }

  static func arguments(of id: pid_t) -> String {
    (text("/proc/\(id)/cmdline") ?? "").split(separator: "\0").joined(separator: " ")
  }

  /// The memory that this process has resident, in bytes.
  static var resident: Int {
    let fields = (text("/proc/self/statm") ?? "").split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * 4096 : 0
  }
}

/// What a file holds; `nil` where there is none.
func text(_ path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 16_384)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes += chunk[..<count]
  }
}

func write(_ text: String, to path: String, mode: mode_t = 0o600) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
  guard descriptor >= 0 else { return }
  let bytes = Array(text.utf8)
  _ = write(descriptor, bytes, bytes.count)
  close(descriptor)
}

import Fleet
import Glibc

/// The consoles that run on this machine, as far as one has to know of another.
enum Consoles {
  /// Whether the process is a vigie other than this one that was there at that time.
  ///
  /// A number comes back after a while, so its age counts too. Where that can't be told, it is taken for there.
  static func isRunning(_ process: Int32, since moment: Moment) -> Bool {
    guard process != getpid(), let name = try? Files.read("/proc/\(process)/comm") else { return false }
    guard String(decoding: name, as: UTF8.self) == "vigie\n" else { return false }
    guard let start = start(of: process) else { return true }
    // Clocks are set now and then.
    return start <= moment + .seconds(60)
  }

  /// When a process was started: proc(5), `stat` of it and of the machine.
  private static func start(of process: Int32) -> Moment? {
    guard let line = try? Files.read("/proc/\(process)/stat"), let machine = try? Files.read("/proc/stat"),
      // What comes before may have anything in it.
      let end = line.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let words = String(decoding: line[(end + 1)...], as: UTF8.self).split(separator: " ")
    let boot = String(decoding: machine, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("btime ") }
    guard words.count > 19, let ticks = Int64(words[19]), let boot = boot.flatMap({ Int64($0.dropFirst(6)) })
    else { return nil }
    return Moment(milliseconds: boot * 1000 + ticks * 1000 / Int64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
  }
}

import Fleet
import Glibc
import Telemetry

/// Writes the streams to a file as they come, in larger pieces; `docs/protocol.md` specifies it.
final class Recorder {
  let path: String
  private let descriptor: Int32
  private let start: Moment
  private var pending: [UInt8] = []
  /// Why writing stopped; `nil` while it goes on.
  private(set) var failure: String?

  private static let piece = 64 * 1024

  /// A recording of one name is not written over another.
  init(path: String, start: Moment) throws(Files.Failure) {
    self.path = path
    self.start = start
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason =
        switch errno {
        case EEXIST: "it is there already; choose another name"
        case ENOENT: "its directory is not there; make it first, or choose another"
        default: Files.reason(errno)
        }
      throw Files.Failure(message: "\(path): \(reason)")
    }
    pending = Recording.header(start: start) + [UInt8(ascii: "\n")]
  }

  func append(_ line: [UInt8], of host: HostName, at now: Moment) {
    guard failure == nil else { return }
    pending += Recording.line(Recording.Entry(offset: now - start, host: host, line: line))
    pending.append(UInt8(ascii: "\n"))
    if pending.count >= Self.piece { flush() }
  }

  func flush() {
    guard failure == nil else { return }
    if !Files.write(pending[...], to: descriptor) { failure = "\(path): \(Files.reason(errno)); recording stopped" }
    pending.removeAll(keepingCapacity: true)
  }

  func close() {
    flush()
    Glibc.close(descriptor)
  }
}

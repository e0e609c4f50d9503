internal import Glibc

/// The lines of an `AppendLog`'s files, the newest first: of the file itself, then of those that were set aside.
///
/// It reads as much as it is asked for and no more, so that the last few lines of a large file cost little.
package final class BackwardLines {
  private let path: String
  private let kept: Int
  /// The file being read: 0 is the newest.
  private var number = -1
  private var descriptor: Int32 = -1
  /// Bytes of the file before those in `bytes`.
  private var left = 0
  /// Read, and not yet given out.
  private var bytes: [UInt8] = []

  private static let block = 65_536

  /// - Parameters:
  ///   - path: the newest file; one that is not there has no lines.
  ///   - kept: how many were set aside at most.
  package init(path: String, kept: Int = 4) {
    self.path = path
    self.kept = kept
  }

  isolated deinit { shut() }

  /// The next older line that is not empty, without its newline; `nil` at the end of the oldest file.
  package func next() throws(JournalFailure) -> [UInt8]? {
    while true {
      if let newline = bytes.lastIndex(of: 0x0A) {
        let line = Array(bytes[(newline + 1)...])
        bytes.removeSubrange(newline...)
        if !line.isEmpty { return line }
      } else if left > 0 {
        // More at once the longer the line, so that one without end costs no more than its length.
        try read(max(Self.block, bytes.count))
      } else {
        let line = bytes
        bytes = []
        if !line.isEmpty { return line }
        guard try openNext() else { return nil }
      }
    }
  }

  private func read(_ wanted: Int) throws(JournalFailure) {
    let count = min(left, wanted)
    var block = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = block.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, left - count + filled)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw JournalFailure(path: path, reason: "it can't be read: \(String(cString: strerror(errno)))")
      }
      // It became shorter, which nobody should do: what is gone is gone.
      if got == 0 { break }
      filled += got
    }
    left -= count
    bytes = block[..<filled] + bytes
  }

  private func openNext() throws(JournalFailure) -> Bool {
    shut()
    while number < kept {
      number += 1
      let name = number == 0 ? path : "\(path).\(number)"
      descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      if descriptor >= 0 {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
          throw JournalFailure(path: name, reason: "it is no file that could be read")
        }
        left = Int(status.st_size)
        return true
      }
      if errno != ENOENT, errno != ENOTDIR {
        throw JournalFailure(path: name, reason: "it can't be read: \(String(cString: strerror(errno)))")
      }
    }
    return false
  }

  private func shut() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }
}

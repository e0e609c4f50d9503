internal import Glibc

/// A record could not be kept, in one sentence.
package nonisolated struct JournalFailure: Error, Hashable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): \(reason)" }
}

/// A file of records, one a line, to which is only ever added. Several consoles may add to one file.
///
/// A last line that was torn when a console was cut off is closed by a newline when the file is opened, so that the next
/// record begins on its own; nothing that was written is changed. Above `limit` the file is set aside as `NAME.1`, and
/// the one before as `NAME.2`, up to `kept`.
package final class AppendLog {
  package let path: String
  private let limit: Int
  private let kept: Int
  private var descriptor: Int32 = -1

  /// Opens the file, and makes it and its directory where they are not there yet: nobody else may read them.
  package init(path: String, limit: Int = 16 << 20, kept: Int = 4) throws(JournalFailure) {
    self.path = path
    self.limit = limit
    self.kept = kept
    try makeDirectory()
    try open()
  }

  isolated deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds one record; a newline in it becomes a blank.
  /// - Parameter isSynced: whether it must be on the disk before this returns (fsync(2)).
  package func append(_ record: String, isSynced: Bool) throws(JournalFailure) {
    if size() > limit { try rotate() }
    var line = record.utf8.map { $0 == 0x0A ? 0x20 : $0 }
    line.append(0x0A)
    // One write: with O_APPEND, records of two consoles never mix.
    let count = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count == line.count else { throw failure(count < 0 ? errno : ENOSPC) }
    if isSynced, fsync(descriptor) != 0 { throw failure(errno) }
  }

  private func failure(_ code: Int32) -> JournalFailure {
    let reason =
      switch code {
      case ENOSPC: "the disk is full, so no record could be kept"
      case EACCES, EPERM: "no record could be kept: you may not write there"
      default: String(cString: strerror(code))
      }
    return JournalFailure(path: path, reason: reason)
  }

  private func makeDirectory() throws(JournalFailure) {
    var directory = ""
    for part in path.split(separator: "/").dropLast() {
      directory += "/" + part
      if mkdir(directory, 0o700) != 0, errno != EEXIST { throw failure(errno) }
    }
  }

  private func open() throws(JournalFailure) {
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    let length = size()
    guard length > 0 else { return }
    var last: UInt8 = 0
    if pread(descriptor, &last, 1, length - 1) == 1, last != 0x0A {
      var newline: UInt8 = 0x0A
      _ = write(descriptor, &newline, 1)
    }
  }

  private func size() -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  private func rotate() throws(JournalFailure) {
    for number in stride(from: kept, to: 1, by: -1) { rename("\(path).\(number - 1)", "\(path).\(number)") }
    rename(path, "\(path).1")
    close(descriptor)
    try open()
  }
}

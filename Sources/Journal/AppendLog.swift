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
/// A last line that was torn, when a console was cut off or the disk was full, is closed by a newline before the next
/// record; nothing that was written is changed. So who reads such a file skips lines that are empty or not whole. Above
/// `limit` bytes the file is set aside as `NAME.1`, the one before as `NAME.2`, and so on; `kept` of them stay.
package final class AppendLog {
  package let path: String
  private let limit: Int
  private let kept: Int
  private var descriptor: Int32 = -1

  /// Opens the file, and makes it and its directory where they are not there yet: nobody else may read them.
  package init(path: String, limit: Int = 16 << 20, kept: Int = 4) throws(JournalFailure) {
    self.path = path
    self.limit = limit
    self.kept = max(1, kept)
    try makeDirectory()
    descriptor = try opened()
  }

  isolated deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds one record; a newline in it becomes a blank.
  /// - Parameter isSynced: whether it must be on the disk before this returns (fsync(2)).
  package func append(_ record: String, isSynced: Bool) throws(JournalFailure) {
    if !isCurrent { try reopen() }
    if size() > limit { try rotate() }
    var line: [UInt8] = isTorn ? [0x0A] : []
    line += record.utf8.map { $0 == 0x0A ? 0x20 : $0 }
    line.append(0x0A)
    try write(line)
    if isSynced, fsync(descriptor) != 0 { throw failure(errno) }
  }

  /// In one piece, wherever the disk has room for it: with O_APPEND, records of two consoles never mix.
  private func write(_ line: [UInt8]) throws(JournalFailure) {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw failure(errno)
      }
    }
  }

  private func failure(_ code: Int32) -> JournalFailure {
    let reason =
      switch code {
      case ENOSPC, EDQUOT: "the disk is full, so no record could be kept"
      case EFBIG: "the file may grow no further (ulimit -f), so no record could be kept"
      case EROFS: "no record could be kept: the disk can't be written to"
      case EACCES, EPERM: "no record could be kept: you may not write there"
      case EISDIR: "no record could be kept: it is a directory"
      case ENOTDIR, EEXIST: "no record could be kept: something on the way to it is not a directory"
      default: "no record could be kept: \(String(cString: strerror(code)))"
      }
    return JournalFailure(path: path, reason: reason)
  }

  private func makeDirectory() throws(JournalFailure) {
    var directory = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      directory += part + "/"
      // A directory that is there may be on a disk, or under one, where no new one could be made.
      if mkdir(directory, 0o700) != 0, errno != EEXIST, access(directory, F_OK) != 0 { throw failure(errno) }
    }
  }

  private func opened() throws(JournalFailure) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    return descriptor
  }

  /// The descriptor stays what it was where this fails.
  private func reopen() throws(JournalFailure) {
    let next = try opened()
    close(descriptor)
    descriptor = next
  }

  /// Whether the open file is still the one of that name, and not one that another console has set aside.
  private var isCurrent: Bool {
    var (mine, named) = (stat(), stat())
    return fstat(descriptor, &mine) == 0 && stat(path, &named) == 0
      && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }

  private func size() -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  private var isTorn: Bool {
    let length = size()
    var last: UInt8 = 0x0A
    return length > 0 && pread(descriptor, &last, 1, length - 1) == 1 && last != 0x0A
  }

  /// One console at a time; where another is at it, this one goes on in the file that is large.
  private func rotate() throws(JournalFailure) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    defer { flock(descriptor, LOCK_UN) }
    // Between the look and the lock another may have done it.
    if isCurrent {
      for number in stride(from: kept, to: 1, by: -1) { rename("\(path).\(number - 1)", "\(path).\(number)") }
      rename(path, "\(path).1")
    }
    try reopen()
  }
}

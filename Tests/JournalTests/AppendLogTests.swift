import Glibc
import Journal
import Testing

@MainActor
struct `A file of records` {
  @Test func `holds one record a line, in order`() throws {
    let folder = Folder()
    let log = try AppendLog(path: folder.path + "/audit.jsonl")
    try log.append("one", isSynced: true)
    try log.append("two\nlines", isSynced: false)
    #expect(text(log.path) == "one\ntwo lines\n")
  }

  @Test func `is made with its directory, for its owner's eyes only`() throws {
    let folder = Folder()
    let log = try AppendLog(path: folder.path + "/state/vigie/audit.jsonl")
    #expect(mode(log.path) == 0o600)
    #expect(mode(folder.path + "/state") == 0o700)
    #expect(mode(folder.path + "/state/vigie") == 0o700)
  }

  @Test func `goes on after what is there already`() throws {
    let folder = Folder()
    let path = folder.path + "/log"
    write("before\n", to: path)
    try AppendLog(path: path).append("after", isSynced: false)
    #expect(text(path) == "before\nafter\n")
  }

  @Test func `closes a torn last line before the next record`() throws {
    let folder = Folder()
    let path = folder.path + "/log"
    write("whole\n{\"tor", to: path)
    let log = try AppendLog(path: path)
    #expect(text(path) == "whole\n{\"tor")
    try log.append("next", isSynced: false)
    try log.append("last", isSynced: false)
    #expect(text(path) == "whole\n{\"tor\nnext\nlast\n")
  }

  @Test func `is set aside above its limit, and the oldest goes`() throws {
    let folder = Folder()
    let log = try AppendLog(path: folder.path + "/log", limit: 9, kept: 2)
    for number in 0..<8 { try log.append("record \(number)", isSynced: false) }
    #expect(text(log.path) == "record 6\nrecord 7\n")
    #expect(text(log.path + ".1") == "record 4\nrecord 5\n")
    #expect(text(log.path + ".2") == "record 2\nrecord 3\n")
    #expect(text(log.path + ".3") == nil)
    #expect(mode(log.path) == 0o600)
  }

  @Test func `is shared by two consoles, also when one sets it aside`() throws {
    let folder = Folder()
    let path = folder.path + "/log"
    let first = try AppendLog(path: path, limit: 20, kept: 9)
    let second = try AppendLog(path: path, limit: 20, kept: 9)
    for number in 10..<22 { try (number % 2 == 0 ? first : second).append("record \(number)", isSynced: false) }
    // Three records of ten bytes are above the limit, and each file was set aside once.
    let files = (0..<5).map { $0 == 0 ? path : "\(path).\($0)" }.reversed().compactMap(text)
    #expect(files.joined() == (10..<22).map { "record \($0)\n" }.joined())
    #expect(files.count == 4)
  }

  @Test func `begins anew where somebody removed it`() throws {
    let folder = Folder()
    let log = try AppendLog(path: folder.path + "/log")
    try log.append("lost", isSynced: false)
    unlink(log.path)
    try log.append("kept", isSynced: false)
    #expect(text(log.path) == "kept\n")
  }

  @Test func `says that the disk is full`() throws {
    let log = try AppendLog(path: "/dev/full")
    #expect(
      failure { () throws(JournalFailure) in try log.append("record", isSynced: true) }
        == "/dev/full: the disk is full, so no record could be kept")
  }

  @Test func `says why it can't be opened`() throws {
    let folder = Folder()
    write("", to: folder.path + "/file")
    let path = folder.path + "/file/log"
    #expect(
      failure { () throws(JournalFailure) in _ = try AppendLog(path: path) }
        == "\(path): no record could be kept: something on the way to it is not a directory")
    let directory = folder.path
    #expect(
      failure { () throws(JournalFailure) in _ = try AppendLog(path: directory) }
        == "\(directory): no record could be kept: it is a directory")
  }

  /// A limit of the process's own stands for a disk that fills up in the middle of a record.
  @Test func `keeps later records whole after one that was cut off`() async throws {
    await #expect(processExitsWith: .success) { try await cutOff() }
  }
}

/// What an operation says when it fails.
@MainActor
private func failure(_ operation: () throws(JournalFailure) -> Void) -> String? {
  do throws(JournalFailure) {
    try operation()
    return nil
  } catch {
    return "\(error)"
  }
}

@MainActor
private func cutOff() throws {
  signal(SIGXFSZ, SIG_IGN)
  let folder = Folder()
  let log = try AppendLog(path: folder.path + "/log")
  try log.append("whole", isSynced: true)
  var size = rlimit(rlim_cur: 10, rlim_max: rlim_t.max)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &size)
  let said = failure { () throws(JournalFailure) in try log.append("cut off", isSynced: true) }
  try #require(said?.hasSuffix("the file may grow no further (ulimit -f), so no record could be kept") == true)
  try #require(text(log.path) == "whole\ncut ")
  size.rlim_cur = rlim_t.max
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &size)
  try log.append("after", isSynced: true)
  try #require(text(log.path) == "whole\ncut \nafter\n")
}

import Glibc
import Testing

/// A terminal of which the test is the person: it types into it and sees the bytes that a program writes.
final class PseudoTerminal {
  let person: CInt
  let program: CInt
  let path: String

  init(columns: Int = 80, rows: Int = 24) throws {
    person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // What `unlockpt` and `ptsname` do, which Swift does not see.
    var (isLocked, number): (CInt, CUnsignedInt) = (0, 0)
    try #require(person >= 0 && ioctl(person, 0x4004_5431, &isLocked) == 0 && ioctl(person, 0x8004_5430, &number) == 0)
    path = "/dev/pts/\(number)"
    program = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(program >= 0)
    resize(columns: columns, rows: rows)
  }

  deinit {
    close(person)
    close(program)
  }

  func resize(columns: Int, rows: Int) {
    var size = [UInt16(rows), UInt16(columns), 0, 0]
    _ = ioctl(person, UInt(TIOCSWINSZ), &size)
  }

  /// The window is closed: the program's side hangs up.
  func hangUp() {
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    dup2(nothing, person)
    close(nothing)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(person, bytes, bytes.count)
  }

  func type(bytes: [UInt8]) { _ = write(person, bytes, bytes.count) }

  /// All that the program has written by now. A write to a terminal is there to be read when it returns, or soon
  /// after: reading waits until nothing came for that long.
  func output(quietFor milliseconds: CInt = 20) -> String {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    var entry = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, milliseconds) > 0 {
      let count = read(person, &buffer, buffer.count)
      if count <= 0 { break }
      result += buffer.prefix(count)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The flags for input, output, control and local: what raw mode changes.
  var modes: [UInt32] {
    var settings = [UInt32](repeating: 0, count: 16)
    _ = ioctl(program, UInt(TCGETS), &settings)
    return Array(settings.prefix(4))
  }
}

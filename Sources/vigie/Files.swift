import Fleet
import Glibc

/// Reading and writing files and the environment; the pure targets never do.
enum Files {
  /// A file that can't be read or written, in one sentence.
  struct Failure: Error, Equatable {
    var message: String
  }

  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A whole file of at most `limit` bytes.
  static func read(_ path: String, limit: Int = 1 << 20) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(message: "\(path): \(reason(errno))") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(message: "\(path): \(reason(errno))")
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit { throw Failure(message: "\(path): larger than \(ByteCount(UInt64(limit)).short)") }
    }
  }

  /// Writes all of `text`, in pieces where the receiver is slow; `false` where nobody reads any more.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool { write(Array(text.utf8)[...], to: descriptor) }

  @discardableResult
  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// What errno says, as a sentence's end.
  static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES: "you may not read or write it"
    case EISDIR: "it is a directory"
    default: String(cString: strerror(code))
    }
  }
}

extension Files {
  /// A new directory that nobody else may enter, with a short path: sockets' paths have at most 108 bytes.
  static func privateDirectory() throws(Failure) -> String {
    let template = strdup("/tmp/vigie-" + String(repeating: "X", count: 6))
    defer { free(template) }
    guard let template, mkdtemp(template) != nil else { throw Failure(message: "/tmp: \(reason(errno))") }
    return String(cString: template)
  }
}

extension Files {
  /// `$XDG_STATE_HOME/vigie`, else `~/.local/state/vigie`.
  static var stateDirectory: String {
    if let base = variable("XDG_STATE_HOME") { return base + "/vigie" }
    return (variable("HOME") ?? "/tmp") + "/.local/state/vigie"
  }

  /// The records of what was done, in an `AppendLog`.
  static var auditPath: String { stateDirectory + "/audit.jsonl" }
}

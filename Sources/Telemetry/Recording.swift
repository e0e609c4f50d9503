package import Fleet

/// A recording: the streams of several hosts in one file, line by line, each with its time; see `docs/protocol.md`.
///
/// Lines are kept as the hosts sent them: whoever replays one decodes and cleans them as if they came now.
package enum Recording {
  /// One line of one host's stream.
  package struct Entry: Hashable, Sendable {
    /// Since the recording's start.
    package var offset: Duration
    package var host: HostName
    /// Without its newline.
    package var line: [UInt8]

    package init(offset: Duration, host: HostName, line: [UInt8]) {
      self.offset = offset
      self.host = host
      self.line = line
    }
  }

  /// Why a line of a file is none of a recording; the caller names the file and the line.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case notARecording
    case unknownVersion(String)
    case malformedLine

    package var description: String {
      switch self {
      case .notARecording: "This is no recording: its first line should begin with `vigie-recording`."
      case .unknownVersion(let version):
        "This recording has version \(version), and this vigie reads version 1: replay it with the vigie that made it."
      case .malformedLine:
        "This is no line of a recording: it should hold milliseconds, a host's name, and what it said."
      }
    }
  }

  private static let magic = "vigie-recording"

  /// The file's first line, without its newline.
  package static func header(start: Moment) -> [UInt8] { Array("\(magic) 1 \(start.milliseconds)".utf8) }

  /// Reads the file's first line.
  /// - Returns: when the recording began, on the recorder's clock.
  package static func start(ofHeader line: [UInt8]) throws(Problem) -> Moment {
    var words = Words(line[...])
    guard words.name() == magic else { throw .notARecording }
    guard let version = words.next() else { throw .notARecording }
    guard version.elementsEqual("1".utf8) else { throw .unknownVersion(Clean.text(version, limit: 32)) }
    guard let start = words.next().flatMap(Figure.integer).flatMap({ Timestamp.moment(milliseconds: Int64($0)) })
    else { throw .malformedLine }
    return start
  }

  /// The line of one entry, without its newline. Newlines within it, which a stream's line can't hold, are dropped.
  package static func line(_ entry: Entry) -> [UInt8] {
    var line = Array("\(max(0, entry.offset.milliseconds)) ".utf8)
    for byte in entry.host.text.utf8 {
      switch byte {
      case UInt8(ascii: "%"), 0...0x20, 0x7F...: line.append(contentsOf: escaped(byte))
      default: line.append(byte)
      }
    }
    line.append(0x20)
    line.append(contentsOf: entry.line.filter { $0 != 0x0A })
    return line
  }

  /// Reads the line of one entry.
  package static func entry(_ line: [UInt8]) throws(Problem) -> Entry {
    guard let first = line.firstIndex(of: 0x20), let second = line[(first + 1)...].firstIndex(of: 0x20),
      second > first + 1,
      let milliseconds = Figure.unsigned(line[..<first], atMost: UInt64(Timestamp.latest))
    else { throw .malformedLine }
    let name = Clean.text(unescaped(line[(first + 1)..<second]), limit: Bound.name)
    return Entry(
      offset: .milliseconds(Int64(milliseconds)), host: HostName(name), line: Array(line[(second + 1)...]))
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func escaped(_ byte: UInt8) -> [UInt8] {
    [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func unescaped(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = word
    while let byte = rest.popFirst() {
      let pair = rest.prefix(2).compactMap { digits.firstIndex(of: $0) }
      if byte == UInt8(ascii: "%"), pair.count == 2 {
        output.append(UInt8(pair[0] * 16 + pair[1]))
        rest = rest.dropFirst(2)
      } else {
        output.append(byte)
      }
    }
    return output
  }
}

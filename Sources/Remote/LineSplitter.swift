/// Bytes in pieces, as pipes give them; whole lines out, without their ends.
///
/// What is longer than `longest` is cut there, and the rest of that line is dropped. No byte is looked at twice.
package nonisolated struct LineSplitter: Sendable {
  /// As `docs/protocol.md` bounds a line.
  package static let longest = 65_536

  private var rest: [UInt8] = []
  /// The line in `rest` was too long, and has been given out: skip to its end.
  private var isSkipping = false

  package init() {}

  /// The lines that `bytes` completes.
  package mutating func split(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      take(bytes[start..<end], &lines)
      if isSkipping {
        isSkipping = false
      } else {
        lines.append(Self.withoutReturn(rest))
      }
      rest.removeAll(keepingCapacity: true)
      start = end + 1
    }
    take(bytes[start...], &lines)
    return lines
  }

  private mutating func take(_ piece: ArraySlice<UInt8>, _ lines: inout [[UInt8]]) {
    guard !isSkipping else { return }
    rest += piece.prefix(Self.longest - rest.count)
    if piece.count > 0, rest.count >= Self.longest {
      lines.append(rest)
      rest.removeAll(keepingCapacity: true)
      isSkipping = true
    }
  }

  private static func withoutReturn(_ line: [UInt8]) -> [UInt8] { line.last == 0x0D ? line.dropLast() : line }
}

internal import Glibc

/// Cuts bytes that come in pieces into lines, without their newlines and the carriage return before one.
///
/// A line is given up to `longest` bytes, at once when it has them, and what follows up to its newline is dropped: a
/// host that never ends a line costs no memory. Each byte is looked at once, however small the pieces are.
package nonisolated struct LineSplitter: Hashable, Sendable {
  /// The beginning of a line whose newline has not come yet.
  package private(set) var rest: [UInt8] = []
  private var isDropping = false

  /// In bytes. A line of exactly this length may have been cut.
  package static let longest = 65_536

  package init() {}

  /// The lines that these bytes complete.
  package mutating func split(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    bytes.withUnsafeBytes { split($0) }
  }

  /// The lines that these bytes complete.
  package mutating func split(_ bytes: UnsafeRawBufferPointer) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var piece = bytes[...]
    while !piece.isEmpty {
      let end = Self.newline(in: piece)
      take(piece[..<(end ?? piece.endIndex)], into: &lines)
      guard let end else { break }
      if !isDropping {
        if rest.last == 0x0D { rest.removeLast() }
        lines.append(rest)
      }
      isDropping = false
      rest = []
      piece = piece[(end + 1)...]
    }
    return lines
  }

  /// Takes a part of a line, which has no newline in it.
  private mutating func take(_ part: Slice<UnsafeRawBufferPointer>, into lines: inout [[UInt8]]) {
    guard !isDropping else { return }
    rest += part.prefix(Self.longest - rest.count)
    guard rest.count == Self.longest else { return }
    lines.append(rest)
    rest = []
    isDropping = true
  }

  private static func newline(in piece: Slice<UnsafeRawBufferPointer>) -> Int? {
    let bytes = UnsafeRawBufferPointer(rebasing: piece)
    guard let start = bytes.baseAddress, let found = memchr(start, 0x0A, bytes.count) else { return nil }
    return piece.startIndex + (UnsafeRawPointer(found) - start)
  }
}

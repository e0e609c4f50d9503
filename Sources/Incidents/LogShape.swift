/// A log line without what differs from one time to the next, so that repeats are seen as such.
enum LogShape {
  /// Bytes of a line that count.
  private static let most = 160

  /// Numbers, addresses, identifiers and all in quotes become `#`.
  ///
  /// A word with a digit in it is a number or an identifier; so is one of eight or more letters from a to f. What joins
  /// two of them (`10.0.0.7`, `16:03:37`, `00:1a-2b`) belongs to them.
  static func of(_ text: String) -> String {
    let bytes = Array(text.utf8.prefix(most))
    var shape: [UInt8] = []
    shape.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if isWord(byte) {
        let end = bytes[index...].firstIndex { !isWord($0) } ?? bytes.count
        append(bytes[index..<end], to: &shape)
        index = end
      } else if let end = endOfQuote(bytes, from: index) {
        appendMark(to: &shape)
        index = end
      } else {
        shape.append(byte)
        index += 1
      }
    }
    return String(decoding: shape, as: UTF8.self)
  }

  private static let mark = UInt8(ascii: "#")

  private static func append(_ word: ArraySlice<UInt8>, to shape: inout [UInt8]) {
    let isHexadecimal = word.allSatisfy { 0x61...0x66 ~= $0 | 0x20 || isDigit($0) }
    let continues = shape.last == UInt8(ascii: ":") && joined(shape) < shape.count
    if word.contains(where: isDigit) || isHexadecimal && (word.count >= 8 || continues && word.count <= 4) {
      appendMark(to: &shape)
    } else {
      shape += word
    }
  }

  /// One mark for `#.#.#.#`, so that an address is as good as any other.
  private static func appendMark(to shape: inout [UInt8]) {
    let end = joined(shape)
    if end < shape.count { shape.removeSubrange(end...) } else if shape.last != mark { shape.append(mark) }
  }

  /// The length up to a mark with nothing after it but one or two signs that join numbers; otherwise the whole.
  private static func joined(_ shape: [UInt8]) -> Int {
    for signs in 1...2 where shape.count > signs {
      guard ".:-/".utf8.contains(shape[shape.count - signs]) else { break }
      if shape[shape.count - signs - 1] == mark { return shape.count - signs }
    }
    return shape.count
  }

  /// The end of what is in quotes; `nil` where no quote begins or none ends, and for the apostrophe in a word.
  private static func endOfQuote(_ bytes: [UInt8], from index: Int) -> Int? {
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`") else { return nil }
    if quote == UInt8(ascii: "'"), index > 0, isWord(bytes[index - 1]) { return nil }
    let close = quote == UInt8(ascii: "`") ? UInt8(ascii: "'") : quote
    return bytes[(index + 1)...].firstIndex { $0 == close || $0 == quote }.map { $0 + 1 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  /// Letters of any script: every byte beyond ASCII counts as one.
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || 0x61...0x7A ~= byte | 0x20 || byte == 0x5F || byte >= 0x80
  }
}

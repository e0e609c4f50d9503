/// The words of one line, read from its bytes one after the other.
struct Words {
  typealias Word = ArraySlice<UInt8>

  private var bytes: Word

  init(_ bytes: Word) { self.bytes = bytes }

  /// The next word; runs of spaces count as one, as the kernel writes them.
  mutating func next() -> Word? {
    guard let start = bytes.firstIndex(where: { $0 != 0x20 }) else {
      bytes = []
      return nil
    }
    let end = bytes[start...].firstIndex(of: 0x20) ?? bytes.endIndex
    defer { bytes = bytes[end...] }
    return bytes[start..<end]
  }

  /// The next word as a name that the protocol knows.
  mutating func name() -> String? { next().map { String(decoding: $0, as: UTF8.self) } }

  mutating func unsigned() -> UInt64? { next().flatMap(Figure.unsigned) }

  /// The next `key=value`, split at its first separator; a word without one is a key with an empty value.
  mutating func field(separator: UInt8 = UInt8(ascii: "=")) -> (key: String, value: Word)? {
    guard let word = next() else { return nil }
    let middle = word.firstIndex(of: separator) ?? word.endIndex
    return (String(decoding: word[..<middle], as: UTF8.self), word[middle...].dropFirst())
  }

  /// All that is left, without the spaces before it.
  var rest: Word { bytes.drop { $0 == 0x20 } }

  /// All that is left behind one space: what was indented stays so.
  var text: Word { bytes.first == 0x20 ? bytes.dropFirst() : bytes }
}

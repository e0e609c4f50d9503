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
}

/// Numbers from bytes. What is not wholly a number, or too large to be one, is `nil`: never zero, never a trap.
enum Figure {
  static func unsigned(_ word: Words.Word) -> UInt64? {
    guard !word.isEmpty, word.count <= 20 else { return nil }
    var value: UInt64 = 0
    for byte in word {
      guard 0x30...0x39 ~= byte else { return nil }
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(UInt64(byte &- 0x30))
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }

  /// At most `limit`.
  static func unsigned(_ word: Words.Word, atMost limit: UInt64) -> UInt64? {
    unsigned(word).flatMap { $0 <= limit ? $0 : nil }
  }

  static func integer(_ word: Words.Word) -> Int? {
    if word.first == UInt8(ascii: "-") {
      return unsigned(word.dropFirst()).flatMap { Int(exactly: $0) }.map { -$0 }
    }
    return unsigned(word).flatMap { Int(exactly: $0) }
  }

  /// A decimal such as `12.345678`, in millionths; digits after the sixth are left out.
  static func millionths(_ word: Words.Word) -> Int64? {
    let point = word.firstIndex(of: UInt8(ascii: ".")) ?? word.endIndex
    let fraction = word[point...].dropFirst()
    guard let whole = unsigned(word[..<point], atMost: 1_000_000_000_000) else { return nil }
    guard point != word.endIndex else { return Int64(whole) * 1_000_000 }
    guard fraction.count <= 18, fraction.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    var value: Int64 = 0
    for position in 0..<6 {
      let index = fraction.startIndex + position
      value = value * 10 + (index < fraction.endIndex ? Int64(fraction[index] - 0x30) : 0)
    }
    return Int64(whole) * 1_000_000 + value
  }

  /// At most `limit`.
  static func decimal(_ word: Words.Word, atMost limit: Double) -> Double? {
    millionths(word).map { Double($0) / 1_000_000 }.flatMap { $0 <= limit ? $0 : nil }
  }
}

/// What is beyond any real machine is a mistake or an attack, and unknown; so that no sum of it can overflow.
enum Bound {
  /// Longer lines are cut by the reader, so that their last figure can't be trusted.
  static let lineBytes = 65_536
  /// Jiffies, nanoseconds or bytes in total.
  static let counter: UInt64 = 1 << 60
  /// A container's or cache's memory, or the limit of it: 1 PiB.
  static let memory: UInt64 = 1 << 50
  /// Bytes or events a second.
  static let rate = 1e15
  static let load = 1e6
  static let cores = 4096
  static let containers = 4096
  static let devices = 1024
  static let caches = 1024
  /// Scalars of an identifier.
  static let identifier = 128
  /// Scalars of a name, an image, a mount or a path.
  static let name = 512
  /// Scalars shown of a line that nobody understands.
  static let garbage = 200
}

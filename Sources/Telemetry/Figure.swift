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

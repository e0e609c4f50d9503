/// What is not JSON (RFC 8259); nothing of it is to be used.
struct NotJSON: Error, Hashable {}

extension OrderedJSON {
  /// Objects and lists inside one another; the engine writes eight at most.
  static let deepest = 64

  /// The one value that the whole text is.
  init(_ text: some Collection<UInt8>) throws(NotJSON) {
    // What is not UTF-8 would be repaired to something that was not sent.
    guard String(validating: text, as: UTF8.self) != nil else { throw NotJSON() }
    var reading = Reading(bytes: Array(text))
    self = try reading.value(depth: 0)
    reading.skipBlank()
    guard reading.byte == nil else { throw NotJSON() }
  }

  private struct Reading {
    let bytes: [UInt8]
    var offset = 0

    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func skipBlank() {
      while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
    }

    /// The next byte that is not blank, where it is that one.
    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
      skipBlank()
      guard byte == UInt8(ascii: wanted) else { return false }
      offset += 1
      return true
    }

    mutating func value(depth: Int) throws(NotJSON) -> OrderedJSON {
      guard depth < OrderedJSON.deepest else { throw NotJSON() }
      if take("{") { return .object(try members(depth: depth)) }
      if take("[") { return .array(try values(depth: depth)) }
      if byte == UInt8(ascii: "\"") { return .text(try text()) }
      let start = offset
      while let byte, !"{}[],:\" \t\r\n".utf8.contains(byte) { offset += 1 }
      let word = String(decoding: bytes[start..<offset], as: UTF8.self)
      if ["true", "false", "null"].contains(word) { return .word(word) }
      guard Self.isNumber(word) else { throw NotJSON() }
      return .number(word)
    }

    private mutating func members(depth: Int) throws(NotJSON) -> [Member] {
      var members: [Member] = []
      if take("}") { return members }
      repeat {
        skipBlank()
        let name = try text()
        guard take(":") else { throw NotJSON() }
        members.append(Member(name: name, value: try value(depth: depth + 1)))
      } while take(",")
      guard take("}") else { throw NotJSON() }
      return members
    }

    private mutating func values(depth: Int) throws(NotJSON) -> [OrderedJSON] {
      var values: [OrderedJSON] = []
      if take("]") { return values }
      repeat { values.append(try value(depth: depth + 1)) } while take(",")
      guard take("]") else { throw NotJSON() }
      return values
    }

    private mutating func text() throws(NotJSON) -> String {
      guard byte == UInt8(ascii: "\"") else { throw NotJSON() }
      offset += 1
      var units: [UInt8] = []
      while let byte {
        offset += 1
        switch byte {
        case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
        case UInt8(ascii: "\\"): units += try escaped()
        case 0..<0x20: throw NotJSON()
        default: units.append(byte)
        }
      }
      throw NotJSON()
    }

    private mutating func escaped() throws(NotJSON) -> [UInt8] {
      guard let byte else { throw NotJSON() }
      offset += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
      case UInt8(ascii: "n"): return [0x0A]
      case UInt8(ascii: "t"): return [0x09]
      case UInt8(ascii: "r"): return [0x0D]
      case UInt8(ascii: "b"): return [0x08]
      case UInt8(ascii: "f"): return [0x0C]
      case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
      default: throw NotJSON()
      }
    }

    /// What follows `\u`, with the second half of a pair; a lone half is U+FFFD.
    private mutating func scalar() throws(NotJSON) -> Unicode.Scalar {
      let unit = try fourDigits()
      guard 0xD800...0xDBFF ~= unit else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
      guard offset + 1 < bytes.count, bytes[offset...].starts(with: Array("\\u".utf8)) else { return "\u{FFFD}" }
      offset += 2
      let second = try fourDigits()
      guard 0xDC00...0xDFFF ~= second else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func fourDigits() throws(NotJSON) -> UInt32 {
      guard offset + 4 <= bytes.count else { throw NotJSON() }
      let digits = bytes[offset..<offset + 4]
      offset += 4
      guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), digits.first != 0x2B else {
        throw NotJSON()
      }
      return value
    }

    private static func isNumber(_ word: String) -> Bool {
      guard let first = word.utf8.first, first == 0x2D || 0x30...0x39 ~= first else { return false }
      return Double(word) != nil && word.utf8.allSatisfy { 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }
    }
  }
}

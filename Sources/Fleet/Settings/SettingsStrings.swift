extension SettingsScanner {
  /// Steps over a string in single or double quotes and returns what it says.
  mutating func string() throws(SettingsFault) -> String {
    let opening = offset
    let quote = bytes[opening]
    var text: [UInt8] = []
    offset += 1
    while let byte {
      switch byte {
      case quote:
        offset += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        throw unclosedString(opening)
      case UInt8(ascii: "\\"):
        let start = offset
        let escaped = try escape(opening)
        if escaped == "\0" { throw fault(at: start, "a NUL character can't be part of a setting; take it out") }
        text += Array(escaped.utf8)
      case UInt8(ascii: "\t"):
        throw fault(at: offset, "a tab stands in a string; write \\t for it")
      case 0..<0x20, 0x7F:
        let name = SettingsText.visible(UnicodeScalar(byte))
        throw fault(at: offset, "the control character \(name) stands in a string; take it out")
      default:
        text.append(byte)
        offset += 1
      }
    }
    throw unclosedString(opening)
  }

  private mutating func unclosedString(_ opening: Int) -> SettingsFault {
    let quote = UnicodeScalar(bytes[opening])
    return fault(at: opening, "this string is not closed on its line; add \(quote) where it ends")
  }

  /// Steps over a backslash and what it stands for.
  private mutating func escape(_ opening: Int) throws(SettingsFault) -> String {
    let start = offset
    offset += 1
    guard let letter = byte else { throw unclosedString(opening) }
    switch letter {
    case UInt8(ascii: "u"):
      return try unicodeEscape(start)
    case UInt8(ascii: "x"):
      offset += 1
      guard let value = hexadecimal(2) else { throw fault(at: start, "expected two hexadecimal digits after \\x") }
      return String(UnicodeScalar(UInt8(value)))
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      throw unclosedString(opening)
    case UInt8(ascii: "0"):
      offset += 1
      return "\0"
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      throw fault(at: start, "a backslash before a digit means nothing; write \\\\ for a backslash")
    default:
      let plain: [UInt8: String] = [
        UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r",
        UInt8(ascii: "t"): "\t", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
        UInt8(ascii: "'"): "'", UInt8(ascii: "\""): "\"",
      ]
      guard let text = plain[letter] else {
        throw fault(at: start, "a backslash before \(found.prefix(1)) means nothing; write \\\\ for a backslash")
      }
      offset += 1
      return text
    }
  }

  private mutating func unicodeEscape(_ start: Int) throws(SettingsFault) -> String {
    offset += 1
    guard let first = hexadecimal(4) else { throw fault(at: start, "expected four hexadecimal digits after \\u") }
    if let scalar = UnicodeScalar(first) { return String(scalar) }
    if first < 0xDC00, next(offset, is: UInt8(ascii: "\\")), next(offset + 1, is: UInt8(ascii: "u")) {
      offset += 2
      if let second = hexadecimal(4), 0xDC00...0xDFFF ~= second,
        let scalar = UnicodeScalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      {
        return String(scalar)
      }
    }
    throw fault(at: start, "this \\u is half a character; write both halves, or the character itself")
  }

  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    guard offset + count <= bytes.count else { return nil }
    let digits = bytes[offset..<offset + count]
    guard digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }) else { return nil }
    offset += count
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

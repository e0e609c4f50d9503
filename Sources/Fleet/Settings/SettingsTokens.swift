extension SettingsScanner {
  /// What stands at `offset`, for a message: the end of the file, one mark, or a whole word.
  var found: String {
    guard let first = byte else { return "the end of the file" }
    let text = wordText
    if text.count > 1 { return text.count <= 40 ? text : SettingsText.quoted(text) }
    let scalars = String(decoding: bytes[offset..<min(bytes.count, offset + 4)], as: UTF8.self).unicodeScalars
    guard first >= 0x80 || first < 0x20 || first == 0x7F else { return String(UnicodeScalar(first)) }
    return scalars.first.map(SettingsText.visible) ?? ""
  }

  /// The unquoted word at `offset`; stops before what separates values.
  private var wordText: String {
    var end = offset
    while end < bytes.count, SettingsScanner.isWord(bytes[end]) { end += 1 }
    return String(decoding: bytes[offset..<end], as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "%"), UInt8(ascii: "@"), 0x80...:
      true
    default: false
    }
  }

  /// Steps over white space and comments.
  mutating func skipBlank() throws(SettingsFault) {
    while let byte {
      switch byte {
      case UInt8(ascii: " "), 0x09...0x0D: offset += 1
      case UInt8(ascii: "/") where next(offset + 1, is: UInt8(ascii: "/")):
        while let byte = self.byte, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") { offset += 1 }
      case UInt8(ascii: "/") where next(offset + 1, is: UInt8(ascii: "*")):
        let opening = offset
        offset += 2
        while !(next(offset, is: UInt8(ascii: "*")) && next(offset + 1, is: UInt8(ascii: "/"))) {
          guard offset < bytes.count else {
            throw fault(at: opening, "this comment is never closed; add */ where it ends")
          }
          offset += 1
        }
        offset += 2
      case 0xC2 where next(offset + 1, is: 0xA0):
        throw fault(at: offset, "a no-break space (U+00A0) stands here; put a plain space in its place")
      default: return
      }
    }
  }

  /// Steps over a key and returns it.
  mutating func key() throws(SettingsFault) -> String {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try string() }
    let text = wordText
    guard let first = text.unicodeScalars.first else {
      throw fault(at: offset, "expected a key or }, found \(found)")
    }
    let identifier = text.unicodeScalars.allSatisfy {
      $0 == "_" || $0 == "$" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    guard identifier, !("0"..."9").contains(first) else {
      throw fault(at: offset, "the key \(text) needs quotes: \(SettingsText.quoted(text))")
    }
    offset += text.utf8.count
    return text
  }

  /// Steps over a number, `true`, `false` or `null`.
  mutating func word() throws(SettingsFault) {
    let text = wordText
    guard !text.isEmpty else { throw fault(at: offset, "expected a value, found \(found)") }
    if let quote = text.unicodeScalars.first, "“”„«»‘’‚".unicodeScalars.contains(quote) {
      throw fault(at: offset, "\(quote) is a typographic quotation mark; put \" in its place")
    }
    guard ["true", "false", "null"].contains(text) || SettingsScanner.isNumber(text) else {
      let unseen = "what stands here is not a value; it is not shown, because it could be a secret"
      if path.isSecret { throw fault(at: offset, unseen) }
      throw fault(at: offset, "\(found) is not a value; if it is text, put it in quotes: \(SettingsText.quoted(text))")
    }
    offset += text.utf8.count
  }

  /// JSON5's numbers, but `Infinity` and `NaN`, which no setting can have, and those that are too large.
  static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    if rest.hasPrefix("0x") || rest.hasPrefix("0X") {
      rest.removeFirst(2)
      return rest.first?.isHexDigit == true && UInt64(rest, radix: 16) != nil
    }
    let whole = rest.prefix { ("0"..."9").contains($0) }
    rest = rest.dropFirst(whole.count)
    if whole.count > 1, whole.first == "0" { return false }
    var fraction: Substring = ""
    if rest.first == "." {
      rest.removeFirst()
      fraction = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(fraction.count)
    }
    if whole.isEmpty && fraction.isEmpty { return false }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
      let power = rest.prefix { ("0"..."9").contains($0) }
      if power.isEmpty { return false }
      rest = rest.dropFirst(power.count)
    }
    return rest.isEmpty && Double(text)?.isFinite != false
  }
}

/// Walks over JSON5 text once, noting places; stops at the first departure from the grammar with a sentence about it.
///
/// It decodes nothing but keys: values are the decoder's. The text is known to be UTF-8.
struct SettingsScanner {
  /// Objects and lists inside one another; no settings file of ours needs more than six.
  static let deepest = 64

  let bytes: [UInt8]
  var offset = 0
  private(set) var path = SettingsPath()
  /// Whether this is inside the second of two values of one key.
  private var muted = false
  /// The place of the byte at `counted`, so that the next one is found without starting over.
  private var reached = SettingsPlace(line: 1, column: 1)
  private var counted = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func scan(into places: inout SettingsPlaces) throws(SettingsFault) {
    try skipBlank()
    guard byte != nil else {
      throw fault(at: 0, "the file holds no settings; expected an object in { }")
    }
    try value(into: &places)
    try skipBlank()
    if byte != nil { throw fault(at: offset, "expected nothing after the end of the settings, found \(found)") }
  }

  private mutating func value(into places: inout SettingsPlaces) throws(SettingsFault) {
    if !muted { places.note(valueAt: path, place(at: offset), kind) }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard path.steps.count < SettingsScanner.deepest else {
        throw fault(at: offset, "more than \(SettingsScanner.deepest) objects and lists inside one another")
      }
      if byte == UInt8(ascii: "{") { try object(into: &places) } else { try array(into: &places) }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try string()
    default: try word()
    }
  }

  /// What the value at `offset` is, by its first letter.
  private var kind: SettingsPlaces.Kind {
    switch byte {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""), UInt8(ascii: "'"): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  private mutating func object(into places: inout SettingsPlaces) throws(SettingsFault) {
    let opening = offset
    offset += 1
    while true {
      try skipBlank()
      guard byte != nil else { throw unclosed("{", "}", opening) }
      if byte == UInt8(ascii: "}") { break }
      if byte == UInt8(ascii: "]") { throw crossed("{", "}", opening) }
      let keyOffset = offset
      let key = try self.key()
      // The decoder keeps the first of two values, so what is inside the second one leaves no traces.
      let wasMuted = muted
      if !muted { muted = !places.note(key: key, in: path, place(at: keyOffset)) }
      try skipBlank()
      guard byte == UInt8(ascii: ":") else {
        throw fault(at: offset, "expected : after the key \(SettingsText.quoted(key)), found \(found)")
      }
      offset += 1
      try skipBlank()
      path.steps.append(.key(key))
      try value(into: &places)
      path.steps.removeLast()
      muted = wasMuted
      guard try comma(before: UInt8(ascii: "}"), "{", "}", opening) else { break }
    }
    offset += 1
  }

  private mutating func array(into places: inout SettingsPlaces) throws(SettingsFault) {
    let opening = offset
    offset += 1
    var index = 0
    while true {
      try skipBlank()
      guard byte != nil else { throw unclosed("[", "]", opening) }
      if byte == UInt8(ascii: "]") { break }
      if byte == UInt8(ascii: "}") { throw crossed("[", "]", opening) }
      path.steps.append(.index(index))
      try value(into: &places)
      path.steps.removeLast()
      index += 1
      guard try comma(before: UInt8(ascii: "]"), "[", "]", opening) else { break }
    }
    offset += 1
  }

  /// Steps over a comma; `false` at the closing bracket.
  private mutating func comma(
    before close: UInt8, _ open: String, _ closing: String, _ opening: Int
  ) throws(SettingsFault) -> Bool {
    try skipBlank()
    switch byte {
    case UInt8(ascii: ","):
      offset += 1
      return true
    case close: return false
    case nil: throw unclosed(open, closing, opening)
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      throw crossed(open, closing, opening)
    default:
      throw fault(at: offset, "expected a comma or \(closing) after the value, found \(found)")
    }
  }

  private mutating func crossed(_ open: String, _ closing: String, _ opening: Int) -> SettingsFault {
    let begun = place(at: opening).line
    return fault(at: offset, "expected \(closing) to close the \(open) of line \(begun), found \(found)")
  }

  private mutating func unclosed(_ open: String, _ closing: String, _ opening: Int) -> SettingsFault {
    fault(at: opening, "this \(open) is never closed; add \(closing) where it ends")
  }

  // MARK: Places

  mutating func fault(at offset: Int, _ message: String) -> SettingsFault {
    SettingsFault(place: place(at: offset), message: message)
  }

  mutating func place(at offset: Int) -> SettingsPlace {
    if offset < counted { (reached, counted) = (SettingsPlace(line: 1, column: 1), 0) }
    while counted < offset {
      let byte = bytes[counted]
      counted += 1
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && !next(counted, is: UInt8(ascii: "\n")) {
        reached = SettingsPlace(line: reached.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        reached.column += 1
      }
    }
    // Inside a character of several bytes, the column is that of the character: only a wrong byte is looked for there.
    return reached
  }

  func next(_ offset: Int, is byte: UInt8) -> Bool { offset < bytes.count && bytes[offset] == byte }
}

import Fleet
import Testing

@Suite struct SettingsDocumentTests {
  private func value(_ text: String) throws -> SettingsValue { try SettingsDocument(text, file: "f").root }

  /// The one message about text that is no JSON5.
  private func fault(_ bytes: [UInt8]) -> String? {
    do {
      _ = try SettingsDocument(bytes, file: "f")
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("1", 1), ("-1", -1), ("+1", 1), (".5", 0.5), ("5.", 5), ("0", 0), ("-0.5e1", -5), ("1E+2", 100), ("0x1F", 31),
    ("+.5", 0.5), ("0Xff", 255), ("1e-3", 0.001), ("0.80", 0.8), ("-0x10", -16),
  ])
  func `each way to write a number is read`(text: String, number: Double) throws {
    #expect(try value("[\(text)]") == .array([.number(number)]))
  }

  @Test(arguments: [
    (#""a""#, "a"), (#"'a "b"'"#, #"a "b""#), (#""it's""#, "it's"), (#"'\''"#, "'"), (#""\u00e9""#, "é"),
    (#""\uD83D\uDE00""#, "😀"), (#""\x41""#, "A"), (#""\n\t\r\b\f\\\/""#, "\n\t\r\u{8}\u{C}\\/"),
    ("\"日本語\"", "日本語"),
  ])
  func `each way to write a text is read`(text: String, expected: String) throws {
    #expect(try value("{ a: \(text) }") == .object([.init(key: "a", value: .string(expected))]))
    #expect(try value("{ \(text): 1 }") == .object([.init(key: expected, value: .number(1))]))
  }

  @Test func `comments, trailing commas, plain keys and any line ending are read`() throws {
    let text =
      "// first\r\n{ a: 1, /* * / */ 'b': [true, false, null,], $c_1: {},\r d: [], // last\r\n} // end of file"
    #expect(
      try value(text)
        == .object([
          .init(key: "a", value: .number(1)), .init(key: "b", value: .array([.bool(true), .bool(false), .null])),
          .init(key: "$c_1", value: .object([])), .init(key: "d", value: .array([])),
        ]))
  }

  @Test func `keys stay in the order of the file`() throws {
    let keys = (0..<50).map { "k\(($0 * 37) % 50)" }
    let text = "{ in: { " + keys.map { "\($0): 1" }.joined(separator: ", ") + " } }"
    guard case .object(let members) = try value(text)["in"] else {
      Issue.record("no object")
      return
    }
    #expect(members.map(\.key) == keys)
  }

  @Test func `places count lines and characters as an editor does`() throws {
    let document = try SettingsDocument("{\r\n  é: [\n\t'日本', 'x' ]\r}", file: "f")
    let list = SettingsPath([.key("é")])
    #expect(document.places.key(at: list) == SettingsPlace(line: 2, column: 3))
    #expect(document.places.value(at: list) == SettingsPlace(line: 2, column: 6))
    #expect(document.places.value(at: list + .index(1)) == SettingsPlace(line: 3, column: 8))
    #expect(document.places.value(at: list + .index(2)) == nil)
  }

  @Test func `a byte order mark does no harm`() throws {
    #expect(fault([0xEF, 0xBB, 0xBF] + Array("{ a: 1 }".utf8)) == nil)
    #expect(fault([0xEF, 0xBB, 0xBF] + Array("{ a }".utf8)) == #"f:1:5: expected : after the key "a", found }"#)
  }

  @Test func `text that is not UTF-8 is refused at its first wrong byte`() {
    #expect(
      fault(Array("{\n a: '".utf8) + [0xE9] + Array("' }".utf8))
        == "f:2:6: the byte 0xE9 is not UTF-8 text; save the file as UTF-8")
    #expect(fault(Array("{}".utf8) + [0xC3]) == "f:1:3: the byte 0xC3 is not UTF-8 text; save the file as UTF-8")
    #expect(fault([0xFF, 0xFE, 0x7B, 0, 0x7D, 0]) == "f:1:1: the file is UTF-16; save it as UTF-8")
    #expect(fault(Array("{ \0 }".utf8)) == "f:1:3: a NUL byte stands here; a settings file is plain UTF-8 text")
  }

  @Test(arguments: ["", " \n\t", "// nothing", "/* nothing */\n"])
  func `an empty file is named as such`(text: String) {
    #expect(fault(Array(text.utf8)) == "f:1:1: the file holds no settings; expected an object in { }")
  }

  @Test(arguments: ["[", "{a:", "[{a:"])
  func `deep nesting is refused rather than followed`(open: String) {
    let text = String(repeating: open, count: 10_000)
    #expect(fault(Array(text.utf8))?.hasSuffix("more than 64 objects and lists inside one another") == true)
  }

  @Test func `as deep as allowed is read`() throws {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(fault(Array(text.utf8)) == nil)
  }

  @Test func `a huge file is refused unread`() {
    let text = "{}" + String(repeating: " ", count: 1 << 20)
    #expect(
      fault(Array(text.utf8)) == "f:1:1: the file is larger than 1 MiB, which no settings file of this program is")
  }

  /// Cut anywhere, a file gives one message and no crash; the same with any byte of it changed.
  @Test func `a damaged file gives one message at most`() {
    let text = Array("{ a: [1, 'é\\n', \"\\u00e9\"], /* c */ 'b': { c: null, d: -.5e1 }, // x\n e: true, }".utf8)
    for length in text.indices {
      #expect(fault(Array(text[..<length])) != nil, "cut at \(length)")
      for byte: UInt8 in [0, 0x0A, 0x1B, 0x22, 0x27, 0x2C, 0x2F, 0x5B, 0x5C, 0x5D, 0x7D, 0x80, 0xFF] {
        var damaged = text
        damaged[length] = byte
        #expect(fault(damaged)?.contains("\n") != true)
        #expect(fault(damaged)?.contains("can't be read") != true, "\(String(decoding: damaged, as: UTF8.self))")
      }
    }
  }

  @Test func `of two values with one key, the decoder and the places keep the first`() throws {
    let document = try SettingsDocument("{ a: { x: 1 },\n a: { y: 2, y: 3 }, b: 4 }", file: "f")
    #expect(
      document.root
        == .object([
          .init(key: "a", value: .object([.init(key: "x", value: .number(1))])), .init(key: "b", value: .number(4)),
        ]))
    #expect(document.places.repeats(of: SettingsPath()).map(\.key) == ["a"])
    #expect(document.places.repeats(of: SettingsPath([.key("a")])).isEmpty)
  }

  /// Every place of a file on one line is found in one walk over it.
  @Test(.timeLimit(.minutes(1))) func `a large file on one line is read`() throws {
    let text = "[" + String(repeating: "1,", count: 200_000) + "]"
    guard case .array(let values) = try value(text) else {
      Issue.record("no list")
      return
    }
    #expect(values.count == 200_000)
  }
}

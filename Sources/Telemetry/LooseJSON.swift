import FoundationEssentials

/// A key that is known only by its text.
struct TextKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(_ text: String) { stringValue = text }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// One JSON object of which each field may be missing, or of a kind that nobody expected: then that field is unknown,
/// and the others stand.
struct LooseJSON: Decodable {
  private let fields: KeyedDecodingContainer<TextKey>

  init(from decoder: any Decoder) throws { fields = try decoder.container(keyedBy: TextKey.self) }

  /// `nil` where it is not an object in JSON. Bytes that are not UTF-8 are repaired first.
  static func object(_ bytes: Words.Word) -> LooseJSON? {
    // The decoder looks at a text only when it is asked for, and would then find it broken.
    let isText = String(validating: bytes, as: UTF8.self) != nil
    let data = isText ? Data(bytes) : Data(String(decoding: bytes, as: UTF8.self).utf8)
    return try? JSONDecoder().decode(LooseJSON.self, from: data)
  }

  /// Cleaned; `nil` where it is empty or not text.
  func text(_ key: String, limit: Int = Bound.name) -> String? {
    guard let text = try? fields.decodeIfPresent(String.self, forKey: TextKey(key)), !text.isEmpty else { return nil }
    return Clean.text(text, limit: limit)
  }

  /// Whether `text` gives it as it stands there, with nothing cleaned away or cut.
  func isExact(_ key: String, limit: Int = Bound.name) -> Bool {
    guard let text = try? fields.decodeIfPresent(String.self, forKey: TextKey(key)) else { return true }
    // By scalars: texts that only look the same are not.
    return Clean.text(text, limit: limit).unicodeScalars.elementsEqual(text.unicodeScalars)
  }

  /// A whole number, or text that is one: the journal writes every number as text.
  func integer(_ key: String) -> Int64? {
    let key = TextKey(key)
    if let number = try? fields.decodeIfPresent(Int64.self, forKey: key) { return number }
    guard let text = try? fields.decodeIfPresent(String.self, forKey: key) else { return nil }
    return Figure.integer(Array(text.utf8)[...]).map(Int64.init)
  }

  func number(_ key: String) -> Double? {
    let key = TextKey(key)
    if let number = try? fields.decodeIfPresent(Double.self, forKey: key) { return number }
    guard let text = try? fields.decodeIfPresent(String.self, forKey: key) else { return nil }
    return Figure.decimal(Array(text.utf8)[...], atMost: 1e12)
  }

  func flag(_ key: String) -> Bool? { try? fields.decodeIfPresent(Bool.self, forKey: TextKey(key)) }

  /// A list of texts, each cleaned; text alone is a list of one.
  func texts(_ key: String) -> [String] {
    if let list = try? fields.decodeIfPresent([String].self, forKey: TextKey(key)) {
      return list.prefix(Bound.devices).map { Clean.text($0, limit: Bound.name) }
    }
    return text(key).map { [$0] } ?? []
  }

  /// A list of byte values, as the journal writes what is not text.
  func bytes(_ key: String) -> [UInt8]? { try? fields.decodeIfPresent([UInt8].self, forKey: TextKey(key)) }

  /// The names of an object's fields, each cleaned, in order: as the engine writes a set.
  func names(_ key: String) -> [String] {
    guard let keys = object(key)?.fields.allKeys else { return [] }
    return keys.map(\.stringValue).sorted().prefix(Bound.ports).map { Clean.text($0, limit: Bound.identifier) }
  }

  func object(_ key: String) -> LooseJSON? { try? fields.decodeIfPresent(LooseJSON.self, forKey: TextKey(key)) }
}

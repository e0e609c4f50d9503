/// One value of a settings file.
package indirect enum SettingsValue: Hashable, Sendable {
  /// In the order of the file.
  case object([Member])
  case array([SettingsValue])
  case string(String)
  case number(Double)
  case bool(Bool)
  case null

  /// One key of an object and what it holds.
  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: SettingsValue

    package init(key: String, value: SettingsValue) {
      self.key = key
      self.value = value
    }
  }

  package subscript(_ key: String) -> SettingsValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// What a message says was found: `"production"`, `80`, `a list`, `an object`.
  package var shown: String {
    switch self {
    case .object: "an object in { }"
    case .array(let values): values.isEmpty ? "an empty list" : "a list in [ ]"
    case .string(let text): SettingsText.quoted(text)
    case .number(let number): SettingsValue.shown(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null: "null"
    }
  }

  /// A number as a person writes it: without a decimal point where it is whole.
  package static func shown(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

extension SettingsValue: Decodable {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Objects come out in no order: `SettingsPlaces` knows the file's.
  package init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      self = .object(
        try container.allKeys.map {
          Member(key: $0.stringValue, value: try container.decode(SettingsValue.self, forKey: $0))
        })
      return
    }
    if var container = try? decoder.unkeyedContainer() {
      var values: [SettingsValue] = []
      while !container.isAtEnd { values.append(try container.decode(SettingsValue.self)) }
      self = .array(values)
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let flag = try? container.decode(Bool.self) {
      self = .bool(flag)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }
}

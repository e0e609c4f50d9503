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

import FoundationEssentials

/// A value as the decoder reads it, guided by the places: they know each value's kind and the order of the keys, so
/// that nothing is tried that could fail.
struct DecodedSettings: DecodableWithConfiguration {
  let value: SettingsValue

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The places of the whole file and which of its values this is.
  struct Guide {
    var places: SettingsPlaces
    var path = SettingsPath()

    func to(_ step: SettingsPath.Step) -> Guide { Guide(places: places, path: path + step) }
  }

  init(from decoder: any Decoder, configuration guide: Guide) throws {
    switch guide.places.kind(at: guide.path) {
    case .object:
      let container = try decoder.container(keyedBy: Key.self)
      value = .object(
        try guide.places.keys(of: guide.path).map { key in
          let inner = try container.decode(
            DecodedSettings.self, forKey: Key(stringValue: key), configuration: guide.to(.key(key)))
          return SettingsValue.Member(key: key, value: inner.value)
        })
    case .array:
      var container = try decoder.unkeyedContainer()
      var values: [SettingsValue] = []
      while !container.isAtEnd {
        let inner = try container.decode(DecodedSettings.self, configuration: guide.to(.index(values.count)))
        values.append(inner.value)
      }
      value = .array(values)
    case .string: value = .string(try decoder.singleValueContainer().decode(String.self))
    case .number: value = .number(try decoder.singleValueContainer().decode(Double.self))
    case .bool: value = .bool(try decoder.singleValueContainer().decode(Bool.self))
    case .null, nil: value = .null
    }
  }
}

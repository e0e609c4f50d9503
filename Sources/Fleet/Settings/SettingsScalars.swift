extension SettingsReader {
  /// The text that `key` holds.
  package mutating func string(_ key: String, expected: String = "text in quotes") -> String? {
    switch value[key] {
    case nil: return nil
    case .string(let text): return text
    case .some(let other):
      note(key, "expected \(expected), found \(other.shown)")
      return nil
    }
  }

  /// The number that `key` holds, in `range`.
  package mutating func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
    guard let found = value[key] else { return nil }
    if case .number(let number) = found, range.contains(number) { return number }
    let bounds = "\(SettingsValue.shown(range.lowerBound)) to \(SettingsValue.shown(range.upperBound))"
    note(key, "expected a number from \(bounds), found \(found.shown)")
    return nil
  }

  /// The whole number that `key` holds, in `range`.
  package mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let found = value[key] else { return nil }
    if case .number(let number) = found, let whole = Int(exactly: number), range.contains(whole) { return whole }
    note(key, "expected a whole number from \(range.lowerBound) to \(range.upperBound), found \(found.shown)")
    return nil
  }

  package mutating func bool(_ key: String) -> Bool? {
    switch value[key] {
    case nil: return nil
    case .bool(let flag): return flag
    case .some(let other):
      note(key, "expected true or false, found \(other.shown)")
      return nil
    }
  }

  /// The list that `key` holds, whatever is in it.
  package mutating func array(_ key: String, expected: String = "a list in [ ]") -> [SettingsValue]? {
    switch value[key] {
    case nil: return nil
    case .array(let values): return values
    case .some(let other):
      note(key, "expected \(expected), found \(other.shown)")
      return nil
    }
  }

  /// The list of texts that `key` holds; an element that is something else is noted and left out.
  ///
  /// - Returns: each text with its index in the file, for `note(_:_:_:)`.
  package mutating func strings(
    _ key: String, expected: String = "a list of texts in [ ]"
  ) -> [(index: Int, text: String)]? {
    guard let values = array(key, expected: expected) else { return nil }
    var texts: [(index: Int, text: String)] = []
    for (index, value) in values.enumerated() {
      if case .string(let text) = value {
        texts.append((index, text))
      } else {
        note(key, index, "expected text in quotes, found \(value.shown)")
      }
    }
    return texts
  }

  /// The case of `E` whose raw value `key` holds.
  package mutating func oneOf<E: RawRepresentable & CaseIterable>(_ key: String, _ type: E.Type) -> E?
  where E.RawValue == String {
    guard let found = value[key] else { return nil }
    if case .string(let text) = found, let match = E(rawValue: text) { return match }
    note(key, SettingsReader.choice(among: E.allCases.map(\.rawValue), found))
    return nil
  }

  /// `expected "dev" or "prod", found "production"; did you mean "prod"?`
  package static func choice(among names: [String], _ found: SettingsValue) -> String {
    var message = "expected \(SettingsText.alternatives(names)), found \(found.shown)"
    if case .string(let text) = found {
      if let guess = meant(by: text, among: names) { message += "; did you mean \"\(guess)\"?" }
    }
    return message
  }
}

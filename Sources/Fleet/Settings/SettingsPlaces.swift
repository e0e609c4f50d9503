/// Where each value of a settings file stands, what order its keys have, and which keys it gives twice: the three things
/// that the decoder does not tell.
package struct SettingsPlaces: Sendable {
  /// A key that an object holds more than once.
  package struct Repeat: Hashable, Sendable {
    package var key: String
    package var first: SettingsPlace
    package var again: SettingsPlace
  }

  private var values: [SettingsPath: SettingsPlace] = [:]
  private var keys: [SettingsPath: SettingsPlace] = [:]
  private var order: [SettingsPath: [String]] = [:]
  private var repeats: [SettingsPath: [Repeat]] = [:]

  /// Reads the places out of JSON5 text.
  ///
  /// - Throws: the first departure from JSON5, in words.
  package init(of bytes: [UInt8]) throws(SettingsFault) {
    var scanner = SettingsScanner(bytes)
    try scanner.scan(into: &self)
  }

  /// Where the value at `path` begins.
  package func value(at path: SettingsPath) -> SettingsPlace? { values[path] }

  /// Where the key that leads to `path` begins; for an element of a list, the element.
  package func key(at path: SettingsPath) -> SettingsPlace? { keys[path] ?? values[path] }

  /// The keys of the object at `path` in the order of the file, each once.
  package func keys(of path: SettingsPath) -> [String] { order[path] ?? [] }

  /// The keys that the object at `path` holds more than once.
  package func repeats(of path: SettingsPath) -> [Repeat] { repeats[path] ?? [] }

  mutating func note(valueAt path: SettingsPath, _ place: SettingsPlace) { values[path] = place }

  mutating func note(key: String, in path: SettingsPath, _ place: SettingsPlace) {
    let full = path + .key(key)
    if let first = keys[full] {
      repeats[path, default: []].append(Repeat(key: key, first: first, again: place))
    } else {
      keys[full] = place
      order[path, default: []].append(key)
    }
  }
}

/// The first place where a file is not JSON5, and what stands in the way.
package struct SettingsFault: Error, Hashable, Sendable {
  package var place: SettingsPlace
  package var message: String
}

/// Where each value of a settings file stands, what order its keys have, and which keys it gives twice: the three things
/// that the decoder does not tell.
package struct SettingsPlaces: Sendable {
  /// A key that an object holds more than once.
  package struct Repeat: Hashable, Sendable {
    package var key: String
    package var first: SettingsPlace
    package var again: SettingsPlace
  }

  enum Kind: Sendable { case object, array, string, number, bool, null }

  private var values: [SettingsPath: (place: SettingsPlace, kind: Kind)] = [:]
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
  package func value(at path: SettingsPath) -> SettingsPlace? { values[path]?.place }

  /// Where the key that leads to `path` begins; for an element of a list, the element.
  package func key(at path: SettingsPath) -> SettingsPlace? { keys[path] ?? value(at: path) }

  /// The keys of the object at `path` in the order of the file, each once.
  package func keys(of path: SettingsPath) -> [String] { order[path] ?? [] }

  /// The keys that the object at `path` holds more than once.
  package func repeats(of path: SettingsPath) -> [Repeat] { repeats[path] ?? [] }

  func kind(at path: SettingsPath) -> Kind? { values[path]?.kind }

  mutating func note(valueAt path: SettingsPath, _ place: SettingsPlace, _ kind: Kind) {
    values[path] = (place, kind)
  }

  /// Notes a key; `false` where the object has it already.
  mutating func note(key: String, in path: SettingsPath, _ place: SettingsPlace) -> Bool {
    let full = path + .key(key)
    if let first = keys[full] {
      repeats[path, default: []].append(Repeat(key: key, first: first, again: place))
      return false
    }
    keys[full] = place
    order[path, default: []].append(key)
    return true
  }
}

/// The first place where a file is not JSON5, and what stands in the way.
package struct SettingsFault: Error, Hashable, Sendable {
  package var place: SettingsPlace
  package var message: String
}

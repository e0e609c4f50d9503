package import Fleet

/// A keymap file, read: what can be used of it, and all that is wrong with it.
package struct KeymapReading: Sendable {
  /// The keymap that it inherits, with each entry of the file that has nothing wrong.
  package var keymap: Keymap
  /// What is wrong, in the order of the file; each was left out of `keymap`.
  package var problems: [Problem]
  /// What works, but probably not as meant.
  package var warnings: [Problem]

  /// Reads a keymap file.
  ///
  /// - Parameters:
  ///   - bytes: JSON5 text.
  ///   - file: its name, as messages say it.
  ///   - shipped: what it may inherit, the one it inherits where it names none first.
  package init(_ bytes: [UInt8], file: String, inheriting shipped: [Keymap]) {
    let fallback = shipped.first ?? Keymap(name: "", bindings: [:])
    do throws(Problems) {
      self.init(reading: SettingsReader(try SettingsDocument(bytes, file: file)), shipped, fallback)
    } catch {
      self.init(keymap: fallback, problems: error.list, warnings: [])
    }
  }

  private init(keymap: Keymap, problems: [Problem], warnings: [Problem]) {
    self.keymap = keymap
    self.problems = problems
    self.warnings = warnings
  }

  private init(reading root: SettingsReader, _ shipped: [Keymap], _ fallback: Keymap) {
    var reader = root
    reader.only(["$schema", "name", "inherits", "keys"])
    let name = reader.string("name")
    let base = KeymapReading.base(&reader, shipped) ?? fallback
    var entries = KeymapEntries()
    _ = reader.object("keys") { entries.read(&$0) }
    let result = entries.applied(to: base, &reader)
    keymap = result.keymap
    if let name { keymap.name = name }
    problems = Problems(reader.problems).list
    warnings = Problems(result.warnings).list
  }

  private static func base(_ reader: inout SettingsReader, _ shipped: [Keymap]) -> Keymap? {
    guard let inherits = reader.string("inherits") else { return nil }
    if let found = shipped.first(where: { $0.name == inherits }) { return found }
    reader.note("inherits", SettingsReader.choice(among: shipped.map(\.name), .string(inherits)))
    return nil
  }
}

extension KeymapReading {
  /// The shipped default keys.
  package static let standard = KeymapReading(
    PackageResources.default_keymap_json5, file: "keymaps/default.keymap.json5", inheriting: [])

  /// The shipped keys for fingers from vim; read only when asked for, so that it costs no start-up.
  package static let vim = KeymapReading(
    PackageResources.vim_keymap_json5, file: "keymaps/vim.keymap.json5", inheriting: [standard.keymap])
}

extension Keymap {
  /// The keymaps in the program: `default` first.
  package static var shipped: [Keymap] { [standard, KeymapReading.vim.keymap] }

  package static var standard: Keymap { KeymapReading.standard.keymap }
}

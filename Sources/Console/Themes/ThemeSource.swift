/// The text of one theme file.
package struct ThemeSource: Sendable {
  package var bytes: [UInt8]
  /// Its name, as messages say it.
  package var file: String

  package init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The theme's name where the file gives none: `night` for `themes/night.theme.json5`.
  var stem: String {
    let name = file.split(separator: "/").last ?? ""
    return name.split(separator: ".").first.map(String.init) ?? file
  }
}

extension ThemeSource {
  /// The themes in the program; `default` first.
  static let shipped: [ThemeSource] = [
    ThemeSource(PackageResources.default_theme_json5, file: "themes/default.theme.json5"),
    ThemeSource(PackageResources.light_theme_json5, file: "themes/light.theme.json5"),
    ThemeSource(PackageResources.mono_theme_json5, file: "themes/mono.theme.json5"),
  ]
}

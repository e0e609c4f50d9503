import Fleet
import Surface

/// A theme file as it stands, before it is joined with what it inherits.
struct ThemeFile {
  /// A colour as the file names it, and where.
  struct Paint {
    var text: String
    var path: SettingsPath
  }

  /// One role's entry. What it leaves out is as in `text`.
  struct Entry {
    var foreground: Paint?
    var background: Paint?
    var bold: Bool
    var dim: Bool
    var underline: Bool
    var reverse: Bool
  }

  var name: String
  var inherits: String?
  var palette: [String: TerminalColor] = [:]
  var roles: [Role: Entry] = [:]
  /// Where the file ends up with what else is wrong with it.
  var reader: SettingsReader

  /// Reads the file as far as it can be read; the reader has noted the rest.
  init(_ document: SettingsDocument, name fallback: String) {
    var reader = SettingsReader(document)
    reader.only(["$schema", "name", "inherits", "palette", "roles"])
    name = reader.string("name") ?? fallback
    inherits = reader.string("inherits")
    palette = reader.object("palette", ThemeFile.palette) ?? [:]
    roles = reader.object("roles", ThemeFile.roles) ?? [:]
    self.reader = reader
  }

  private static func palette(_ reader: inout SettingsReader) -> [String: TerminalColor] {
    var colors: [String: TerminalColor] = [:]
    for key in reader.keys {
      guard TerminalColor(key) == nil else {
        reader.noteKey(key, "this is a colour's own name already; choose another")
        continue
      }
      guard let text = paint(key, &reader)?.text else { continue }
      if let color = TerminalColor(text) {
        colors[key] = color
      } else {
        reader.note(key, unknown(text, among: []))
      }
    }
    reader.noteRepeats()
    return colors
  }

  private static func roles(_ reader: inout SettingsReader) -> [Role: Entry] {
    let names = Role.allCases.map(\.rawValue)
    var roles: [Role: Entry] = [:]
    for key in reader.keys {
      guard let role = Role(rawValue: key) else {
        let hint = nearest(to: key, in: names).map { "did you mean \($0)?" } ?? "docs/theming.md lists them"
        reader.noteKey(key, "no such role; \(hint)")
        continue
      }
      roles[role] = reader.object(key, entry)
    }
    reader.noteRepeats()
    return roles
  }

  private static func entry(_ reader: inout SettingsReader) -> Entry? {
    reader.only(["foreground", "background", "bold", "dim", "underline", "reverse"])
    return Entry(
      foreground: paint("foreground", &reader), background: paint("background", &reader),
      bold: reader.bool("bold") ?? false, dim: reader.bool("dim") ?? false,
      underline: reader.bool("underline") ?? false, reverse: reader.bool("reverse") ?? false)
  }

  /// A colour's text: a number may stand without quotes.
  private static func paint(_ key: String, _ reader: inout SettingsReader) -> Paint? {
    if case .number(let number) = reader.value[key], let whole = Int(exactly: number) {
      return Paint(text: String(whole), path: reader.path + .key(key))
    }
    let expected = "a colour such as \"red\", 208 or \"#7aa2f7\""
    return reader.string(key, expected: expected).map { Paint(text: $0, path: reader.path + .key(key)) }
  }

  /// What to say of a text that is no colour.
  static func unknown(_ text: String, among names: [String]) -> String {
    let hint =
      nearest(to: text, in: names + TerminalColor.names + ["default"]).map { "did you mean \"\($0)\"?" }
      ?? "expected default, a name such as bright-red, 0 to 255, #rrggbb, or a name of the palette"
    return "\(SettingsText.quoted(text)) is no colour; \(hint)"
  }
}

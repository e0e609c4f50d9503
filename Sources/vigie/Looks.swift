import Console
import Fleet
import Surface

/// The keymap and the theme that were asked for: shipped ones by name, else the operator's own files.
struct Looks {
  var keymap = Keymap.standard
  var palette: Palette
  /// What is wrong in the operator's own files and was left out.
  var warning: String?

  /// - Throws: `Files.Failure` or `FleetSource.Failure` where what was asked for by name is not there.
  init(_ arguments: Arguments) throws {
    var problems: [Problem] = []
    if let name = arguments.keymap {
      if let shipped = Keymap.shipped.first(where: { $0.name == name }) {
        keymap = shipped
      } else {
        let path = Self.path(name, kind: "keymap")
        let reading = KeymapReading(try Files.read(path), file: path, inheriting: Keymap.shipped)
        keymap = reading.keymap
        problems += reading.problems
      }
    } else if let path = Self.own("keymap.json5") {
      let reading = KeymapReading(try Files.read(path), file: path, inheriting: Keymap.shipped)
      keymap = reading.keymap
      problems += reading.problems
    }
    let shipped = ThemeReading()
    var sources: [ThemeSource] = []
    var wanted = arguments.theme
    if let name = wanted, shipped[name] == nil {
      let path = Self.path(name, kind: "theme")
      sources = [ThemeSource(try Files.read(path), file: path)]
      wanted = nil
    } else if wanted == nil, let path = Self.own("theme.json5") {
      sources = [ThemeSource(try Files.read(path), file: path)]
    }
    let themes = sources.isEmpty ? shipped : ThemeReading(sources)
    problems += themes.problems
    let name = wanted ?? (sources.isEmpty ? "default" : themes.themes.last?.name ?? "default")
    palette = themes[name]?.palette ?? .mono
    if let first = problems.first {
      warning = problems.count == 1 ? "\(first)" : "\(first) (and \(problems.count - 1) more mistakes)"
    }
  }

  /// A name without a slash or ending lies in the operator's configuration.
  private static func path(_ name: String, kind: String) -> String {
    if name.contains("/") || name.hasSuffix(".json5") { return name }
    return (FleetSource.configDirectory ?? ".") + "/\(kind)s/\(name).\(kind).json5"
  }

  private static func own(_ file: String) -> String? {
    FleetSource.configDirectory.map { $0 + "/" + file }.flatMap { Files.exists($0) ? $0 : nil }
  }
}

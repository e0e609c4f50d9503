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
        let path = try Self.path(name, kind: "keymap", shipped: Keymap.shipped.map(\.name))
        let reading = KeymapReading(try Files.read(path), file: path, inheriting: Keymap.shipped)
        keymap = reading.keymap
        problems += reading.problems
      }
    } else if let path = Self.own("keymap.json5") {
      let reading = KeymapReading(try Files.read(path), file: path, inheriting: Keymap.shipped)
      keymap = reading.keymap
      problems += reading.problems
    }
    let own = Self.own("theme.json5")
    if arguments.theme == nil, own == nil {
      palette = ThemeReading.standard?.palette ?? .mono
    } else {
      let themes = try Self.themes(arguments.theme, own: own)
      problems += themes.reading.problems
      palette = themes.reading[themes.name]?.palette ?? .mono
    }
    if let first = problems.first {
      warning = problems.count == 1 ? "\(first)" : "\(first) (and \(problems.count - 1) more mistakes)"
    }
  }

  /// The theme of that name among the shipped ones, else of that file; else the operator's own.
  private static func themes(_ wanted: String?, own: String?) throws -> (reading: ThemeReading, name: String) {
    let shipped = ThemeReading()
    if let wanted, shipped[wanted] != nil { return (shipped, wanted) }
    let path = try wanted.map { try Self.path($0, kind: "theme", shipped: shipped.themes.map(\.name)) } ?? own ?? ""
    let reading = ThemeReading([ThemeSource(try Files.read(path), file: path)])
    return (reading, reading.themes.last?.name ?? "default")
  }

  /// A name without a slash or ending lies in the operator's configuration.
  private static func path(_ name: String, kind: String, shipped: [String]) throws -> String {
    if name.contains("/") || name.hasSuffix(".json5") { return name }
    let path = (FleetSource.configDirectory ?? ".") + "/\(kind)s/\(name).\(kind).json5"
    if !Files.exists(path) {
      let names = shipped.joined(separator: ", ")
      throw Files.Failure(
        message: "no \(kind) is named \(name): the shipped ones are \(names); your own would be \(path)")
    }
    return path
  }

  private static func own(_ file: String) -> String? {
    FleetSource.configDirectory.map { $0 + "/" + file }.flatMap { Files.exists($0) ? $0 : nil }
  }
}

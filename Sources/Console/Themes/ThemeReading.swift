package import Fleet
import Surface

/// Theme files, read: the themes that come of them, and all that is wrong with them.
package struct ThemeReading: Sendable {
  /// The shipped themes, then the user's; one with a shipped name takes its place.
  package private(set) var themes: [Theme] = []
  /// What is wrong, file by file; each was left out of `themes`.
  package private(set) var problems: [Problem] = []
  /// What works, but probably not as meant.
  package private(set) var warnings: [Problem] = []

  private var files: [ThemeFile] = []
  /// How many of `files` are shipped.
  private var shippedCount = 0

  /// The theme of someone who asked for none; reading the others would delay the first screen.
  package static var standard: Theme? { ThemeReading(shipped: [ThemeSource.shipped[0]]).themes.first }

  /// Reads the shipped themes, and a user's files on top of them.
  package init(_ sources: [ThemeSource] = []) { self.init(sources, shipped: ThemeSource.shipped) }

  private init(_ sources: [ThemeSource] = [], shipped: [ThemeSource]) {
    read(shipped)
    shippedCount = files.count
    read(sources)
    for index in files.indices { resolve(index) }
    for file in files { problems += Problems(file.reader.problems).list }
  }

  /// The theme of that name.
  package subscript(name: String) -> Theme? { themes.first { $0.name == name } }

  private mutating func read(_ sources: [ThemeSource]) {
    for source in sources {
      do throws(Problems) {
        var file = ThemeFile(try SettingsDocument(source.bytes, file: source.file), name: source.stem)
        if files.dropFirst(shippedCount).contains(where: { shippedCount > 0 && $0.name == file.name }) {
          file.reader.note("name", "another file is already the theme \(SettingsText.quoted(file.name)); rename one")
          problems += file.reader.problems
          continue
        }
        files.append(file)
      } catch {
        problems += error.list
      }
    }
  }

  // MARK: Inheritance

  /// The file itself, what it inherits, and so on; up to where a name is unknown or comes round again.
  private mutating func chain(of index: Int) -> [ThemeFile] {
    var indices = [index]
    while let last = indices.last, let name = parent(of: last) {
      guard let next = named(name, below: last) else {
        if last == index {
          let names = themeNames
          files[index].reader.note("inherits", SettingsReader.choice(among: names, .string(name)))
        }
        break
      }
      if indices.contains(next) {
        if next == index {
          let way = (indices + [next]).map { files[$0].name }.joined(separator: " → ")
          files[index].reader.note("inherits", "themes inherit one another in a circle: \(way); break it")
        }
        break
      }
      indices.append(next)
    }
    return indices.map { files[$0] }
  }

  private var themeNames: [String] {
    var seen: Set<String> = []
    return files.map(\.name).filter { seen.insert($0).inserted }
  }

  /// What a file inherits: `default` where it doesn't say, but for the shipped default.
  private func parent(of index: Int) -> String? {
    files[index].inherits ?? (index == 0 ? nil : "default")
  }

  /// The file of that name: a user's before a shipped one, except for a user's file that inherits its own name.
  private func named(_ name: String, below index: Int) -> Int? {
    let candidates = files.indices.reversed().filter { files[$0].name == name }
    if files[index].name == name, index >= shippedCount {
      return candidates.first { $0 < shippedCount } ?? candidates.first
    }
    return candidates.first { index >= shippedCount || $0 < shippedCount }
  }

  // MARK: Resolving

  private mutating func resolve(_ index: Int) {
    let chain = chain(of: index)
    var colors: [String: TerminalColor] = [:]
    var entries: [Role: ThemeFile.Entry] = [:]
    for file in chain.reversed() {
      colors.merge(file.palette) { _, own in own }
      entries.merge(file.roles) { _, own in own }
    }
    let own = files[index].roles
    for role in Role.allCases {
      for paint in [own[role]?.foreground, own[role]?.background].compactMap(\.self)
      where color(paint, colors) == nil {
        let names = colors.keys.sorted()
        files[index].reader.note(paint.path, ThemeFile.unknown(paint.text, among: names))
      }
    }
    let plain = entries[.text].map { appearance($0, Appearance(), colors) } ?? Appearance()
    var palette = Palette([:])
    for role in Role.allCases { palette[role] = entries[role].map { appearance($0, plain, colors) } ?? plain }
    palette[.text] = plain
    let theme = Theme(name: files[index].name, palette: palette)
    if let old = themes.firstIndex(where: { $0.name == theme.name }) {
      themes[old] = theme
    } else {
      themes.append(theme)
    }
    warn(palette, files[index])
  }

  private func appearance(
    _ entry: ThemeFile.Entry, _ plain: Appearance, _ colors: [String: TerminalColor]
  ) -> Appearance {
    Appearance(
      entry.foreground.flatMap { color($0, colors) } ?? plain.foreground,
      on: entry.background.flatMap { color($0, colors) } ?? plain.background, bold: entry.bold, dim: entry.dim,
      underline: entry.underline, reverse: entry.reverse)
  }

  private func color(_ paint: ThemeFile.Paint, _ colors: [String: TerminalColor]) -> TerminalColor? {
    TerminalColor(paint.text) ?? colors[paint.text]
  }

  /// Production has to stand out for those who don't tell colours apart, too.
  private mutating func warn(_ palette: Palette, _ file: ThemeFile) {
    for (production, other) in [(Role.production, Role.development), (.barProduction, .bar)]
    where palette[production].attributes == palette[other].attributes {
      let path = SettingsPath([.key("roles"), .key(production.rawValue)])
      let document = file.reader.document
      warnings.append(
        Problem(
          file: document.file, place: document.places.value(at: path), path: path,
          message: "\(production.rawValue) differs from \(other.rawValue) by colour alone at most; "
            + "make it bold, underlined or reversed, and the other not"))
    }
  }
}

extension Appearance {
  /// The same without its colours.
  fileprivate var attributes: Appearance {
    Appearance(bold: bold, dim: dim, underline: underline, reverse: reverse)
  }
}

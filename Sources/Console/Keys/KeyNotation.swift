import Fleet
package import Surface

/// Why a text is not a key, in words for the person who wrote it.
package struct KeyFault: Error, Hashable, Sendable {
  package var message: String
}

/// Keys as keymap files, footer and help write them: `j`, `G`, `Enter`, `Shift-Tab`, `Ctrl-p`, `Alt-x`, `F1`.
extension Key {
  /// The keys that have names, in the order of `docs/keys.md`.
  static let names: [(name: String, code: Code)] =
    [
      ("Enter", .enter), ("Esc", .escape), ("Tab", .tab), ("Shift-Tab", .backTab), ("Space", .character(" ")),
      ("Backspace", .backspace), ("Delete", .delete), ("Insert", .insert), ("Up", .up), ("Down", .down),
      ("Left", .left), ("Right", .right), ("Home", .home), ("End", .end), ("PageUp", .pageUp),
      ("PageDown", .pageDown),
    ] + (1...12).map { ("F\($0)", .function($0)) }

  /// Keys that a terminal sends as another key, which is the one to write.
  private static let twins: [Unicode.Scalar: String] = ["i": "Tab", "m": "Enter", "[": "Esc"]

  /// Reads one key. Upper-case letters stand for themselves; with Ctrl, case counts for nothing, as in terminals.
  package init(notation: String) throws(KeyFault) {
    var rest = notation[...]
    var control = false
    var alt = false
    while true {
      if rest.hasPrefix("Ctrl-"), !control, rest.count > 5 {
        control = true
        rest = rest.dropFirst(5)
      } else if rest.hasPrefix("Alt-"), !alt, rest.count > 4 {
        alt = true
        rest = rest.dropFirst(4)
      } else {
        break
      }
    }
    if let named = Key.names.first(where: { $0.name == rest }) {
      self.init(named.code, control: control, alt: alt)
    } else if let scalar = rest.unicodeScalars.first, rest.unicodeScalars.count == 1, scalar.isGraphic {
      let lowered = scalar.properties.lowercaseMapping.unicodeScalars
      let code = control && lowered.count == 1 ? lowered.first ?? scalar : scalar
      if control, let twin = Key.twins[code] {
        throw KeyFault(message: "terminals send \(twin) for Ctrl-\(code); write \(twin)")
      }
      self.init(.character(code), control: control, alt: alt)
    } else {
      throw Key.fault(notation, rest)
    }
  }

  private static func fault(_ notation: String, _ rest: Substring) -> KeyFault {
    let shown = SettingsText.quoted(notation)
    if rest.hasPrefix("Shift-") {
      return KeyFault(
        message: "\(shown) is not a key: terminals tell Shift with Tab only; write an upper-case letter, such as G")
    }
    let names = Key.names.map(\.name)
    let modifiers = ["Ctrl-", "Alt-"]
    let plain = String(rest)
    // `ctrl-p` and `C-p` are near no name: put the right modifier before what follows the dash.
    var guess = nearest(to: plain, in: names)
    if guess == nil, let dash = plain.firstIndex(of: "-"), plain.index(after: dash) < plain.endIndex {
      let first = plain[..<dash].lowercased()
      let modifier = modifiers.first { $0.lowercased().hasPrefix(first) } ?? (first == "meta" ? "Alt-" : nil)
      guess = modifier.map { $0 + plain[plain.index(after: dash)...] }
    }
    let hint = guess.map { "did you mean \($0)?" } ?? "write one character, or a name such as Enter, Ctrl-p or F1"
    return KeyFault(message: "\(shown) is not a key; \(hint)")
  }

  /// The key as keymap files write it; `init(notation:)` reads it back.
  package var notation: String {
    let base =
      switch code {
      case .character(let scalar) where scalar != " ": String(scalar)
      default: Key.names.first { $0.code == code }?.name ?? "?"
      }
    return (control ? "Ctrl-" : "") + (alt ? "Alt-" : "") + base
  }

  /// Whether a line being typed takes it for itself, so that it is no command there: characters, and the keys that
  /// move in a line and delete from it.
  package var editsText: Bool {
    switch code {
    case .character, .left, .right, .home, .end, .backspace, .delete: !control && !alt
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether it can be a key's name: visible, and standing alone.
  fileprivate var isGraphic: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse, .surrogate, .unassigned,
      .nonspacingMark, .enclosingMark, .spacingMark:
      false
    default: true
    }
  }
}

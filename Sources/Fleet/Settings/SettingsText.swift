/// Text of a settings file, made fit to be shown in a message.
package enum SettingsText {
  /// `text` in double quotes, at most 40 characters of it, with nothing in it that a terminal obeys.
  package static func quoted(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(40)
    let rest = text.unicodeScalars.count > 40 ? "…" : ""
    return "\"" + start.map(visible).joined() + rest + "\""
  }

  /// One scalar as it may be printed: controls, format characters and the like by number, as JSON5 writes them.
  package static func visible(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    default: return String(scalar)
    }
  }

  /// `"a"`, `"a" or "b"`, `"a", "b" or "c"`.
  package static func alternatives(_ names: [String]) -> String {
    let quotedNames = names.map { "\"\($0)\"" }
    guard let last = quotedNames.last, quotedNames.count > 1 else { return quotedNames.joined() }
    return quotedNames.dropLast().joined(separator: ", ") + " or " + last
  }
}

/// Reads a template as a shell would, as far as quotes go.
struct CommandTemplateReading {
  private let scalars: [Unicode.Scalar]
  private let names: [String]
  private let others: [String: String]
  private var index = 0
  private var pieces: [CommandTemplate.Piece] = []
  private var text = String.UnicodeScalarView()
  /// What makes it uncertain what is quoted: then there may be no values.
  private var obstacle: String?

  init(_ text: String, names: [String], others: [String: String]) {
    scalars = Array(text.unicodeScalars)
    self.names = names
    self.others = others
  }

  mutating func read() throws(CommandFault) -> [CommandTemplate.Piece] {
    if scalars.allSatisfy({ $0 == " " }) { throw CommandFault(message: "the command is empty; write what is to run") }
    if scalars.contains(where: { [.control, .format].contains($0.properties.generalCategory) }) {
      throw CommandFault(
        message: "a command is one line without control characters; put more into a script, and call that")
    }
    do throws(CommandFault) {
      while let scalar = at(0) { try step(scalar) }
    } catch {
      // What was found wrong behind it may not be what it seems.
      if obstacle == nil { throw error }
    }
    guard let obstacle else {
      flush()
      return pieces
    }
    guard let place = mention else { return [.text(String(String.UnicodeScalarView(scalars)))] }
    throw CommandFault(
      message: "{\(place)} can't stand in a command with \(obstacle): what is quoted there is not certain; "
        + "put that into a script, and give it {\(place)} as an argument")
  }

  /// The first place for a value, quoted or not.
  private var mention: String? {
    scalars.indices.lazy.compactMap { name(at: $0) }.first { names.contains($0) || others[$0] != nil }
  }

  private mutating func step(_ scalar: Unicode.Scalar) throws(CommandFault) {
    switch scalar {
    case "'", "\"": try quoted(scalar)
    case "\\":
      try refuse(after: "\\")
      take(2)
    case "`":
      obstacle = obstacle ?? "`…`"
      take(1)
    case "(" where at(1) == "(": hinder("((…))", 2)
    case "[" where at(1) == "[": hinder("[[…]]", 2)
    case "<" where at(1) == "<" && at(2) == "<": take(3)
    case "<" where at(1) == "<": hinder("<<", 2)
    case "$": try dollar(inQuotes: false)
    case "#" where isWordStart: take(scalars.count - index)
    case "{": try brace()
    default: take(1)
    }
  }

  private mutating func quoted(_ quote: Unicode.Scalar) throws(CommandFault) {
    let opening = index
    take(1)
    while let scalar = at(0) {
      switch scalar {
      case quote:
        take(1)
        return
      case "\\" where quote == "\"": take(2)
      case "`" where quote == "\"": hinder("`…` in quotes", 1)
      case "$" where quote == "\"": try dollar(inQuotes: true)
      case "{":
        if let name = name(at: index), names.contains(name) || others[name] != nil {
          throw CommandFault(
            message: "{\(name)} stands inside quotes, where what it becomes could break out; take the quotes away, "
              + "because it is quoted by itself")
        }
        take(1)
      default: take(1)
      }
    }
    let words = String(String.UnicodeScalarView(scalars[opening...].prefix(20)))
    throw CommandFault(message: "the quote before \(SettingsText.quoted(String(words.dropFirst()))) is never closed")
  }

  private mutating func dollar(inQuotes: Bool) throws(CommandFault) {
    try refuse(after: "$")
    switch at(1) {
    case "'" where !inQuotes, "\"" where !inQuotes: hinder("$'…' or $\"…\"", 1)
    case "(" where at(2) == "(": hinder("$((…))", 3)
    case "(" where inQuotes: hinder("$(…) in quotes", 2)
    case "(": take(2)
    case "[": hinder("$[…]", 2)
    case "{":
      let end = scalars[index...].firstIndex(of: "}") ?? scalars.endIndex
      if scalars[(index + 2)..<end].contains(where: { "'\"`\\{$".unicodeScalars.contains($0) }) {
        hinder("${…} that holds more than a name", 2)
      } else {
        take(end - index)
      }
    default: take(1)
    }
  }

  private mutating func brace() throws(CommandFault) {
    guard let name = name(at: index) else { return take(1) }
    if let reason = others[name] { throw CommandFault(message: reason) }
    guard names.contains(name) else { throw unknown(name) }
    let end = index + name.unicodeScalars.count + 2
    if index > 0, scalars[index - 1] == "{" { throw beside("after {", name) }
    // A number before them would be the number of a file.
    if end < scalars.count, "<>}".unicodeScalars.contains(scalars[end]) { throw beside("before \(scalars[end])", name) }
    flush()
    pieces.append(.value(name))
    index = end
  }

  /// Refuses a value right after a sign that would change how its quotes are read.
  private func refuse(after sign: String) throws(CommandFault) {
    guard at(1) == "{", let name = name(at: index + 1), names.contains(name) || others[name] != nil else { return }
    throw CommandFault(message: "{\(name)} stands right after \(sign), which would undo its quotes; take \(sign) away")
  }

  private func beside(_ sign: String, _ name: String) -> CommandFault {
    CommandFault(message: "{\(name)} stands right \(sign); put a blank between them")
  }

  private func unknown(_ name: String) -> CommandFault {
    let hint =
      meant(by: name, among: names).map { "did you mean {\($0)}?" }
      ?? "expected \(names.map { "{\($0)}" }.joined(separator: ", ")), or quotes around it if it is text"
    return CommandFault(message: "nothing is called {\(name)} here; \(hint)")
  }

  // MARK: Characters

  private func at(_ offset: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index + offset) ? scalars[index + offset] : nil
  }

  private var isWordStart: Bool {
    index == 0 || " ;&|()".unicodeScalars.contains(scalars[index - 1]) && (index < 2 || scalars[index - 2] != "\\")
  }

  private mutating func take(_ count: Int) {
    text.append(contentsOf: scalars[index..<min(scalars.count, index + count)])
    index = min(scalars.count, index + count)
  }

  private mutating func hinder(_ what: String, _ count: Int) {
    obstacle = obstacle ?? what
    take(count)
  }

  private mutating func flush() {
    if !text.isEmpty { pieces.append(.text(String(text))) }
    text = String.UnicodeScalarView()
  }

  /// The name in braces that begins there: a small letter, then small letters, digits and hyphens.
  private func name(at start: Int) -> String? {
    guard scalars[start] == "{", let end = scalars[start...].firstIndex(of: "}") else { return nil }
    let name = String(String.UnicodeScalarView(scalars[(start + 1)..<end]))
    return FleetText.isPlaceholder(name) ? name : nil
  }
}

extension FleetText {
  /// Whether a text can be the name of a value.
  static func isPlaceholder(_ text: String) -> Bool {
    guard let first = text.utf8.first, 0x61...0x7A ~= first, text.utf8.count <= 40 else { return false }
    return text.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "-") }
  }
}

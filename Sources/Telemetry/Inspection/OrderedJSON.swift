/// A JSON text as a tree that keeps the order of its fields, and of each number every digit.
indirect enum OrderedJSON: Hashable {
  case object([Member])
  case array([OrderedJSON])
  case text(String)
  /// As it is written.
  case number(String)
  /// `true`, `false` or `null`.
  case word(String)

  struct Member: Hashable {
    var name: String
    var value: OrderedJSON
  }

  /// As Docker prints it: one field a line, each level four blanks further in. Every text is escaped, so that no line
  /// has a control in it.
  var lines: [String] {
    var lines = [""]
    write(into: &lines, indent: "")
    return lines
  }

  private func write(into lines: inout [String], indent: String) {
    switch self {
    case .object(let members) where !members.isEmpty:
      lines[lines.count - 1] += "{"
      for (index, member) in members.enumerated() {
        lines.append(indent + "    \(Self.quoted(member.name)): ")
        member.value.write(into: &lines, indent: indent + "    ")
        if index < members.count - 1 { lines[lines.count - 1] += "," }
      }
      lines.append(indent + "}")
    case .array(let values) where !values.isEmpty:
      lines[lines.count - 1] += "["
      for (index, value) in values.enumerated() {
        lines.append(indent + "    ")
        value.write(into: &lines, indent: indent + "    ")
        if index < values.count - 1 { lines[lines.count - 1] += "," }
      }
      lines.append(indent + "]")
    case .object: lines[lines.count - 1] += "{}"
    case .array: lines[lines.count - 1] += "[]"
    case .text(let text): lines[lines.count - 1] += Self.quoted(text)
    case .number(let text), .word(let text): lines[lines.count - 1] += text
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// What Docker says of one container, as it may be shown: the one place where secrets are masked.
///
/// Masked are the values of environment variables but for a few harmless ones, the values of labels and fields whose
/// names speak of secrets, of options such as `--requirepass`, and names and passwords in URLs. What this can't read it
/// does not give.
package enum Inspection {
  /// Longer ones are not shown, in bytes; usual ones have about 10,000.
  package static let longest = 1 << 20

  /// The JSON of `docker inspect`, masked, a line each; `nil` where it is no JSON, or too long.
  package static func lines(of json: some Collection<UInt8>) -> [String]? {
    guard json.count <= longest, let tree = try? OrderedJSON(json) else { return nil }
    return masked(tree).lines.map { Clean.text($0, limit: longest) }
  }

  /// Fields that hold variables with their values, as a list or an object.
  private static let variables: Set<String> = ["env", "environment"]

  /// Fields that hold paths of the host or container: their colons separate no name from a secret.
  private static let paths: Set<String> = ["Binds", "SandboxKey"]

  static func masked(_ value: OrderedJSON) -> OrderedJSON {
    switch value {
    case .object(let members): return .object(masked(members))
    case .array(let values):
      var text = SecretText()
      return .array(values.map { masked($0, &text) })
    case .text(let string):
      var text = SecretText()
      return .text(text.masked(string))
    case .number, .word: return value
    }
  }

  /// An item of a list; texts are words of one command line.
  private static func masked(_ value: OrderedJSON, _ text: inout SecretText) -> OrderedJSON {
    if case .text(let string) = value { return .text(text.masked(string)) }
    return masked(value)
  }

  private static func masked(_ members: [OrderedJSON.Member]) -> [OrderedJSON.Member] {
    members.map { member in
      var member = member
      switch member.name {
      case let name where paths.contains(name): member.value = withoutURLSecrets(member.value)
      case let name where variables.contains(name.lowercased()): member.value = environment(member.value)
      case "Cmd": member.value = command(member.value, after: members.first { $0.name == "Entrypoint" }?.value)
      case let name where SecretName.isSecret(name): member.value = hidden(member.value)
      default: member.value = masked(member.value)
      }
      // A name is chosen by whoever wrote the file, and may be a mistake.
      member.name = URLSecrets.masked(member.name)
      return member
    }
  }

  private static func environment(_ value: OrderedJSON) -> OrderedJSON {
    switch value {
    case .array(let values): return .array(values.map(environment))
    case .object(let members):
      return .object(
        members.map { member in
          let isHarmless = SecretName.isHarmlessVariable(member.name)
          return .init(name: member.name, value: isHarmless ? masked(member.value) : hidden(member.value))
        })
    case .text(let entry):
      guard let equals = entry.unicodeScalars.firstIndex(of: "=") else { return hidden(value) }
      let name = String(entry.unicodeScalars[..<equals])
      let content = OrderedJSON.text(String(entry.unicodeScalars[equals...].dropFirst()))
      guard case .text(let shown) = SecretName.isHarmlessVariable(name) ? masked(content) : hidden(content) else {
        return hidden(value)
      }
      return .text("\(name)=\(shown)")
    case .number, .word: return hidden(value)
    }
  }

  /// What an entry point ends with may be an option whose value is the command's first word.
  private static func command(_ value: OrderedJSON, after entryPoint: OrderedJSON?) -> OrderedJSON {
    var text = SecretText()
    if case .array(let words)? = entryPoint { for word in words { _ = masked(word, &text) } }
    guard case .array(let words) = value else { return masked(value) }
    return .array(words.map { masked($0, &text) })
  }

  /// Nothing of it but its shape.
  private static func hidden(_ value: OrderedJSON) -> OrderedJSON {
    switch value {
    case .object(let members): .object(members.map { .init(name: $0.name, value: hidden($0.value)) })
    case .array(let values): .array(values.map(hidden))
    case .text(let text): text.isEmpty ? value : .text(SecretText.mask)
    case .number: .text(SecretText.mask)
    case .word: value
    }
  }

  private static func withoutURLSecrets(_ value: OrderedJSON) -> OrderedJSON {
    switch value {
    case .array(let values): .array(values.map(withoutURLSecrets))
    case .text(let text): .text(URLSecrets.masked(text))
    default: masked(value)
    }
  }
}

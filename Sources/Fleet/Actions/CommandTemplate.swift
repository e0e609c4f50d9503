/// A command line for a shell with places for values, such as `docker exec {container} wp cache flush`.
///
/// A value becomes one word by `ShellWord`, which only holds where a word can stand. So a template with places is taken
/// only as far as it can be told for certain what is quoted in it: of the shell's language it may have words, plain
/// quotes, `$(…)` outside them, `$NAME` and `${NAME}`, and nothing of what `CommandTemplateReading` refuses.
package struct CommandTemplate: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    case text(String)
    /// The name of a value.
    case value(String)
  }

  package let pieces: [Piece]

  /// Reads a template.
  /// - Parameters:
  ///   - names: of the values that it may have places for.
  ///   - others: of those that it may not have, with the reason.
  package init(_ text: String, names: [String], others: [String: String] = [:]) throws(CommandFault) {
    var reading = CommandTemplateReading(text, names: names, others: others)
    pieces = try reading.read()
  }

  /// The names of its values, each once, in their order.
  package var names: [String] {
    pieces.reduce(into: []) { names, piece in
      if case .value(let name) = piece, !names.contains(name) { names.append(name) }
    }
  }

  /// The command line with these values, each quoted as one word; a value that is not there is empty.
  package func line(_ values: [String: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .value(let name): ShellWord.quoted(values[name] ?? "")
      }
    }.joined()
  }
}

/// Why a text is no command line that values can be put into, in one sentence.
package struct CommandFault: Error, Hashable, Sendable {
  package var message: String
}

import Surface

/// The keys that the bottom line offers at one place.
package enum Footer {
  package struct Hint: Hashable, Sendable {
    package var command: CommandID
    /// The command's first key.
    package var key: String
    package var title: String
  }

  /// What to offer, the most useful first; the caller shows as many as there is room for.
  ///
  /// A command without a key is left out, and one that is unavailable is for the caller to leave out.
  package static func hints(of keymap: Keymap, at scope: Scope) -> [Hint] {
    let commands = Command.table.filter { $0.hint != nil && $0.scope.overlaps(scope) }
    return commands.sorted { ($0.hint ?? 0) < ($1.hint ?? 0) }.compactMap { command in
      // In a prompt, a key that edits text is no command: offer the first that is one.
      let usable = keymap[command.id].first { !(scope == .prompt && $0.keys.first?.editsText ?? true) }
      return usable.map { Hint(command: command.id, key: $0.notation, title: command.title) }
    }
  }
}

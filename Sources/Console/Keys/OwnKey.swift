package import Fleet

/// The key of one of the operator's own commands.
package struct OwnKey: Hashable, Sendable {
  /// The command's place in the fleet file.
  package var command: Int
  package var sequence: KeySequence
  package var scope: Scope

  /// Those of all commands that have one; their notation was checked when the fleet file was read.
  package static func all(of commands: [OwnCommand]) -> [OwnKey] {
    commands.enumerated().compactMap { index, command in
      guard let key = command.key, let sequence = try? KeySequence(notation: key) else { return nil }
      return OwnKey(command: index, sequence: sequence, scope: command.scope.places)
    }
  }
}

extension OwnCommand.Scope {
  /// Where its commands apply.
  package var places: Scope {
    switch self {
    case .container: .container
    case .host: [.list, .detail]
    case .project: [.sites, .containers, .caches, .detail]
    }
  }
}

extension OwnCommandRules {
  /// What the console itself has.
  /// - Parameter keymap: the one in use; `nil` where no key will be pressed.
  package static func console(_ keymap: Keymap?) -> OwnCommandRules {
    OwnCommandRules(names: CommandID.allCases.map(\.rawValue)) { command, before in
      guard let notation = command.key else { return nil }
      do throws(KeyFault) {
        let sequence = try KeySequence(notation: notation)
        return clash(sequence, of: command, with: before) ?? keymap.flatMap { clash(sequence, of: command, with: $0) }
      } catch {
        return error.message
      }
    }
  }

  private static func clash(_ key: KeySequence, of command: OwnCommand, with before: [OwnCommand]) -> String? {
    for other in OwnKey.all(of: before)
    where other.sequence.clashes(with: key) && other.scope.overlaps(command.scope.places) {
      return "\(words(key, other.sequence)) the key of \(before[other.command].id); give one of them another key"
    }
    return nil
  }

  private static func clash(_ key: KeySequence, of command: OwnCommand, with keymap: Keymap) -> String? {
    for other in Command.table where other.scope.overlaps(command.scope.places) {
      for theirs in keymap[other.id] where theirs.clashes(with: key) {
        return "\(words(key, theirs)) the key of \(other.id.rawValue) in the keymap \(keymap.name); give this command "
          + "another"
      }
    }
    return nil
  }

  private static func words(_ mine: KeySequence, _ theirs: KeySequence) -> String {
    mine == theirs
      ? "\(mine.notation) is also"
      : "\(mine.notation) and \(theirs.notation) begin alike, and \(theirs.notation) is"
  }
}

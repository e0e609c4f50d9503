package import Fleet

/// Whether this console may change anything on a host.
package enum Access: Hashable, Sendable {
  /// For good: no changing command is offered at all.
  case readOnly
  /// Until the key that unlocks it is pressed.
  case locked
  /// `nil`: for good.
  case unlocked(until: Moment?)

  package var isUnlocked: Bool { if case .unlocked = self { true } else { false } }
}

extension Model {
  /// Whether a command is offered at all: in keys, footer, menus, palette and help.
  package func offers(_ command: CommandID) -> Bool {
    access != .readOnly || (command.action == nil && !Self.forActing.contains(command))
  }

  private static let forActing: Set<CommandID> = [.lockToggle, .markToggle, .markClear, .operationShow]

  mutating func toggleLock() {
    switch access {
    case .readOnly: break
    case .unlocked:
      access = .locked
      say("locked: nothing can be changed")
    case .locked:
      access = .unlocked(until: now + fleet.actions.unlockedFor)
      say("unlocked for \(fleet.actions.unlockedFor.short): every change still shows its commands first")
    }
  }

  /// Locks the console again when its time is over; what runs goes on.
  mutating func expireAccess() {
    guard case .unlocked(let end?) = access, end <= now else { return }
    access = .locked
    say("locked again after \(fleet.actions.unlockedFor.short)")
  }

  /// What the header says of it; empty where there is nothing to say.
  var accessWords: String {
    switch access {
    case .readOnly: "read-only"
    case .locked: "locked"
    case .unlocked(nil): "UNLOCKED"
    case .unlocked(let end?): "UNLOCKED \(max(.zero, end - now + .milliseconds(999)).short)"
    }
  }

  /// Why a changing command can't be done now; `nil` where it can.
  func lockReason(_ command: CommandID) -> String? {
    command.action == nil ? nil : lockReason
  }

  /// Why nothing can be changed now; `nil` where it can.
  var lockReason: String? {
    switch access {
    case .readOnly: return "this console is read-only"
    case .locked: return "locked: \(keymap.hint(for: .lockToggle) ?? ":lock.toggle") unlocks it"
    case .unlocked: return nil
    }
  }
}

/// What the operator said of acting on the fleet: `actions` in the fleet file.
package struct ActionSettings: Hashable, Sendable {
  /// Whether nothing can be changed until a key unlocks it.
  package var startsLocked = true
  /// How long an unlocked console stays so; 1 min to 12 h.
  package var unlockedFor: Duration = .seconds(15 * 60)
  /// How many hosts an action runs on side by side; 1 to 20.
  package var batch = 1
  /// Between two batches; up to 1 h.
  package var pause: Duration = .zero
  /// Classes of danger that differ from the usual ones.
  package var dangers: [ActionName: Danger] = [:]
  /// Whether production makes each action one class more dangerous.
  package var raisesInProduction = true

  package init() {}

  /// What is asked before an action there.
  package func danger(of action: ActionName, in environment: Environment) -> Danger {
    var usual = dangers[action] ?? action.danger
    // The fleet file can't say otherwise; a value made elsewhere can't either.
    if action.deletesData { usual = max(usual, action.danger) }
    return danger(usual, in: environment)
  }

  /// What is asked before something that is usually of that class.
  package func danger(_ usual: Danger, in environment: Environment) -> Danger {
    environment == .prod && raisesInProduction ? usual.raised : usual
  }
}

/// The roll call of containers after a (re)connection: those that are not named again are gone.
///
/// The sampler names every container when it begins, over one or several frames. The call is over at the first frame
/// before which no more were named. On a host without containers it is over after a few frames without any.
struct Roll: Sendable {
  private static let patience = 5

  private var unconfirmed: Set<String> = []
  private var isOpen = false
  private var hasHeardAny = false
  private var hasHeardSinceFrame = false
  private var quietFrames = 0

  mutating func begin(_ known: some Sequence<String>) {
    self = Roll()
    unconfirmed = Set(known)
    isOpen = true
  }

  mutating func confirm(_ id: String) {
    guard isOpen else { return }
    unconfirmed.remove(id)
    hasHeardAny = true
    hasHeardSinceFrame = true
  }

  /// The containers that did not answer, once the call is over: each only once.
  /// - Parameter isListed: whether the host can list its containers at all; while it can't, nobody is gone.
  mutating func endFrame(isListed: Bool) -> Set<String> {
    guard isOpen, isListed else { return [] }
    if hasHeardSinceFrame {
      hasHeardSinceFrame = false
      return []
    }
    quietFrames += 1
    guard hasHeardAny || quietFrames >= Self.patience else { return [] }
    defer { self = Roll() }
    return unconfirmed
  }
}

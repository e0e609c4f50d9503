internal import Fleet
internal import Glibc

/// A child that was told to end: asked by SIGTERM at one moment, killed at a later one, and reaped.
struct Ending {
  let child: Child
  private let asking: Moment
  private let killing: Moment
  private var isAsked = false
  private var isKilled = false
  private var lookAt: Moment
  /// Between two looks whether it has ended: pipes do not tell, where somebody else holds them open.
  private var pause = Duration.milliseconds(20)

  private static let longestPause = Duration.seconds(1)

  init(_ child: Child, asking: Moment, killing: Moment) {
    self.child = child
    self.asking = asking
    self.killing = killing
    lookAt = asking
    child.closeInput()
  }

  /// When it wants a turn; always after the last turn.
  var deadline: Moment {
    var next = lookAt
    if !isAsked { next = min(next, asking) }
    if !isKilled { next = min(next, killing) }
    return next
  }

  /// Whether it has ended; asks and kills it when that is due. What it still prints is thrown away.
  mutating func turn(_ ready: Ready, at now: Moment) -> Bool {
    _ = child.turn(ready)
    if child.reap(endingGroup: true) != nil {
      child.abandon()
      return true
    }
    if !isAsked, now >= asking {
      isAsked = true
      child.signal(SIGTERM)
      // One that is stopped answers nothing else.
      child.signal(SIGCONT)
    }
    if !isKilled, now >= killing {
      isKilled = true
      child.signal(SIGKILL)
    }
    if now >= lookAt {
      lookAt = now + pause
      pause = min(pause * 2, Self.longestPause)
    }
    return false
  }
}

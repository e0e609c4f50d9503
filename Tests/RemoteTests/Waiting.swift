import Fleet
import Remote

/// A condition that did not come true in time.
struct Impatience: Error, CustomStringConvertible {
  var description: String
}

/// Runs a loop as the console does, until `condition` gives something.
/// - Parameters:
///   - interests: what to poll for.
///   - turn: takes what is ready.
@MainActor func loop<Value>(
  until what: String, limit: Duration = .seconds(30), interests: () -> [Interest],
  turn: (Ready, Moment) -> Void, condition: () -> Value?
) throws -> Value {
  let clock = Clock()
  let end = clock.now() + limit
  while clock.now() < end {
    if let value = condition() { return value }
    let ready = Poller.wait(interests(), timeout: .milliseconds(20))
    turn(ready, clock.now())
  }
  throw Impatience(description: "no \(what) within \(limit)")
}

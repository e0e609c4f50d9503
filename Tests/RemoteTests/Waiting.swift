import Fleet
import Remote
import Testing

/// A condition that did not come true in time.
struct Impatience: Error, CustomStringConvertible {
  var description: String
}

/// Polls and gives turns until `condition` holds; other tests get their turns in between.
///
/// Of the time between two of its own turns at most 100 ms count toward `limit`: on a busy machine the main actor may be
/// another test's for as long as that, and what comes true meanwhile is seen by nobody.
@MainActor
func wait(
  for what: String, limit: Duration = .seconds(60), interests: () -> [Interest] = { [] },
  turn: (Ready) throws -> Void = { _ in }, evidence: () -> String = { "" }, until condition: () throws -> Bool
) async throws {
  var waited = Duration.zero
  var last = ContinuousClock.now
  while try !condition() {
    let now = ContinuousClock.now
    waited += min(now - last, .milliseconds(100))
    last = now
    guard waited < limit else { throw Impatience(description: "no \(what) within \(limit): \(evidence())") }
    try turn(Poller.wait(interests(), timeout: .milliseconds(10)))
    await Task.yield()
  }
}

/// All that a program printed, and how it ended.
struct Outcome {
  var lines: [String]
  var errors: String
  var status: Remote.ExitStatus
}

@MainActor
extension Child {
  /// Waits until it has ended.
  func outcome(limit: Duration = .seconds(60)) async throws -> Outcome {
    var lines: [[UInt8]] = []
    try await wait(
      for: "end of process \(process)", limit: limit, interests: { interests }, turn: { lines += self.turn($0) },
      until: { reap() != nil })
    lines += takeRest()
    if !unfinished.isEmpty { lines.append(unfinished) }
    return Outcome(
      lines: lines.map { String(decoding: $0, as: UTF8.self) }, errors: String(decoding: errors, as: UTF8.self),
      status: try #require(status))
  }

  /// Runs a program to its end, with nothing on its standard input.
  static func run(_ arguments: [String]) async throws -> Outcome {
    let child = try Child(arguments)
    child.closeInput()
    return try await child.outcome()
  }
}

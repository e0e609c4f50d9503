import Fleet
import Glibc
import Remote
import Testing

/// The servers of `visited.py`, by their names, for as long as this is kept.
final class Visited {
  /// Where the certificate of the authority lies.
  var authorities: String { folder + "/ca.pem" }
  private let folder: String
  private let child: Child
  private var ports: [String: Int] = [:]

  init() async throws {
    let template = strdup("/tmp/visited-XXXXXX")
    defer { free(template) }
    folder = try #require(template.flatMap { mkdtemp($0) }.map { String(cString: $0) })
    let script = "\(#filePath)".dropLast("Visited.swift".count) + "visited.py"
    child = try Child(["python3", String(script), folder])
    try await wait(
      for: "servers", interests: { child.interests }, turn: { take(child.turn($0)) },
      evidence: { String(decoding: child.errors, as: UTF8.self) }, until: { ports["ready"] != nil })
  }

  isolated deinit {
    child.signal(SIGKILL)
    child.reap()
    if let remover = try? Child(["rm", "-rf", folder]) { while remover.reap() == nil { sched_yield() } }
  }

  func port(_ name: String) throws -> Int { try #require(ports[name]) }

  private func take(_ lines: [[UInt8]]) {
    for line in lines {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      if words.count == 2, let port = Int(words[1]) { ports[String(words[0])] = port }
    }
  }
}

/// Polls and gives turns until `condition` holds; other tests get their turns in between.
///
/// Of the time between two of its own turns at most 100 ms count toward `limit`: on a busy machine the main actor may be
/// another test's for as long as that, and what comes true meanwhile is seen by nobody.
func wait(
  for what: String, limit: Duration = .seconds(60), interests: () -> [Interest], turn: (Ready) throws -> Void,
  evidence: () -> String = { "" }, until condition: () throws -> Bool
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

/// A condition that did not come true in time.
struct Impatience: Error, CustomStringConvertible {
  var description: String
}

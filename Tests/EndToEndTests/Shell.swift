import Fleet
import Glibc

/// What a command printed, and how it ended.
struct Outcome {
  var status: Int32
  var output: String
}

/// Runs a command line by `/bin/sh`, waiting for it; standard error comes with the output.
@discardableResult
func shell(_ line: String) -> Outcome {
  guard let pipe = popen("{ \(line)\n} 2>&1", "r") else { return Outcome(status: -1, output: "popen failed") }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&chunk, 1, chunk.count, pipe)
    if count == 0 { break }
    bytes.append(contentsOf: chunk[..<count])
  }
  let status = pclose(pipe)
  return Outcome(status: (status >> 8) & 0xFF, output: String(decoding: bytes, as: UTF8.self))
}

@discardableResult
func run(_ arguments: String...) -> Outcome { shell(ShellWord.line(arguments)) }

/// A condition that did not come true in time.
struct Impatience: Error, CustomStringConvertible {
  var description: String
}

/// Waits until `condition` gives something, looking ten times a second.
/// - Throws: `Impatience` with what `what` says and what `evidence` shows, after `limit`.
func wait<Value>(
  for what: String, limit: Duration = .seconds(20), evidence: () -> String = { "" },
  until condition: () throws -> Value?
) async throws -> Value {
  let end = ContinuousClock.now + limit
  while true {
    if let value = try condition() { return value }
    guard ContinuousClock.now < end else {
      throw Impatience(description: "no \(what) within \(limit); seen last:\n\(evidence())")
    }
    try await Task.sleep(for: .milliseconds(100))
  }
}

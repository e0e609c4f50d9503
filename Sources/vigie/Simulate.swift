import Fleet
import Glibc
import Remote
import Telemetry

/// Speaks the stream of an invented host, heeding orders, until the end of input.
func simulate(_ arguments: Arguments, name: String) -> Int32 {
  let clock = Clock()
  let token = Files.variable("VIGIE_SAMPLER") ?? ""
  var interval = arguments.interval
  var simulation = Simulation(
    host: name, containers: arguments.containers, seed: arguments.seed, start: clock.now(), interval: interval)
  func say(_ lines: [String]) -> Bool {
    Files.write(lines.map { $0 + "\n" }.joined(), to: STDOUT_FILENO)
  }
  guard say(simulation.opening(token: token)) else { return 0 }
  var due = clock.now()
  var orders = LineSplitter()
  while true {
    let now = clock.now()
    if now >= due {
      guard say(simulation.next(at: now)) else { return 0 }
      due = max(due + interval, now)
    }
    let ready = Poller.wait([Interest(descriptor: STDIN_FILENO, events: .read)], timeout: due - clock.now())
    guard ready.canRead(STDIN_FILENO) else { continue }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &chunk, chunk.count)
    guard count > 0 else { return 0 }
    for line in orders.split(chunk[..<count]) {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      switch words.first {
      case "end": return 0
      case "now": due = clock.now()
      case "interval":
        if let milliseconds = words.dropFirst().first.flatMap({ Int64($0) }), milliseconds >= 100 {
          interval = .milliseconds(milliseconds)
        }
      default: break
      }
    }
  }
}

import Fleet
import Telemetry

/// A first line that a decoder without a token takes.
let helloLine = "vigie-stream 1 token=t0 host=web1 boot=b1 kernel=6.1.0 pid=812 cgroup=2 interval=2000"

extension StreamDecoder {
  mutating func decode(text: String) -> [StreamEvent] { decode(Array(text.utf8)) }

  /// What the lines give after a first line, whose event is left out.
  static func events(_ lines: [String]) -> [StreamEvent] {
    var decoder = StreamDecoder()
    _ = decoder.decode(text: helloLine)
    return lines.flatMap { decoder.decode(text: $0) }
  }

  static func frame(_ lines: [String]) -> RawFrame? {
    let events = events(["= 7 1700000000.123456 4242.50"] + lines + ["."])
    guard case .frame(let frame) = events.last else { return nil }
    return frame
  }
}

extension StreamEvent {
  var isGarbage: Bool {
    if case .garbage = self { true } else { false }
  }
}

extension Moment {
  static func seconds(_ seconds: Double) -> Moment {
    Moment(milliseconds: 1_700_000_000_000 + Int64(seconds * 1000))
  }
}

/// Every scalar that must never reach a screen.
func holdsControl(_ text: String) -> Bool {
  text.unicodeScalars.contains { $0.properties.generalCategory == .control || $0.properties.generalCategory == .format }
}

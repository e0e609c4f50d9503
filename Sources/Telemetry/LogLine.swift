/// One line of a container's log, as `docker logs --timestamps` prints it.
package struct LogLine: Hashable, Sendable {
  /// When the engine took the line in, as it writes it (RFC 3339); empty where the line has none: it is Docker's own,
  /// or the rest of a line that has more than one.
  package var stamp: String
  /// Cleaned.
  package var text: String

  package init(stamp: String = "", text: String) {
    self.stamp = stamp
    self.text = text
  }

  package init(_ bytes: [UInt8]) {
    let end = Self.endOfStamp(bytes)
    stamp = String(decoding: bytes[..<end], as: UTF8.self)
    text = Clean.text(bytes[min(bytes.count, end > 0 ? end + 1 : 0)...])
  }

  /// As in `2026-11-24T15:02:45.247803418Z`, or with an offset such as `+02:00`; zero where the line begins otherwise.
  private static func endOfStamp(_ bytes: [UInt8]) -> Int {
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[10] == 0x54, bytes[13] == 0x3A else { return 0 }
    let end = bytes.prefix(40).firstIndex(of: 0x20) ?? bytes.count
    let isStamp = bytes[..<end].allSatisfy { 0x30...0x39 ~= $0 || "-+:.TZ".utf8.contains($0) }
    return isStamp && 20...35 ~= end ? end : 0
  }
}

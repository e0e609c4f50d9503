import Fleet
import Glibc
import Surface
import Telemetry
import Testing

@testable import Console

/// The page of a container's inspection.
struct `An inspection's page` {
  /// What Docker said of a real container with made-up secrets, as bytes; see `Tests/TelemetryTests/Inspections`.
  static let recorded: [UInt8] = {
    let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
    guard let file = fopen(folder + "/TelemetryTests/Inspections/secrets.json", "r") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
  }()

  static func open(_ desk: inout Desk) {
    desk.press("Tab", "g", "I")
    let number = desk.model.reading?.number ?? 0
    desk.take(.reading(number, .document(Inspection.lines(of: recorded))))
  }

  private func opened() -> Desk {
    var desk = Desk()
    desk.report(["web-1"])
    Self.open(&desk)
    return desk
  }

  @Test func `shows the document from its beginning, once and for all`() {
    var desk = opened()
    #expect(
      desk.lines[1].contains(" inspection on web-1 (prod) 261 lines ") && desk.lines[1].contains("secrets masked"))
    #expect(desk.lines[2].hasPrefix("│["))
    desk.take(.link(HostName("web-1"), .backingOff(until: desk.now, attempt: 1, reason: "it does not answer")))
    desk.wait(60)
    #expect(desk.model.reading?.number == 1 && desk.lines[2].hasPrefix("│["))
    desk.press("G")
    #expect(desk.lines[21].hasPrefix("│]"))
    #expect(desk.press("f", "T", "+") == [] && desk.model.reading?.page.anchor == .following)
  }

  @Test func `copies all of it, whatever is looked for, without a secret`() throws {
    var desk = opened()
    desk.press("/", "E", "n", "v", "Enter")
    guard case .copy(let text)? = desk.press("y").first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(try #require(Inspection.lines(of: Array(text.utf8))).joined(separator: "\n") + "\n" == text)
    #expect(text.contains("\"REDIS_PASSWORD=***\"") && !text.contains("hunter"))
    #expect(desk.text.contains("copied 261 lines"))
  }

  @Test func `goes from match to match, and keeps the lines around them`() {
    var desk = opened()
    desk.press("/", "h", "e", "a", "l", "t", "h", "Enter")
    #expect(desk.lines[22].contains(" /health 3 matches "))
    #expect(desk.lines[5].contains("\"Health\": {"))
    desk.press("n", "n")
    #expect(desk.lines[5].contains("\"Healthcheck\": {"))
    desk.press("n")
    #expect(desk.text.contains("there is no further match of /health"))
    desk.press("N", "N")
    #expect(desk.lines[5].contains("\"Health\": {"))
    desk.press("/", "Ctrl-u", "x", "y", "z", "Enter", "n")
    #expect(desk.text.contains("nothing matches /xyz"))
    desk.press("/", "Ctrl-u", "Enter", "n")
    #expect(desk.text.contains("nothing is searched for: / asks for a text"))
  }

  @Test func `shows nothing that could not be masked`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "g", "I")
    desk.take(.reading(1, .document(Inspection.lines(of: Self.recorded.dropLast(9)))))
    #expect(desk.text.contains("what Docker said can't be read as JSON, so its secrets can't be masked"))
    #expect(desk.model.reading?.page.lines.isEmpty == true)
    #expect(desk.press("y") == [] && desk.text.contains("there is nothing to copy"))
  }

  @Test func `says why there is none`() {
    var desk = Desk()
    desk.report(["web-1"])
    desk.press("Tab", "g", "I")
    desk.take(.reading(1, .ended(.exited(status: 124, words: ""))))
    #expect(desk.text.contains("Docker on web-1 did not answer within 20 seconds; it is tried again in 2s"))
    desk.take(.reading(1, .ended(.refused(reason: "a recording is played: there is no host to ask", isFinal: true))))
    #expect(desk.text.contains("a recording is played"))
  }
}

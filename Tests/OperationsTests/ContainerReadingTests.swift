import Testing

@testable import Operations

struct `Reading a container` {
  private let id = String(repeating: "ab12", count: 16)

  @Test(
    arguments: [
      (LogWindow.lines, nil, "--tail 1000"),
      (.quarter, nil, "--tail 5000 --since 15m"),
      (.day, nil, "--tail 5000 --since 24h"),
      (.lines, "2026-11-24T15:02:45.247803418Z", "--tail 5000 --since 2026-11-24T15:02:45.247803418Z"),
    ] as [(LogWindow, String?, String)]) func `follows the log`(_ window: LogWindow, _ since: String?, _ words: String)
    throws
  {
    let line = try ContainerReading.log(of: id, window, since: since, sudo: false)
    #expect(line.hasPrefix("exec bash -c '"))
    #expect(line.hasSuffix("' vigie docker logs --follow --timestamps \(words) \(id)"))
  }

  @Test func `goes by sudo where the host needs it, with the watch that must end it`() throws {
    #expect(try ContainerReading.log(of: id, .lines, since: nil, sudo: true).hasPrefix("exec sudo -n bash -c '"))
    #expect(try ContainerReading.inspection(of: id, sudo: true).hasPrefix("exec sudo -n bash -c '"))
  }

  @Test func `inspects it, and does not wait for ever`() throws {
    let line = try ContainerReading.inspection(of: id, sudo: false)
    #expect(line.hasSuffix("' vigie timeout -k 2 20 docker inspect --type container \(id)"))
  }

  @Test(arguments: ["", "web-1", "--help", "ab12;reboot", "AB12", "ab12 "])
  func `asks for nothing but an identifier`(_ id: String) {
    #expect(throws: Unavailable.self) { try ContainerReading.log(of: id, .lines, since: nil, sudo: false) }
    #expect(throws: Unavailable.self) { try ContainerReading.inspection(of: id, sudo: false) }
  }

  @Test func `has windows from the shortest to the longest`() {
    #expect(LogWindow.lines.moved(by: 1) == .quarter)
    #expect(LogWindow.lines.moved(by: -1) == nil)
    #expect(LogWindow.day.moved(by: 1) == nil)
  }
}

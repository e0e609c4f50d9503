import Fleet
import Telemetry
import Testing

@Suite struct StreamDecoderTests {
  @Test func `the first line says who speaks`() {
    var decoder = StreamDecoder(token: "t0")
    let hello = Hello(
      version: 1, token: "t0", hostname: "web1", bootID: "b1", kernel: "6.1.0", processID: 812, cgroupVersion: 2,
      interval: .seconds(2))
    #expect(decoder.decode(text: helloLine) == [.hello(hello)])
  }

  @Test func `what comes before the first line is ignored`() {
    var decoder = StreamDecoder(token: "secret")
    for banner in ["Welcome!", "= 1 1.0 1.0", ".", helloLine, "vigie-stream 1", "bye", "\u{1B}[31m"] {
      #expect(decoder.decode(text: banner) == [])
    }
    let real = helloLine.split(separator: "t0").joined(separator: "secret")
    #expect(decoder.decode(text: real).count == 1)
    #expect(decoder.decode(text: "bye now") == [.farewell("now")])
    #expect(decoder.decode(text: helloLine).allSatisfy { $0.isGarbage })
  }

  @Test(arguments: [
    "vigie-stream", "vigie-stream x pid=9 interval=1", "vigie-stream 1 pid=0 interval=2000",
    "vigie-stream 1 pid=-5 interval=2000", "vigie-stream 1 pid=9", "vigie-stream 1 pid=9 interval=0",
    "vigie-stream 99999999999999999999 pid=9 interval=2000",
  ])
  func `a first line that nothing can be done with opens nothing`(_ line: String) {
    var decoder = StreamDecoder()
    #expect(decoder.decode(text: line) == [])
    #expect(decoder.decode(text: "bye") == [])
  }

  @Test func `capabilities come with their reason`() {
    #expect(
      StreamDecoder.events(["can docker yes", "can redis no The password is unknown.", "can fly yes", "can sudo"]) == [
        .capability(Capability(name: .docker, isAvailable: true)),
        .capability(Capability(name: .redis, isAvailable: false, reason: "The password is unknown.")),
        .garbage("can fly yes"), .garbage("can sudo"),
      ])
  }

  @Test func `file systems come as one list`() {
    let events = StreamDecoder.events([
      "fs /dev/sda1 ext4 1000 600 300 /", "fs /dev/sdb1 xfs 2000 100 1900 /mnt/a\\040b",
      "fs tmpfs tmpfs - - - /run", "fs-end", "fs-end",
    ])
    #expect(
      events == [
        .garbage("fs tmpfs tmpfs - - - /run"),
        .filesystems([
          FilesystemFigures(
            mount: "/", device: "/dev/sda1", used: ByteCount(600), total: ByteCount(1000), available: ByteCount(300)),
          FilesystemFigures(
            mount: "/mnt/a b", device: "/dev/sdb1", used: ByteCount(100), total: ByteCount(2000),
            available: ByteCount(1900)),
        ]),
        .filesystems([]),
      ])
  }

  @Test func `the small lines`() {
    #expect(
      StreamDecoder.events(["gone abc", "dropped 12", "dropped -1", "bye The host stops.", "", "\r"]) == [
        .containerGone(id: "abc"), .dropped(count: 12), .dropped(count: -1), .farewell("The host stops."),
      ])
  }

  @Test(arguments: [
    "gone", "dropped", "dropped x", "dropped 99999999999999999999", "container {", "container []", "container",
    "journal {}", "event", "event 5", "redis", "what is this", "cpu 1 2 3 4 5 6 7 8", ".", "c abc cpu=1",
    "container {\"id\":\"a\",\"name\":\"b\",\"state\":\"melted\"}",
  ])
  func `what the protocol does not know is kept apart`(_ line: String) {
    #expect(StreamDecoder.events([line]) == [.garbage(line)])
  }

  @Test func `a carriage return of a terminal is no part of the line`() {
    #expect(StreamDecoder.events(["bye now\r"]) == [.farewell("now")])
  }

  @Test func `a line that was cut is not trusted`() {
    let cut = "bye " + String(repeating: "x", count: 90_000)
    let events = StreamDecoder.events([cut])
    #expect(events.count == 1 && events.allSatisfy { $0.isGarbage })
  }
}

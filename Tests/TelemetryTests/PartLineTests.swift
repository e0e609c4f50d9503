import Fleet
import Telemetry
import Testing

/// Lines written by hand, as docs/protocol.md says; those of real hosts are in FixtureTests.
@Suite struct PartLineTests {
  private func reading(_ line: String) -> PartReading? {
    guard case .part(let reading)? = StreamDecoder.events([line]).first else { return nil }
    return reading
  }

  @Test(arguments: PartKind.allCases)
  func `an answer has a container, a kind and fields`(_ kind: PartKind) {
    let id = PartID(containerID: "abc", kind: kind)
    #expect(
      reading("part abc \(kind.rawValue) active=3 pool=www empty=")
        == PartReading(id: id, fields: ["active": "3", "pool": "www", "empty": ""]))
    #expect(
      reading("part abc \(kind.rawValue) error it refuses; set pm.status_path")
        == PartReading(id: id, problem: "it refuses; set pm.status_path"))
  }

  @Test func `spaces in names and values are octal, and controls in them are cleaned`() {
    let reading = reading(#"part abc traefik service:a\040b=5/0 x=\033[31mred\134\012end y=\9 z=a=b"#)
    #expect(
      reading?.fields == ["service:a b": "5/0", "x": "red\\ end", "y": "\\9", "z": "a=b"])
  }

  @Test func `no more fields than a part can have, and none that is too long`() throws {
    let many = (0..<500).map { "k\($0)=\($0)" }.joined(separator: " ")
    #expect(reading("part abc fpm " + many)?.fields.count == 100)
    let long = String(repeating: "x", count: 5000)
    let field = try #require(reading("part abc fpm \(long)=\(long)")?.fields.first)
    #expect(field.key.count <= 128 && field.value.count <= 512)
    #expect(reading("part \(long) fpm a=1")?.id.containerID.count == 128)
    #expect(reading("part abc fpm error \(long)")?.problem?.count == 512)
  }

  @Test func `an error without a reason is one still`() {
    #expect(reading("part abc fpm error")?.problem == "it does not say why it has no answer")
  }

  @Test(arguments: [
    "part", "part abc", "part abc fpm", "part abc oracle a=1", "part abc FPM a=1", "part abc fpm =1 word", "answer",
    "answer -", "answer-end -",
  ])
  func `what is no answer is kept apart`(_ line: String) {
    #expect(StreamDecoder.events([line]) == [.garbage(line)])
  }

  @Test func `an answer on demand comes line by line, and ends`() {
    #expect(
      StreamDecoder.events([
        "answer - disk Images  4 of 9", "answer - processes   9.5 %", "answer abc slowlog", "answer-end abc slowlog",
      ]) == [
        .answer(PartAnswer(containerID: "", question: "disk", text: "Images  4 of 9")),
        .answer(PartAnswer(containerID: "", question: "processes", text: "  9.5 %")),
        .answer(PartAnswer(containerID: "abc", question: "slowlog", text: "")),
        .answer(PartAnswer(containerID: "abc", question: "slowlog", text: nil)),
      ])
  }

  @Test func `a part does no harm to the frame around it`() {
    let events = StreamDecoder.events(["= 1 1.0 1.0", "part a fpm active=1", "load 1.0 1.0 1.0 1/2 3", "."])
    #expect(events.count == 2)
    guard case .frame(let frame) = events.last else {
      Issue.record("no frame")
      return
    }
    #expect(frame.load?.one == 1)
  }

  @Test func `a container says its role, and the ports that it exposes`() {
    func facts(_ fields: String) -> ContainerFacts? {
      let line = #"container {"id":"a","name":"/a","image":"php:8.2-fpm","state":"running"\#(fields)}"#
      guard case .container(let facts)? = StreamDecoder.events([line]).first else { return nil }
      return facts
    }
    let told = facts(#","role":"php","exposed":{"9000/tcp":{},"443/tcp":{}}"#)
    #expect(told?.roleLabel == "php")
    #expect(told?.exposed == ["443/tcp", "9000/tcp"])
    for nothing in ["", #","role":null,"exposed":null"#, #","role":7,"exposed":[]"#, #","role":"","exposed":{}"#] {
      #expect(facts(nothing)?.roleLabel == nil && facts(nothing)?.exposed == [])
    }
    let many = (0..<500).map { "\"\($0)/tcp\":{}" }.joined(separator: ",")
    #expect(facts(",\"exposed\":{\(many)}")?.exposed.count == 64)
  }
}

import Fleet
import Testing

@Suite struct SettingsReaderTests {
  private enum Colour: String, CaseIterable { case red, green }

  private func reader(_ text: String) throws -> SettingsReader {
    SettingsReader(try SettingsDocument(text, file: "f"))
  }

  @Test func `right values are read without a problem`() throws {
    var reader = try reader(
      "{ t: 'x', n: 1.5, i: 3, b: true, c: 'green', l: ['a', 'b'], o: { t: 'y' }, os: [{ t: 'p' }, { t: 'q' }] }")
    reader.only(["t", "n", "i", "b", "c", "l", "o", "os"])
    #expect(reader.string("t") == "x")
    #expect(reader.number("n", in: 0...2) == 1.5)
    #expect(reader.integer("i", in: 1...3) == 3)
    #expect(reader.bool("b") == true)
    #expect(reader.oneOf("c", Colour.self) == .green)
    #expect(reader.strings("l")?.map(\.text) == ["a", "b"])
    #expect(reader.object("o") { $0.string("t") } == "y")
    #expect(reader.objects("os") { $0.string("t") } == ["p", "q"])
    #expect(reader.keys == ["t", "n", "i", "b", "c", "l", "o", "os"])
    #expect(reader.problems.isEmpty)
    try reader.finish()
  }

  @Test func `what is not there is nil without a problem`() throws {
    var reader = try reader("{}")
    #expect(reader.string("a") == nil)
    #expect(reader.number("a", in: 0...1) == nil)
    #expect(reader.integer("a", in: 0...1) == nil)
    #expect(reader.bool("a") == nil)
    #expect(reader.oneOf("a", Colour.self) == nil)
    #expect(reader.strings("a") == nil)
    #expect(reader.object("a") { $0.keys } == nil)
    #expect(reader.objects("a") { $0.keys } == nil)
    try reader.finish()
  }

  @Test func `all that is wrong is told, in the order of the file`() throws {
    var reader = try reader(
      """
      { n: 3,
        'a key': 1,
        c: 'gren',
        l: ['a', 2],
        o: { in: [{ b: 1 }] },
      }
      """)
    _ = reader.object("o") { $0.objects("in") { $0.bool("b") } }
    _ = reader.strings("l")
    _ = reader.oneOf("c", Colour.self)
    _ = reader.integer("n", in: 1...2)
    reader.only(["n", "c", "l", "o"])
    reader.require("m", "something")
    reader.note("l", 0, "is odd")
    let problems = #expect(throws: Problems.self) { try reader.finish() }
    #expect(
      problems?.description.split(separator: "\n") == [
        "f:1:1: m is missing; expected something",
        "f:1:6: n: expected a whole number from 1 to 2, found 3",
        #"f:2:3: ["a key"]: unknown key; expected c, l, n, o"#,
        #"f:3:6: c: expected "red" or "green", found "gren"; did you mean "green"?"#,
        "f:4:7: l[0]: is odd",
        "f:4:12: l[1]: expected text in quotes, found 2",
        "f:5:18: o.in[0].b: expected true or false, found 1",
      ])
  }

  @Test func `an object with free keys tells those given twice`() throws {
    var reader = try reader("{ 'a.b': 1,\n 'a.b': 2 }")
    reader.noteRepeats()
    #expect(
      reader.problems.map(\.description) == [#"f:2:2: ["a.b"]: the key is given twice, first on line 1; keep one"#])
  }

  @Test(arguments: ["[]", "1", "'a'", "null"])
  func `settings that are no object are told once`(text: String) throws {
    var reader = try reader(text)
    reader.only(["a"])
    _ = reader.string("a")
    #expect(reader.problems.count == 1)
    #expect(reader.problems.first?.message.hasPrefix("expected an object in { }, found ") == true)
  }

  @Test func `nothing in a message can reach a terminal as an order`() throws {
    let hostile = #"\u001B[31m\u009B\u202E\u2028\uE000"#
    var reader = try reader("{ '\(hostile)': 1, c: '\(hostile)' }")
    reader.only(["c"])
    _ = reader.oneOf("c", Colour.self)
    for problem in reader.problems {
      #expect(problem.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
      #expect(problem.description.contains("U+001B[31mU+009BU+202EU+2028U+E000"))
    }
    #expect(reader.problems.count == 2)
  }

  @Test func `a problem without a place names the file alone`() {
    #expect(Problem(file: "f", message: "can't be opened").description == "f: can't be opened")
  }
}

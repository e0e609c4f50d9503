import Fleet
import FoundationEssentials
import Testing

/// Every file of `InvalidSettings` begins with the exact messages that it has to give, one a line, in order.
@Suite struct InvalidSettingsTests {
  static let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/InvalidSettings"

  static var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  @Test func `there are many of them`() throws {
    #expect(try InvalidSettingsTests.names.count >= 60)
  }

  @Test(arguments: try InvalidSettingsTests.names)
  func `a faulty file gives exactly the messages that it names`(name: String) throws {
    let bytes = try Array(Data(contentsOf: URL(filePath: "\(InvalidSettingsTests.folder)/\(name)")))
    let mark = "// expect: "
    let expected = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .prefix { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    let problems = #expect(throws: Problems.self) { try FleetFile.parse(bytes, file: name) }
    #expect(problems?.list.map(\.description) == expected)
  }
}

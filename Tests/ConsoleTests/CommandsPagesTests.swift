import Console
import FoundationEssentials
import Surface
import Testing

struct `Generated pages` {
  /// The top of the repository, from where this file stands in it.
  private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: GeneratedPage.all) func `are as the tables make them`(page: GeneratedPage) throws {
    let file = Self.top.appending(path: page.path)
    if ProcessInfo.processInfo.environment["VIGIE_WRITE_DOCS"] != nil {
      try Data(page.text.utf8).write(to: file)
    }
    let lines = try String(decoding: Data(contentsOf: file), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let made = page.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines == made, "\(page.path) is stale: run `make docs`, and commit it")
  }

  @Test(arguments: GeneratedPage.all.filter { $0.path.hasSuffix(".json") })
  func `schemas are JSON`(page: GeneratedPage) throws {
    #expect(throws: Never.self) { try JSONDecoder().decode([String: Anything].self, from: Data(page.text.utf8)) }
  }

  @Test func `theming names every role`() throws {
    let text = try String(decoding: Data(contentsOf: Self.top.appending(path: "docs/theming.md")), as: UTF8.self)
    for role in Role.allCases { #expect(text.contains("`\(role.rawValue)`"), "docs/theming.md lacks \(role.rawValue)") }
  }
}

/// Any JSON value: that it can be read is all that counts.
private struct Anything: Decodable {
  init(from decoder: any Decoder) throws {}
}

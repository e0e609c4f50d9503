import Fleet
import Glibc
import Testing

@testable import Incidents

/// `docs/incidents.md` says every number that the rules use.
struct DocumentTests {
  private static func page() throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let file = try #require(fopen(root + "/docs/incidents.md", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  @Test func `the page and the rules have the same numbers`() throws {
    let page = try Self.page()
    let sentences = [
      "within \(seconds(Rules.reopening)) is the same one again", "\(Rules.kept) are kept",
      "in the \(seconds(Rules.stopping)) before it", "\(Rules.loopDeaths) such ends within \(seconds(Rules.loopTime))",
      "within \(seconds(Rules.sameEnd)) are one", "has run for \(seconds(Rules.recovered))",
      "ended in the \(seconds(Rules.past)) before",
      "the last \(Rules.pastEntries) entries before it: those of the \(seconds(Rules.pastEntriesTime)) before",
      "at most \(Rules.kindsPerSource) kinds of lines",
      "not known for \(seconds(Rules.unknown))", "did not come again for \(seconds(Rules.quiet))",
      "counted up to \(Rules.countedKinds)",
      "signals \(Rules.reloading.sorted().map(String.init).joined(separator: ", ")) do not count",
      "with at least \(Int(Rules.fewestLookups)) look-up a second",
      "at least \(Rules.fewestRequests) requests a second",
      "a cache of more than \(Rules.leastFragmented.bytes >> 20) MiB",
      "at \(Rules.downLooks) looks in a row, or \(seconds(Rules.downTime)) after one",
    ]
    #expect(sentences.filter { !page.contains($0) } == [])
  }

  @Test func `the page tells of every threshold, and with the time that it waits`() throws {
    let page = try Self.page()
    let rows = ThresholdTable.shipped.rules.map { "| `\($0.key)` | \(seconds($0.standard.hold)) |" }
    #expect(rows.filter { !page.contains($0) } == [])
  }

  @Test func `the page names every kind`() throws {
    let page = try Self.page()
    #expect(IncidentKind.allCases.map(\.rawValue).filter { !page.contains("`\($0)`") } == [])
  }

  private func seconds(_ duration: Duration) -> String { "\(duration.components.seconds) s" }
}

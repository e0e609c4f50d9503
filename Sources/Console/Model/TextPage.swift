import Surface
package import Telemetry

/// Lines that fill a page: a log's last ones, or a document; kept within bounds, and searched by a filter.
package struct TextPage: Sendable {
  /// What is at the top of the page, whatever comes and goes meanwhile.
  package enum Anchor: Hashable, Sendable {
    /// The last line stays in sight.
    case following
    /// That line, by its number, without so many of its rows.
    case line(Int, row: Int)
  }

  /// The kept lines, the oldest first.
  package private(set) var lines: [LogLine] = []
  /// The number of the first kept line: lines are numbered as they come, and keep their numbers.
  package private(set) var first = 0
  package var anchor = Anchor.following
  /// Columns scrolled to the right.
  package var column = 0
  /// As it was typed.
  package private(set) var filterText = ""
  private(set) var filter = Filter("")
  /// The numbers of the lines that the filter accepts; `nil` where there is none.
  package private(set) var matches: [Int]?
  /// The match that was gone to last, by its number.
  var visited: Int?
  private var bytes = 0
  /// Whether what the filter does not accept is left out: the lines of a document mean nothing without the others.
  private let isNarrowed: Bool
  private let mostLines: Int
  private let mostBytes: Int

  package init(isNarrowed: Bool, mostLines: Int, mostBytes: Int = 4 << 20) {
    self.isNarrowed = isNarrowed
    self.mostLines = mostLines
    self.mostBytes = mostBytes
  }

  /// How many lines are to be seen, and the number that the next line will have.
  package var count: Int { isNarrowed ? matches?.count ?? lines.count : lines.count }
  package var next: Int { first + lines.count }

  /// The line at a place among those to be seen.
  package subscript(index: Int) -> LogLine { lines[number(at: index) - first] }

  private func number(at index: Int) -> Int {
    if isNarrowed, let matches { return matches[index] }
    return first + index
  }

  /// How many of the lines to be seen came at or after a number.
  package func count(from number: Int) -> Int { count - index(of: number) }

  /// The place of a line among those to be seen, else of the next one after it.
  private func index(of number: Int) -> Int {
    if isNarrowed, let matches { return Self.place(of: number, in: matches) }
    return max(0, min(number - first, lines.count))
  }

  /// How many of the sorted numbers are smaller.
  private static func place(of number: Int, in sorted: [Int]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  package mutating func append(_ new: [LogLine]) {
    // Of more than is kept, the end only.
    let skipped = max(0, new.count - mostLines)
    if skipped > 0 { removeAll(countingOn: skipped) }
    for line in new[skipped...] {
      let number = next
      if matches != nil, filter.accepts(line.text) { matches?.append(number) }
      lines.append(line)
      bytes += line.size
    }
    var excess = max(0, lines.count - mostLines)
    var freed = lines.prefix(excess).reduce(0) { $0 + $1.size }
    while bytes - freed > mostBytes, excess < lines.count - 1 {
      freed += lines[excess].size
      excess += 1
    }
    guard excess > 0 else { return }
    bytes -= freed
    lines.removeFirst(excess)
    first += excess
    let kept = first
    if let gone = matches?.prefix(while: { $0 < kept }).count { matches?.removeFirst(gone) }
  }

  /// Drops all lines; numbers go on.
  package mutating func removeAll(countingOn skipped: Int = 0) {
    first = next + skipped
    lines = []
    bytes = 0
    if matches != nil { matches = [] }
  }

  /// Takes the last line back.
  package mutating func removeLast() {
    guard let line = lines.popLast() else { return }
    bytes -= line.size
    if matches?.last == next { matches?.removeLast() }
  }

  package mutating func setFilter(_ text: String) {
    filterText = text
    filter = Filter(text)
    visited = nil
    matches = filter.isEmpty ? nil : lines.indices.filter { filter.accepts(lines[$0].text) }.map { first + $0 }
  }

  /// Goes to the match after the one visited last, or before it; the first time from the top of the page on.
  /// - Returns: its place among the lines to be seen; `nil` where there is no further one.
  mutating func visit(forwards: Bool) -> Int? {
    guard let matches, !matches.isEmpty else { return nil }
    var place = Self.place(of: visited ?? top, in: matches)
    if !forwards { place -= 1 } else if let visited, place < matches.count, matches[place] == visited { place += 1 }
    guard matches.indices.contains(place) else { return nil }
    visited = matches[place]
    return index(of: matches[place])
  }

  /// The number of the line at the top of the page.
  private var top: Int {
    if case .line(let number, _) = anchor { return number }
    return next
  }

  /// The page as a widget.
  /// - Parameter spans: how one line is drawn.
  func view(isWrapped: Bool, emptyText: String = "", spans: @escaping (LogLine) -> [Span]) -> LogView {
    var position = LogView.Position.following
    if case .line(let number, let row) = anchor {
      // Where the line itself is gone, what came after it begins at its own first row.
      let index = index(of: number)
      position = .line(index, row: index < count && self.number(at: index) == number ? row : 0)
    }
    return LogView(
      count: count, position: position, isWrapped: isWrapped, column: isWrapped ? 0 : column, matches: filter.wanted,
      emptyText: emptyText, line: { spans(self[$0]) })
  }

  /// Takes over where the widget was moved to.
  mutating func move(to position: LogView.Position) {
    switch position {
    case .following: anchor = .following
    case .line(let index, let row):
      anchor = .line(index < count ? number(at: index) : next, row: row)
    }
  }
}

extension LogLine {
  /// About what it costs, in bytes.
  fileprivate var size: Int { text.utf8.count + stamp.utf8.count + 64 }
}

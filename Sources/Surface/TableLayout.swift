extension Table {
  /// Where a column came to stand, counted from the table's left edge.
  struct Place: Hashable {
    /// Its index among all the columns.
    var column: Int
    var x: Int
    var width: Int
  }

  /// The columns that fit, one blank between two; what is left over goes to the flexible ones.
  static func layout(_ columns: [Column], width: Int) -> [Place] {
    var kept = Array(columns.indices)
    while kept.count > 1, least(kept, columns) > width {
      let least = kept.map { columns[$0].priority }.max()
      guard let victim = kept.lastIndex(where: { columns[$0].priority == least }) else { break }
      kept.remove(at: victim)
    }
    var widths = kept.map { min(columns[$0].width.least, width) }
    share(width - widths.reduce(kept.count - 1, +), among: kept.map { columns[$0].width }, &widths)
    var x = 0
    return zip(kept, widths).map { column, width in
      defer { x += width + 1 }
      return Place(column: column, x: x, width: width)
    }
  }

  /// The columns that are seen at that width, by their indices.
  package static func shown(_ columns: [Column], width: Int) -> [Int] { layout(columns, width: width).map(\.column) }

  private static func least(_ kept: [Int], _ columns: [Column]) -> Int {
    kept.reduce(kept.count - 1) { $0 + columns[$1].width.least }
  }

  /// Gives out what is left in rounds, because what one column may not take is the others'.
  private static func share(_ left: Int, among kinds: [Width], _ widths: inout [Int]) {
    var left = left
    while left > 0 {
      var growing: [(index: Int, weight: Int, room: Int)] = []
      for (index, kind) in kinds.enumerated() {
        if case .flexible(_, let weight, let most) = kind, weight > 0, widths[index] < most {
          growing.append((index, weight, most - widths[index]))
        }
      }
      var weights = growing.reduce(0) { $0 + $1.weight }
      guard weights > 0 else { return }
      var rest = left
      for (index, weight, room) in growing {
        // Each its part of what is then left, so that the parts add up to the whole.
        let part = rest * weight / weights
        rest -= part
        weights -= weight
        widths[index] += min(part, room)
        left -= min(part, room)
      }
    }
  }
}

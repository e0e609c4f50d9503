/// The name among `names` that `text` was probably meant to be; `nil` where none is near enough.
///
/// Near enough is a Damerau-Levenshtein distance (letters added, lost, changed, or two neighbours swapped) of at most a
/// third of the longer length, and at least one; case counts for nothing. The first of equally near names wins.
package func nearest(to text: String, in names: some Sequence<String>) -> String? {
  let wanted = Array(text.lowercased().unicodeScalars)
  guard !wanted.isEmpty, wanted.count <= 128 else { return nil }
  var best: (name: String, distance: Int)?
  for name in names {
    let candidate = Array(name.lowercased().unicodeScalars)
    guard candidate.count <= 128 else { continue }
    let longer = max(wanted.count, candidate.count)
    let distance = editDistance(wanted, candidate)
    guard distance < longer, distance <= max(1, longer / 3), distance < best?.distance ?? .max else { continue }
    best = (name, distance)
  }
  return best?.name
}

/// The name among `names` that a person meant by `text`: the one that it abbreviates or prolongs (`warn`, `production`,
/// `vps` for `ovh-vps`), where there is exactly one, and else the nearest.
package func meant(by text: String, among names: [String]) -> String? {
  let related = names.filter { name in
    min(text.count, name.count) > 2 && (text.hasPrefix(name) || name.hasPrefix(text) || name.hasSuffix("-" + text))
  }
  return related.count == 1 ? related.first : nearest(to: text, in: names)
}

/// The restricted Damerau-Levenshtein distance, in three rows.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for column in right.indices {
      var distance = min(last[column + 1], current[column]) + 1
      distance = min(distance, last[column] + (left[row] == right[column] ? 0 : 1))
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}

/// The last values of one figure, one per sample, oldest first; unknown is kept as `nil`.
///
/// A ring of 32-bit floats: an hour at a 2-second interval is 7.2 kB. It grows to its capacity only as values come.
package struct Series: Sendable {
  private var ring: [Float] = []
  private var start = 0
  package let capacity: Int

  package init(capacity: Int) { self.capacity = max(1, capacity) }

  package var count: Int { ring.count }

  package mutating func append(_ value: Double?) {
    let stored = value.map(Float.init) ?? .nan
    if ring.count < capacity {
      ring.append(stored)
    } else {
      ring[start] = stored
      start = (start + 1) % capacity
    }
  }

  /// Appends `count` unknowns: so long nothing was heard.
  package mutating func appendUnknown(_ count: Int) {
    for _ in 0..<min(max(0, count), capacity) { append(nil) }
  }

  /// Appends `value` after `missed` unknowns.
  mutating func append(_ value: Double?, afterMissing missed: Int) {
    appendUnknown(missed)
    append(value)
  }

  /// Counted from the oldest, which is 0.
  package subscript(index: Int) -> Double? {
    let value = ring[(start + index) % ring.count]
    return value.isNaN ? nil : Double(value)
  }

  package var peak: Double? { (0..<count).lazy.compactMap { self[$0] }.max() }

  /// The value that so large a share of the known ones does not exceed, such as 0.95; `nil` where none is known.
  package func percentile(_ share: Double) -> Double? {
    let known = (0..<count).compactMap { self[$0] }.sorted()
    guard !known.isEmpty else { return nil }
    return known[min(known.count - 1, max(0, Int((share * Double(known.count)).rounded(.up)) - 1))]
  }

  /// The mean of those of the newest `length` values that are known; `nil` where none is.
  package func mean(ofLast length: Int) -> Double? {
    let known = recent(length).compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  package var last: Double? { count == 0 ? nil : self[count - 1] }

  /// The newest `length` values, oldest first; shorter where fewer are known.
  package func recent(_ length: Int) -> [Double?] {
    let taken = min(max(0, length), count)
    return (count - taken..<count).map { self[$0] }
  }
}

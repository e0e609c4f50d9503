import Fleet

// What a part's fields mean as figures. What is no figure, or beyond any machine, is unknown.
extension PartReading {
  /// A running total.
  func counter(_ key: String) -> UInt64? { number(key, atMost: Bound.counter) }

  /// What is counted now, such as workers.
  func count(_ key: String) -> Int? { number(key, atMost: Bound.gauge).flatMap { Int(exactly: $0) } }

  func bytes(_ key: String) -> ByteCount? { number(key, atMost: Bound.counter).map(ByteCount.init) }

  /// Seconds, with or without decimals.
  func seconds(_ key: String) -> Double? {
    fields[key].flatMap { Figure.decimal(Array($0.utf8)[...], atMost: Double(Bound.gauge)) }
  }

  func duration(_ key: String) -> Duration? { seconds(key).map { .milliseconds(Int64($0 * 1000)) } }

  func flag(_ key: String) -> Bool? { fields[key].flatMap { ["yes": true, "no": false][$0] } }

  func text(_ key: String) -> String? { fields[key].flatMap { $0.isEmpty ? nil : $0 } }

  private func number(_ key: String, atMost limit: UInt64) -> UInt64? {
    fields[key].flatMap { Figure.unsigned(Array($0.utf8)[...], atMost: limit) }
  }
}

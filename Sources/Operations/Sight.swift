internal import Fleet

/// What a look said, as the `key=value` words that it is made of.
package struct Sight: Hashable, Sendable {
  /// One thing that was seen, before and after; equal where it did not change.
  package struct Change: Hashable, Sendable {
    package var key: String
    package var before: String
    package var after: String
    package var isSame: Bool { before == after }
  }

  private var values: [(key: String, value: String)] = []
  private let text: String

  /// - Parameter text: of `Look.container`; anything else is one value without a key.
  package init(_ text: String) {
    self.text = text
    for word in text.split(separator: " ") {
      guard let middle = word.firstIndex(of: "="), middle > word.startIndex else {
        values = []
        return
      }
      values.append((String(word[..<middle]), String(word[word.index(after: middle)...])))
    }
  }

  package static func == (left: Sight, right: Sight) -> Bool { left.text == right.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// What was seen before and after, the state first; empty where either is not made of such words.
  package static func changes(_ before: String, _ after: String) -> [Change] {
    let (before, after) = (Sight(before), Sight(after))
    return after.values.compactMap { key, value in
      guard let old = before.values.first(where: { $0.key == key }) else { return nil }
      // Docker's other way to write a CPU limit, which few containers have.
      if key == "quota", [old.value, value].allSatisfy({ $0 == "0" }) { return nil }
      return Change(key: key, before: spoken(old.value, of: key), after: spoken(value, of: key))
    }
  }

  /// A pebibyte: more than any host has, as a limit reads that was taken away from a container that runs.
  private static let beyondAll: Int64 = 1 << 50

  /// A value as a person reads it: cores for `cpus`, bytes with their unit, the time of day.
  static func spoken(_ value: String, of key: String) -> String {
    switch key {
    case "cpus":
      guard let nano = Double(value) else { return value }
      return nano == 0 ? "no limit" : "\((nano / 1e7).rounded() / 100)"
    case "memory", "swap":
      guard let bytes = Int64(value) else { return value }
      return bytes <= 0 || bytes >= beyondAll ? "no limit" : ByteCount(UInt64(bytes)).short
    case "started":
      guard let time = value.firstIndex(of: "T") else { return value }
      return String(value[value.index(after: time)...].prefix(8))
    default: return value
    }
  }
}

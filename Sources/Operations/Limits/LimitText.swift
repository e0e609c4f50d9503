package import Fleet

/// Limits as a person types them; `none` is no limit, and 0 is refused: a slip must not take a limit away.
package enum LimitText {
  /// Cores, with a decimal point or comma: `1.5`.
  /// - Throws: what was expected.
  package static func cores(_ text: String) throws(Unavailable) -> Cores? {
    if isNone(text) { return nil }
    guard let number = decimal(text), number <= 4096 else {
      throw Unavailable(reason: "\(text) is no number of cores: type one such as 1.5, or none")
    }
    if number == 0 { throw zero(text) }
    let cores = Cores(number)
    if cores < .least { throw Unavailable(reason: "Docker takes no less than \(Cores.least.text) cores") }
    return cores
  }

  /// Memory, with a unit: `768m`, `1.5g`, also `512 MiB`.
  package static func memory(_ text: String) throws(Unavailable) -> ByteCount? {
    if isNone(text) { return nil }
    let lowered = text.lowercased().filter { $0 != " " }
    let digits = lowered.prefix { $0.isNumber || $0 == "." || $0 == "," }
    let units: [Substring: Double] = [
      "": 1, "b": 1, "k": 1024, "kb": 1024, "kib": 1024, "m": 1_048_576, "mb": 1_048_576, "mib": 1_048_576,
      "g": 1_073_741_824, "gb": 1_073_741_824, "gib": 1_073_741_824, "t": 1_099_511_627_776,
    ]
    guard let number = decimal(String(digits)), let unit = units[lowered.dropFirst(digits.count)],
      number * unit < 1e15
    else { throw Unavailable(reason: "\(text) is no amount of memory: type one such as 768m or 2g, or none") }
    if number == 0 { throw zero(text) }
    let bytes = ByteCount(UInt64(number * unit))
    guard bytes >= .leastLimit else {
      let hint = unit == 1 && number >= 6 ? ": \(digits)m is meant?" : ""
      throw Unavailable(reason: "Docker takes no less than 6m of memory\(hint)")
    }
    return bytes
  }

  /// A whole number above zero, such as of workers.
  package static func count(_ text: String) throws(Unavailable) -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text), 1...100_000 ~= number
    else { throw Unavailable(reason: "\(text) is no number of workers: type a whole one, such as 12") }
    return number
  }

  private static func zero(_ text: String) -> Unavailable {
    Unavailable(reason: "\(text) is no limit: type an amount; to take the limit away type none, or press Del")
  }

  private static func isNone(_ text: String) -> Bool { ["none", "no", "-"].contains(text.lowercased()) }

  private static func decimal(_ text: String) -> Double? {
    let plain = String(text.map { $0 == "," ? "." : $0 })
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.contains(where: { !$0.isEmpty }),
      parts.allSatisfy({ $0.utf8.count <= 12 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } })
    else { return nil }
    return Double("0\(parts[0]).\(parts.count > 1 ? parts[1] : "")0")
  }
}

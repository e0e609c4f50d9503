extension FleetFile {
  /// Where a project's domains are asked for.
  static func readAddress(_ reader: inout SettingsReader) -> String? {
    guard let address = reader.string("address", expected: "an IP address or a host name in quotes") else { return nil }
    if FleetText.isAddress(address) { return address }
    reader.note(
      "address",
      "expected an IP address or a host name alone such as \"192.0.2.7\", without https://, port or path, found "
        + SettingsText.quoted(address))
    return nil
  }
}

extension FleetText {
  /// Whether a text is an IP address, or a host name in its ASCII form, and nothing besides.
  package static func isAddress(_ text: String) -> Bool {
    if text.contains(":") { return isIPv6(text) }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let last = labels.last, text.utf8.count <= 253 else { return false }
    // What ends in a number is an address of four numbers, or nothing.
    if last.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return isIPv4(labels) }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
  }

  private static func isIPv4(_ labels: [Substring]) -> Bool {
    labels.count == 4
      && labels.allSatisfy { label in
        label.utf8.allSatisfy { 0x30...0x39 ~= $0 } && UInt8(label) != nil && (label == "0" || !label.hasPrefix("0"))
      }
  }

  /// Eight groups of hexadecimal digits, a run of which `::` may stand for; the last two may be an IPv4 address.
  private static func isIPv6(_ text: String) -> Bool {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    let counts = halves.map { half -> Int? in
      var groups = half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
      var count = 0
      if let last = groups.last, last.contains("."), half.endIndex == text.endIndex {
        guard isIPv4(last.split(separator: ".", omittingEmptySubsequences: false)) else { return nil }
        groups.removeLast()
        count = 2
      }
      let isRight = groups.allSatisfy { group in
        (1...4).contains(group.utf8.count)
          && group.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 | 0x20 }
      }
      return isRight ? count + groups.count : nil
    }
    let known = counts.compactMap { $0 }
    guard known.count == counts.count else { return false }
    return halves.count == 1 ? known == [8] : halves.count == 2 && known[0] + known[1] <= 7
  }
}

/// A number of bytes; never negative.
package struct ByteCount: Hashable, Comparable, Sendable {
  package var bytes: UInt64

  package init(_ bytes: UInt64) { self.bytes = bytes }

  /// The nearest that there is: none for less than nothing, and for what is no number.
  package init(clamping bytes: Double) {
    if bytes >= 0x1p64 { self.bytes = .max } else { self.bytes = bytes > 0 ? UInt64(bytes) : 0 }
  }

  /// Ends at the largest there is, so that no sum of what hosts say can overflow.
  package static func + (left: ByteCount, right: ByteCount) -> ByteCount {
    let (sum, overflow) = left.bytes.addingReportingOverflow(right.bytes)
    return ByteCount(overflow ? .max : sum)
  }

  package static func kibibytes(_ count: UInt64) -> ByteCount { ByteCount(count &* 1024) }

  package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }

  /// At most five characters, in powers of 1024 as `docker stats` counts: `812B`, `1.5K`, `96M`, `1.9G`.
  package var short: String {
    let units = ["B", "K", "M", "G", "T", "P", "E"]
    var value = Double(bytes)
    var unit = 0
    while value >= 999.5, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    if unit == 0 || value >= 9.95 { return "\(Int(value.rounded()))\(units[unit])" }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)\(units[unit])"
  }
}

/// A part of a whole: 0 is none, 1 is all; above 1 where more is used than was granted.
package struct Ratio: Hashable, Comparable, Sendable {
  package var value: Double

  package init(_ value: Double) { self.value = value }

  /// `nil` where the whole is nothing: a share of nothing is unknown, not zero.
  package init?(_ part: Double, of whole: Double) {
    guard whole > 0 else { return nil }
    value = part / whole
  }

  package static func < (left: Ratio, right: Ratio) -> Bool { left.value < right.value }

  /// Whole percent, such as `42%`; one decimal below ten: `0.4%`; `?` for what is no share, such as a negative one.
  package var percent: String {
    guard value >= 0, value < 1e9 else { return "?" }
    let tenths = Int((value * 1000).rounded())
    if tenths >= 100 || tenths == 0 { return "\((tenths + 5) / 10)%" }
    return "\(tenths / 10).\(tenths % 10)%"
  }
}

/// A point in time, in milliseconds since 1970 (UTC).
///
/// The console derives it from a monotonic clock and one look at the wall clock, so differences are real durations.
/// Sums end at the first and last moment there is, so that no clock of a host can overflow them.
package struct Moment: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

  package static func - (left: Moment, right: Moment) -> Duration {
    .milliseconds(left.milliseconds) - .milliseconds(right.milliseconds)
  }

  package static func + (left: Moment, right: Duration) -> Moment {
    Moment(milliseconds: (.milliseconds(left.milliseconds) + right).milliseconds)
  }

  package static func - (left: Moment, right: Duration) -> Moment {
    Moment(milliseconds: (.milliseconds(left.milliseconds) - right).milliseconds)
  }
}

extension Duration {
  /// Whole milliseconds, rounded towards zero; the most or least there is where that is too little.
  package var milliseconds: Int64 {
    Int64(clamping: attoseconds / 1_000_000_000_000_000)
  }

  package var inSeconds: Double { Double(attoseconds) / 1e18 }

  /// At most four characters, the two largest units only where they matter: `3s`, `12m`, `5h`, `8d`, `2y`.
  package var short: String {
    let seconds = Int64(clamping: max(0, attoseconds) / 1_000_000_000_000_000_000)
    return switch seconds {
    case ..<100: "\(seconds)s"
    case ..<6000: "\(seconds / 60)m"
    case ..<172_800: "\(seconds / 3600)h"
    case ..<63_072_000: "\(seconds / 86_400)d"
    default: "\(seconds / 31_536_000)y"
    }
  }
}

package import Fleet

/// Points in time as hosts write them. What is before 1970 or after 9999 is unknown: the engine writes the year 1 for
/// "never".
package enum Timestamp {
  static let latest: Int64 = 253_402_300_799_999

  static func moment(milliseconds: Int64) -> Moment? {
    1...latest ~= milliseconds ? Moment(milliseconds: milliseconds) : nil
  }

  /// As in RFC 3339: `2024-05-01T12:00:00.123456789Z` or with an offset such as `+02:00`.
  package static func moment(_ text: String) -> Moment? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40 else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      range.upperBound <= bytes.count ? Figure.unsigned(bytes[range]).map(Int64.init) : nil
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), 1...12 ~= month, 1...31 ~= day, hour < 24,
      minute < 60, second <= 60
    else { return nil }
    var index = 19
    var milliseconds: Int64 = 0
    if bytes[index] == UInt8(ascii: ".") {
      var scale: Int64 = 100
      index += 1
      while index < bytes.count, 0x30...0x39 ~= bytes[index] {
        milliseconds += Int64(bytes[index] - 0x30) * scale
        scale /= 10
        index += 1
      }
    }
    guard index < bytes.count else { return nil }
    var offset: Int64 = 0
    switch bytes[index] {
    case UInt8(ascii: "Z"): break
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6) else { return nil }
      offset = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "-") ? -60 : 60)
    default: return nil
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return moment(milliseconds: seconds * 1000 + milliseconds)
  }

  /// Seconds since 1970, as in RFC 3339.
  static func text(_ seconds: Int64) -> String {
    let day = seconds / 86_400 + 719_468
    let era = day / 146_097
    let dayOfEra = day % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(two).joined(separator: ":")
    return "\(year)-\(two(month))-\(two(dayOfYear - (153 * shifted + 2) / 5 + 1))T\(time)Z"
  }

  /// Since 1970, in the Gregorian calendar; the year is counted from March, so that a leap day comes last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}

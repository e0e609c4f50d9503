/// Moments as people and scripts read them, in UTC: servers' logs are in UTC, and so is the console, whose header says so.
package enum Calendar {
  /// RFC 3339, in whole seconds: `2026-11-23T16:03:37Z`.
  package static func stamp(_ moment: Moment) -> String {
    let seconds = moment.milliseconds.quotientFloor(1000)
    let (year, month, day) = date(daysSince1970: seconds.quotientFloor(86_400))
    return "\(year)-\(two(month))-\(two(day))T\(clock(moment))Z"
  }

  /// `2026-11-23`.
  package static func day(_ moment: Moment) -> String { String(stamp(moment).prefix(10)) }

  /// RFC 3339, with milliseconds: `2026-11-23T16:03:37.250Z`.
  package static func preciseStamp(_ moment: Moment) -> String {
    let rest = moment.milliseconds.remainderFloor(1000)
    return stamp(Moment(milliseconds: moment.milliseconds - rest)).dropLast()
      + ".\(rest / 100)\(rest / 10 % 10)\(rest % 10)Z"
  }

  /// `16:03:37`.
  package static func clock(_ moment: Moment) -> String {
    let seconds = moment.milliseconds.quotientFloor(1000).remainderFloor(86_400)
    return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The proleptic Gregorian date; years begin in March here, so that the leap day is the last.
  private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.quotientFloor(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Int64 {
  fileprivate func quotientFloor(_ divisor: Int64) -> Int64 { (self - remainderFloor(divisor)) / divisor }

  fileprivate func remainderFloor(_ divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}

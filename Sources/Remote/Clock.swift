package import Fleet
internal import Glibc

/// The time, from one look at the wall clock and a clock that nobody sets.
///
/// That clock also counts the time that the machine sleeps (`CLOCK_BOOTTIME`): a laptop's lid that was closed for an
/// hour makes every figure an hour old.
package nonisolated struct Clock: Hashable, Sendable {
  private let offset: Int64

  package init() { offset = Self.milliseconds(CLOCK_REALTIME) - Self.milliseconds(CLOCK_BOOTTIME) }

  package func now() -> Moment { Moment(milliseconds: Self.milliseconds(CLOCK_BOOTTIME) + offset) }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

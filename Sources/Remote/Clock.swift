package import Fleet
internal import Glibc

/// The console's clock: the wall clock as it was at the start, and from there the time that really passed.
///
/// A wall clock that is set jumps, and durations taken from it would be wrong or negative. CLOCK_BOOTTIME goes on while a
/// laptop sleeps, so that figures from before are as old as they are.
package nonisolated struct Clock: Sendable {
  private let offset: Int64

  package init() { offset = Self.milliseconds(CLOCK_REALTIME) - Self.milliseconds(CLOCK_BOOTTIME) }

  package func now() -> Moment { Moment(milliseconds: Self.milliseconds(CLOCK_BOOTTIME) + offset) }

  private static func milliseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

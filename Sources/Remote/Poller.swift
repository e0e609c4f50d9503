internal import Fleet
internal import Glibc

/// A descriptor, and what somebody waits for on it.
package nonisolated struct Interest: Hashable, Sendable {
  package enum Events: Hashable, Sendable { case read, write, both }

  package var descriptor: Int32
  package var events: Events

  package init(descriptor: Int32, events: Events) {
    self.descriptor = descriptor
    self.events = events
  }
}

/// What a wait found: which descriptors can be read or written without blocking.
///
/// A descriptor whose other side is gone counts as both, so that its owner finds out by reading or writing.
package nonisolated struct Ready: Hashable, Sendable {
  /// One byte a descriptor, by its number; numbers beyond the end are not ready.
  fileprivate var flags: [UInt8] = []

  fileprivate static let read: UInt8 = 1
  fileprivate static let write: UInt8 = 2

  /// Nothing is ready.
  package init() {}

  package func canRead(_ descriptor: Int32) -> Bool { has(descriptor, Self.read) }

  package func canWrite(_ descriptor: Int32) -> Bool { has(descriptor, Self.write) }

  private func has(_ descriptor: Int32, _ flag: UInt8) -> Bool {
    let index = Int(descriptor)
    return flags.indices.contains(index) && flags[index] & flag != 0
  }

  fileprivate mutating func insert(_ entry: pollfd) {
    let events = Int32(entry.revents)
    guard events != 0, entry.fd >= 0 else { return }
    let index = Int(entry.fd)
    if index >= flags.count { flags += [UInt8](repeating: 0, count: index + 1 - flags.count) }
    let isGone = events & (POLLHUP | POLLERR | POLLNVAL) != 0
    if isGone || events & POLLIN != 0 { flags[index] |= Self.read }
    if isGone || events & POLLOUT != 0 { flags[index] |= Self.write }
  }
}

/// The one place where the program waits: poll(2).
package nonisolated enum Poller {
  /// Waits until something is ready, for `timeout` at most; for ever where that is `nil`.
  ///
  /// A signal ends the wait early, with nothing ready, so that it is answered at once.
  package static func wait(_ interests: [Interest], timeout: Duration?) -> Ready {
    var entries = interests.map { pollfd(fd: $0.descriptor, events: Int16($0.events.bits), revents: 0) }
    var ready = Ready()
    guard poll(&entries, nfds_t(entries.count), Self.milliseconds(timeout)) > 0 else { return ready }
    for entry in entries { ready.insert(entry) }
    return ready
  }

  /// Rounded up: a wait that ends before its time would only be begun again.
  private static func milliseconds(_ timeout: Duration?) -> Int32 {
    guard let timeout else { return -1 }
    let rest = timeout.components.attoseconds % 1_000_000_000_000_000
    return Int32(clamping: max(0, timeout.milliseconds + (rest > 0 ? 1 : 0)))
  }
}

extension Interest.Events {
  fileprivate nonisolated var bits: Int32 {
    switch self {
    case .read: POLLIN
    case .write: POLLOUT
    case .both: POLLIN | POLLOUT
    }
  }
}

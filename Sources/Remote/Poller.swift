internal import Fleet
internal import Glibc

/// A descriptor that something may come from, or go to.
package nonisolated struct Interest: Hashable, Sendable {
  package enum Events: Hashable, Sendable {
    case read, write
  }

  package var descriptor: Int32
  package var events: Events

  package init(descriptor: Int32, events: Events) {
    self.descriptor = descriptor
    self.events = events
  }
}

/// What `Poller.wait` found: descriptors that can be read or written without waiting, or that came to their end.
package nonisolated struct Ready: Sendable {
  private var readable: Set<Int32> = []
  private var writable: Set<Int32> = []

  package init() {}

  /// Also at the end of input and after an error: a read then says so.
  package func canRead(_ descriptor: Int32) -> Bool { readable.contains(descriptor) }
  package func canWrite(_ descriptor: Int32) -> Bool { writable.contains(descriptor) }

  fileprivate mutating func add(_ entry: pollfd, _ interest: Interest) {
    guard entry.revents != 0 else { return }
    switch interest.events {
    case .read: readable.insert(entry.fd)
    case .write: writable.insert(entry.fd)
    }
  }
}

/// The one place where the program waits: poll(2).
package nonisolated enum Poller {
  /// Waits until something is ready or the time is over; a signal ends the wait, with nothing ready.
  package static func wait(_ interests: [Interest], timeout: Duration) -> Ready {
    var entries = interests.map { interest in
      pollfd(fd: interest.descriptor, events: Int16(interest.events == .read ? POLLIN : POLLOUT), revents: 0)
    }
    // Rounded up, or the loop would spin through the last millisecond.
    let milliseconds = (timeout + .nanoseconds(999_999)).milliseconds
    var ready = Ready()
    guard poll(&entries, nfds_t(entries.count), Int32(clamping: max(0, milliseconds))) > 0 else { return ready }
    for (entry, interest) in zip(entries, interests) { ready.add(entry, interest) }
    return ready
  }
}

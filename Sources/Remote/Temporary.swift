package import Fleet
import Glibc

package struct Interest {
  package enum Events { case read, write, both }
  package var descriptor: Int32
  package var events: Events
  package init(descriptor: Int32, events: Events) { self.descriptor = descriptor; self.events = events }
}
package struct Ready {
  var readable: Set<Int32> = []
  var writable: Set<Int32> = []
  package func canRead(_ d: Int32) -> Bool { readable.contains(d) }
  package func canWrite(_ d: Int32) -> Bool { writable.contains(d) }
}
package enum Poller {
  package static func wait(_ interests: [Interest], timeout: Duration?) -> Ready {
    var list = interests.map {
      pollfd(
        fd: $0.descriptor,
        events: Int16($0.events == .read ? POLLIN : $0.events == .write ? POLLOUT : POLLIN | POLLOUT), revents: 0)
    }
    let ms =
      timeout.map {
        max(0, $0.components.seconds * 1000 + ($0.components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
      } ?? -1
    var ready = Ready()
    guard poll(&list, nfds_t(list.count), Int32(clamping: ms)) > 0 else { return ready }
    for e in list {
      if Int32(e.revents) & (POLLIN | POLLHUP | POLLERR) != 0 { ready.readable.insert(e.fd) }
      if Int32(e.revents) & POLLOUT != 0 { ready.writable.insert(e.fd) }
    }
    return ready
  }
}
package struct Clock {
  let offset: Int64
  package init() {
    var t = timespec()
    clock_gettime(CLOCK_REALTIME, &t)
    var m = timespec()
    clock_gettime(CLOCK_MONOTONIC, &m)
    offset = Int64(t.tv_sec - m.tv_sec) * 1000 + Int64(t.tv_nsec - m.tv_nsec) / 1_000_000
  }
  package func now() -> Moment {
    var m = timespec()
    clock_gettime(CLOCK_MONOTONIC, &m)
    return Moment(milliseconds: Int64(m.tv_sec) * 1000 + Int64(m.tv_nsec) / 1_000_000 + offset)
  }
}
package struct LineSplitter {
  var rest: [UInt8] = []
  package init() {}
  package mutating func split(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    rest += bytes
    var lines: [[UInt8]] = []
    while let i = rest.firstIndex(of: 10) { lines.append(Array(rest[..<i])); rest.removeSubrange(...i) }
    return lines
  }
}

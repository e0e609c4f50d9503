/// What is beyond any real machine is a mistake or an attack, and unknown; so that no sum of it can overflow.
enum Bound {
  /// Longer lines are cut by the reader, so that their last figure can't be trusted.
  static let lineBytes = 65_536
  /// Jiffies, nanoseconds or bytes in total.
  static let counter: UInt64 = 1 << 60
  /// A container's or cache's memory, or the limit of it: 1 PiB.
  static let memory: UInt64 = 1 << 50
  /// Bytes or events a second.
  static let rate = 1e15
  static let load = 1e6
  static let cores = 4096
  static let containers = 4096
  static let devices = 1024
  static let caches = 1024
  static let parts = 1024
  /// Fields of one answer of a part: a proxy has eighty for its services and routers.
  static let partFields = 100
  /// Of what is counted now: workers, connections, routers.
  static let gauge: UInt64 = 1_000_000_000
  /// Ports that one container exposes.
  static let ports = 64
  /// Scalars of an identifier.
  static let identifier = 128
  /// Scalars of a name, an image, a mount or a path.
  static let name = 512
  /// Scalars of one line of an answer on demand.
  static let answer = 1024
  /// Scalars shown of a line that nobody understands.
  static let garbage = 200
}

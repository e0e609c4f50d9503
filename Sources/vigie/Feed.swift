import Console
import Fleet
import Remote

/// Where hosts' streams come from: live links, or a recording.
protocol Feed: AnyObject {
  /// What to poll for.
  var interests: [Interest] { get }
  /// When it wants a turn even if nothing is ready; `nil` where it can wait for ever.
  var deadline: Moment? { get }
  /// Takes what is ready, and all that is due.
  /// - Parameter ready: of `interests`, by descriptor.
  func turn(ready: Ready, now: Moment) -> [Message]
  /// One order to a host's sampler.
  func order(_ order: String, to host: HostName)
  /// Tries a host now instead of later.
  func reconnect(_ host: HostName, now: Moment)
  /// Ends all connections; returns when no child is left, or after two seconds.
  func close()
}

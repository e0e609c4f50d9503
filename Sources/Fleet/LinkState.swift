/// How the connection to one host is.
package enum LinkState: Hashable, Sendable {
  /// Waiting for its turn: at most 16 connect at a time.
  case queued
  case connecting(since: Moment)
  /// The sampler speaks.
  case live
  /// It spoke, and has been silent for longer than it should be.
  case stale(since: Moment)
  /// It was lost; the next try is at that moment.
  case backingOff(until: Moment, attempt: Int, reason: String)
  /// A person has to answer `ssh` (a passphrase, a second factor, an unknown host key): one key hands over the terminal.
  case needsPerson(reason: String)
  /// Trying again at once would not help (a changed host key, no permission, no bash): what it is, and what to do.
  /// Tried again at that moment all the same.
  case refused(reason: String, cure: String, until: Moment)
  /// The program that spoke the stream ended, and is not to be started again: a recording came to its end.
  case ended
}

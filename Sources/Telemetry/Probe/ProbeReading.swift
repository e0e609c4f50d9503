package import Fleet

/// What a visitor of one domain meets, seen from the console's machine by `curl`.
package struct ProbeReading: Hashable, Sendable {
  package struct Certificate: Hashable, Sendable {
    package var names: [String]
    package var issuer: String
    package var notBefore: Moment
    package var notAfter: Moment
    /// Why a browser would refuse it; `nil` where it would not.
    package var problem: String?

    package init(names: [String], issuer: String, notBefore: Moment, notAfter: Moment, problem: String? = nil) {
      self.names = names
      self.issuer = issuer
      self.notBefore = notBefore
      self.notAfter = notAfter
      self.problem = problem
    }

    /// What is left of its life, as a part of all of it: 0 once it has expired.
    package func remaining(at now: Moment) -> Ratio? {
      Ratio(max(0, (notAfter - now).inSeconds), of: (notAfter - notBefore).inSeconds)
    }
  }

  /// Each is the time that this part took, not the time at which it ended.
  package struct Timing: Hashable, Sendable {
    package var name: Duration
    package var connect: Duration
    package var tls: Duration
    package var wait: Duration
    /// From the start to the first byte of the answer.
    package var firstByte: Duration

    package init(name: Duration, connect: Duration, tls: Duration, wait: Duration, firstByte: Duration) {
      self.name = name
      self.connect = connect
      self.tls = tls
      self.wait = wait
      self.firstByte = firstByte
    }
  }

  package var domain: String
  /// `nil` where there was no answer.
  package var status: Int?
  /// Why there was no answer, in one sentence; `nil` where there was one.
  package var failure: String?
  package var timing: Timing?
  package var certificate: Certificate?
  /// Whether `http://` sends the visitor to `https://`; `nil` where that was not asked or not answered. Also where
  /// nothing listens on port 80 while `https://` answers: nothing is served in the clear.
  package var redirectsToHTTPS: Bool?
  /// The failure is this machine's own (no curl, say), and tells nothing of the domain.
  package var isOwnFailure = false

  package init(domain: String) { self.domain = domain }

  /// Whether a visitor gets no answer, or one with a status from 500 on.
  package var isFailing: Bool { failure != nil ? !isOwnFailure : (status ?? 0) >= 500 }
}

/// One domain: the newest look, and the past of its time to the first byte (in seconds, one value per look).
package struct DomainTelemetry: Sendable {
  package var reading: ProbeReading
  package var history: Series
  package var lastReading: Moment?
  /// Since when it does not answer, or with a status from 500 on; `nil` where it does.
  package var failingSince: Moment?

  package init(domain: String, capacity: Int) {
    reading = ProbeReading(domain: domain)
    history = Series(capacity: capacity)
  }
}

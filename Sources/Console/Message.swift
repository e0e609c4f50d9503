package import Fleet
package import Operations
package import Surface
package import Telemetry

/// Everything that can happen to the console. The same messages always give the same screen.
package enum Message: Sendable {
  /// One key, as keymaps write it.
  case key(Key)
  /// A paste arrives as text, so that it can't press keys.
  case pasted(String)
  case resized(Size)
  /// One event of a host's stream.
  case telemetry(HostName, StreamEvent)
  /// One look at a domain.
  case probe(ProbeReading)
  /// The connection of a host changed.
  case link(HostName, LinkState)
  /// What was heard of a job that was started.
  case job(JobID, JobEvent)
  /// Of the records of what was done.
  case audit(AuditNews)
  /// What came of the order to read something, by its number.
  case reading(Int, ReadingNews)
  /// Nothing but time passed.
  case tick
}

/// A message and when it arrived, on the console's clock.
package struct Arrival: Sendable {
  package var at: Moment
  package var message: Message

  package init(_ message: Message, at: Moment) {
    self.at = at
    self.message = message
  }
}

/// What the console wants done; comparable, so that tests can check it.
package enum Effect: Hashable, Sendable {
  case quit
  /// Redraw everything: another program wrote on the screen.
  case repaint
  /// Run a job on its host, of that environment, over a session of its own through the master.
  case run(JobID, Job, Environment)
  /// Hand the terminal to a job's first step, and take it back when that has ended.
  case attend(JobID, Job, Environment)
  /// End the step of a job that runs, and begin no other.
  case cancel(JobID)
  /// Read the last records of what was done.
  case readAudit
  /// Hand the terminal to `ssh` for this host, and take it back.
  case handOver(HostName)
  /// Try this host now instead of when its back-off ends.
  case reconnect(HostName)
  /// An order to a host's sampler, as `docs/protocol.md` writes it.
  case order(HostName, String)
  /// Read a container's log or inspection, instead of what is being read.
  case read(ReadingOrder)
  /// Nobody looks at what is being read any more.
  case stopReading
  /// Put text on the operator's clipboard (OSC 52).
  case copy(String)
}

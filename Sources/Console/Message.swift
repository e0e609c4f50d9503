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
  /// A step of a plan ended, or could not start.
  case stepEnded(StepID, StepResult)
  /// A line that a running step printed, cleaned.
  case stepOutput(StepID, String)
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

/// One step of one plan that was started.
package struct StepID: Hashable, Sendable {
  package var plan: Int
  package var step: Int

  package init(plan: Int, step: Int) {
    self.plan = plan
    self.step = step
  }
}

/// How a step ended.
package enum StepResult: Hashable, Sendable {
  case exited(status: Int)
  case killed(signal: Int)
  /// It could not be started, or the connection broke before it ended.
  case failed(reason: String)
}

/// What the console wants done; comparable, so that tests can check it.
package enum Effect: Hashable, Sendable {
  case quit
  /// Redraw everything: another program wrote on the screen.
  case repaint
  /// Run a step on its host, over a connection of its own through the master.
  case run(StepID, Plan.Step, audit: AuditEntry)
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

/// What the audit journal says of a step, before it starts; how it ended is appended by the loop.
package struct AuditEntry: Hashable, Sendable {
  package var command: String
  package var host: HostName
  package var environment: Environment
  package var project: String?
  package var subject: String
  package var title: String

  package init(
    command: String, host: HostName, environment: Environment, project: String?, subject: String, title: String
  ) {
    self.command = command
    self.host = host
    self.environment = environment
    self.project = project
    self.subject = subject
    self.title = title
  }
}

package import Fleet

/// One host's part of a plan: its steps in order, and how to see whether it came out as wanted.
package struct Job: Hashable, Sendable {
  package var host: HostName
  /// What the operator read: `Restart redis of boutique on web-1`.
  package var title: String
  /// What nobody else may act on meanwhile: a project's name, `container:NAME`, or `@host`, which excludes all.
  package var lock: String?
  package var steps: [Step]
  package var look: Look?

  package init(host: HostName, title: String, lock: String? = nil, steps: [Step], look: Look? = nil) {
    self.host = host
    self.title = title
    self.lock = lock
    self.steps = steps
    self.look = look
  }
}

/// One command of a job.
package struct Step: Hashable, Sendable {
  /// The command and its arguments, unquoted; `line` is what runs, and what the screen shows.
  package var command: [String]
  /// What its standard input holds; nothing where it is `nil`.
  package var input: String?
  /// How long it may take before it is ended.
  package var limit: Duration

  package init(command: [String], input: String? = nil, limit: Duration = .seconds(120)) {
    self.command = command
    self.input = input
    self.limit = limit
  }

  package var line: String { ShellWord.line(command) }
}

/// A command whose first line of output says how what is acted on is.
package struct Look: Hashable, Sendable {
  package var command: [String]
  /// What that line must match in the end, as a bash pattern.
  package var wanted: String?
  /// How long it may take until it does.
  package var patience: Duration

  package init(command: [String], wanted: String? = nil, patience: Duration = .seconds(60)) {
    self.command = command
    self.wanted = wanted
    self.patience = patience
  }
}

package import Fleet

/// One host's part of a plan: its steps in order, and how to see whether it came out as wanted.
package struct Job: Hashable, Sendable {
  /// What it is about; it runs there, unless `place` says otherwise.
  package var host: HostName
  package var place = RunPlace.host
  /// What it does, for the lock and the host's own journal: `Restart redis of boutique on web-1`.
  package var title: String
  /// What nobody else may act on meanwhile: a project's name, `container:NAME`, or `@host`, which excludes all.
  package var lock: String?
  package var project: String?
  /// What it is done to: a container's, service's or host's name.
  package var subject: String
  /// The identifier of the container, where it is done to one by itself.
  package var container: String?
  package var steps: [Step]
  package var look: Look?
  /// Whether the host goes down meanwhile, and the look decides once it is back.
  package var isReboot = false
  /// Whether its first step has the operator's terminal to itself, and the others run only where that is hung up on; then
  /// there is no script on the host, no lock and no look.
  package var takesTerminal = false

  package init(
    host: HostName, title: String, lock: String? = nil, project: String? = nil, subject: String,
    container: String? = nil, steps: [Step], look: Look? = nil
  ) {
    self.host = host
    self.title = title
    self.lock = lock
    self.project = project
    self.subject = subject
    self.container = container
    self.steps = steps
    self.look = look
  }
}

extension Job {
  /// What a session with a terminal runs for it there, as a command line.
  package var terminalLine: String {
    guard let first = steps.first?.line else { return "" }
    let rest = steps.dropFirst().map(\.line).joined(separator: "; ")
    if rest.isEmpty { return first }
    let after = "[ \"$hup\" ] && { \(rest); } < /dev/null > /dev/null 2>&1"
    return ShellWord.line(["sh", "-c", "hup=; trap hup=1 HUP; \(first); s=$?; \(after); exit $s"])
  }
}

/// One command of a job; the next one begins only where it ended well.
package struct Step: Hashable, Sendable {
  /// The command and its arguments, unquoted; `line` is what runs, and what the screen shows.
  package var command: [String] = []
  /// Instead of those words: a line for the shell, as it is.
  private var script: String?
  /// What its standard input holds; nothing where left out.
  package var input: String?
  /// After that it is ended.
  package var limit: Duration
  /// Why it is there, where the command alone does not say so.
  package var note: String?
  /// Whether a person wrote what runs: then the last line that it prints need not say why it failed.
  package var isOwn = false

  package init(_ command: [String], input: String? = nil, limit: Duration = .seconds(120), note: String? = nil) {
    self.command = command
    self.input = input
    self.limit = limit
    self.note = note
  }

  package init(line: String, limit: Duration = .seconds(120)) {
    script = line
    self.limit = limit
  }

  package var line: String { script ?? ShellWord.line(command) }

  /// What it means where the last thing that the step printed is sudo's refusal, with the line that would allow it;
  /// `nil` where it is something else.
  func sudoRefusal(_ last: String, of user: String?, on host: HostName) -> String? {
    // sudo -n says the first where it would have to ask, the others where no password would do.
    let asks = last.hasPrefix("sudo: a password is required")
    let sudo = last.hasPrefix("Sorry, user ") || last.hasSuffix(" is not in the sudoers file.")
    guard asks || sudo else { return nil }
    let why = asks ? "sudo asks for a password on \(host)" : "sudo on \(host) does not allow it"
    guard command.starts(with: ["sudo", "-n"]), let program = command.dropFirst(2).first else {
      return "\(why): allow this user that command without one (NOPASSWD in sudoers)"
    }
    // What Docker is told differs each time.
    let words = program == "docker" ? [program] : Array(command.dropFirst(2))
    return "\(why), so \(words.joined(separator: " ")) did not run; allow it there by sudo visudo -f "
      + "/etc/sudoers.d/vigie with the line: \(user ?? "USER") ALL=(root) NOPASSWD: /usr/bin/\(words.joined(separator: " "))"
  }
}

/// A command whose first line says how what is acted on is, before and after.
package struct Look: Hashable, Sendable {
  package var command: [String] = []
  /// Instead of those words: a line for the shell, as it is.
  private var script: String?
  /// A bash pattern (extglob) that the line must match in the end; `nil` where there is nothing to want.
  package var wanted: String?
  /// How long to wait for that.
  package var patience: Duration
  /// What is waited for, for the operator: `running and healthy`.
  package var words: String
  /// Whether nothing is run where it does not end in its time: a Docker that hangs keeps what it is asked, and does it
  /// when nobody expects it any more.
  package var isNeeded = false

  /// How long one look may take, as the job script has it.
  package static let limit = Duration.seconds(10)

  package init(
    _ command: [String], wanted: String? = nil, patience: Duration = .seconds(60), words: String = "",
    isNeeded: Bool = false
  ) {
    self.command = command
    self.isNeeded = isNeeded
    self.wanted = wanted
    self.patience = patience
    self.words = words
  }

  package init(line: String, wanted: String?, patience: Duration, words: String) {
    self.init([], wanted: wanted, patience: patience, words: words)
    script = line
  }

  package var line: String { script ?? ShellWord.line(command) }
}

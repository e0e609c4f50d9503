package import Fleet

/// Why a connection failed, told from what `ssh` said: a sentence for the operator, and what to do.
package nonisolated struct Refusal: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// May pass by itself: try again soon.
    case passing
    /// A person has to answer `ssh`.
    case needsPerson
    /// Trying again at once would not help.
    case lasting
  }

  /// What carries the sampler.
  package enum Transport: Hashable, Sendable {
    case local
    case ssh
    /// A program of the operator's, by its name; `runsSampler` where it is not the program itself that speaks.
    case program(String, runsSampler: Bool)

    package init(_ connection: Connection) {
      switch connection {
      case .local: self = .local
      case .ssh: self = .ssh
      case .command(let words): self = .program(words.first ?? "", runsSampler: words.contains("{sampler}"))
      }
    }
  }

  package var kind: Kind
  package var reason: String
  package var cure: String

  package init(kind: Kind, reason: String, cure: String) {
    self.kind = kind
    self.reason = reason
    self.cure = cure
  }

  /// - Parameters:
  ///   - words: the end of what came on standard error; the host may have written any of it.
  ///   - status: how the program ended; `nil` where it was ended from here, because it was silent.
  package init(words: String, status: ExitStatus?, transport: Transport) {
    let lines = words.split(whereSeparator: \.isNewline)
    switch (status, transport) {
    // 255 is ssh's own; below, it is the far side that failed, and its words are not ssh's.
    case (.exited(255), .ssh):
      self = Self.told(by: lines) ?? Self.unknown(lines.last, program: "ssh")
    case (.exited(127), .ssh), (.exited(127), .local), (.exited(127), .program(_, runsSampler: true)):
      self.init(kind: .lasting, reason: "it has no bash", cure: "install bash there: it is all that vigie counts on")
    case (.exited(126), .ssh), (.exited(126), .local), (.exited(126), .program(_, runsSampler: true)):
      self.init(kind: .lasting, reason: "it may not run bash", cure: "give this user a login shell that runs commands")
    case (.exited(let code), .program(let name, _)):
      self = Self.unknown(lines.last, program: name, or: "\(name) ended with status \(code)")
    case (.exited(let code), _):
      let last = lines.last.map { ": \(Self.plain($0))" } ?? ""
      self.init(kind: .passing, reason: "the sampler ended with status \(code)\(last)", cure: "")
    case (.killed(let signal), .program(let name, _)):
      self.init(kind: .passing, reason: "\(name) was ended by signal \(signal)", cure: "")
    case (.killed(let signal), .ssh):
      self.init(kind: .passing, reason: "ssh was ended by signal \(signal)", cure: "")
    case (.killed(let signal), .local):
      self.init(kind: .passing, reason: "the sampler was ended by signal \(signal)", cure: "")
    case (nil, .local):
      self.init(kind: .passing, reason: "the sampler stopped answering", cure: "")
    case (nil, _):
      self.init(kind: .passing, reason: "it stopped answering", cure: "is it on, and the network up?")
    }
  }

  /// A program that could not be started.
  init(_ failure: SpawnFailure) {
    self.init(
      kind: failure.isPassing ? .passing : .lasting, reason: "\(failure)", cure: "install it, or mend the fleet file")
  }

  /// What `ssh` gave as the reason, which is among the last of its lines; the general words only where no line has
  /// better ones.
  private static func told(by lines: [Substring]) -> Refusal? {
    for table in [SSHWords.precise, SSHWords.general] {
      for line in lines.reversed() {
        if let found = table.first(where: { line.contains($0.needle) }) { return found.refusal }
      }
    }
    return nil
  }

  private static func unknown(_ line: Substring?, program: String, or other: String = "the connection was lost")
    -> Refusal
  {
    guard let line else { return Refusal(kind: .passing, reason: other, cure: "") }
    let words = plain(line)
    return Refusal(
      kind: .passing, reason: words.hasPrefix("\(program): ") ? words : "\(program): \(words)",
      cure: "try \(program) to it by hand")
  }

  /// A line of another's, without what a terminal would obey, and not longer than a person reads.
  private static func plain(_ line: Substring) -> String {
    var text = ""
    for scalar in line.unicodeScalars.prefix(200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: break
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

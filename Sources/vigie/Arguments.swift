import Fleet

/// What the command line asks for.
struct Arguments: Equatable {
  enum Task: Equatable {
    case watch
    /// Print the fleet once and end.
    case once(json: Bool)
    /// Say whether a fleet file is right.
    case check(file: String?)
    /// Print a first fleet file, with the hosts that `~/.ssh/config` names.
    case sample
    /// Write the streams to a file, without a screen.
    case record(file: String)
    /// Play a recording on the screen.
    case replay(file: String)
    /// Speak the stream of an invented host.
    case simulate(name: String)
    /// Print the records of what was done.
    case auditLog
    case help
    case version
  }

  var task: Task = .watch
  var fleet: String?
  var keymap: String?
  var theme: String?
  /// A file to which the streams are written while the screen is up.
  var recording: String?
  /// How many times faster than life a recording plays.
  var speed = 1.0
  /// How long `--once` waits for hosts, and how long `record` records (for ever where `nil`).
  var patience: Duration?
  /// Of a simulated host.
  var containers = 20
  var interval: Duration = .seconds(2)
  var seed: UInt64 = 1
  /// Whether `--once` and `--json` were given; `replay` heeds them, too.
  var isOnce = false
  var isJSON = false
  /// Whether nothing can be changed from this console, whatever the fleet file says.
  var isReadOnly = false
  /// Of the records that `audit-log` prints: of which host and project, how far back, and how many of the last jobs.
  var host: String?
  var project: String?
  var since: Duration?
  var count: Int?
  /// ASCII only, whatever the locale says.
  var isASCII = false
}

/// A command line that can't be understood, in one sentence.
struct UsageError: Error, Equatable {
  var message: String
}

extension Arguments {
  private static let options = [
    "--fleet", "--keymap", "--theme", "--record", "--speed", "--for", "--containers", "--interval", "--seed", "--once",
    "--json", "--host", "--project", "--since", "-n", "--ascii", "--read-only", "--help", "--version",
  ]
  private static let commands = ["check", "sample", "record", "replay", "simulate", "audit-log", "help", "version"]

  /// Reads the words after the program's name.
  init(_ words: [String]) throws(UsageError) {
    var rest = words[...]
    var operands: [String] = []
    var once = false
    var json = false
    while let word = rest.popFirst() {
      switch word {
      case "--once": once = true
      case "--json": json = true
      case "--ascii": isASCII = true
      case "--read-only", "--readonly": isReadOnly = true
      case "--help", "-h": task = .help
      case "--version", "-V": task = .version
      case "--fleet": fleet = try Self.value(of: word, from: &rest)
      case "--keymap": keymap = try Self.value(of: word, from: &rest)
      case "--theme": theme = try Self.value(of: word, from: &rest)
      case "--record": recording = try Self.value(of: word, from: &rest)
      case "--speed": speed = try Self.number(of: word, from: &rest, in: 0.1...1000)
      case "--for": patience = .milliseconds(Int64(try Self.number(of: word, from: &rest, in: 0.1...86_400) * 1000))
      case "--containers": containers = Int(try Self.number(of: word, from: &rest, in: 0...1000, isWhole: true))
      case "--interval":
        interval = .milliseconds(Int64(try Self.number(of: word, from: &rest, in: 0.1...60) * 1000))
      case "--host": host = try Self.value(of: word, from: &rest)
      case "--project": project = try Self.value(of: word, from: &rest)
      case "--since": since = try Self.time(of: word, from: &rest)
      case "-n": count = Int(try Self.number(of: word, from: &rest, in: 1...1e6, isWhole: true))
      case "--seed": seed = UInt64(try Self.number(of: word, from: &rest, in: 0...1e9, isWhole: true))
      default:
        if word.hasPrefix("-"), word != "-" {
          throw UsageError(message: "there is no option \(word)\(Self.suggestion(word, Self.options))")
        }
        operands.append(word)
      }
    }
    if task == .watch { task = try Self.task(of: operands) }
    if json, !once, task != .auditLog { throw UsageError(message: "--json goes with --once or audit-log") }
    if task != .auditLog, host != nil || project != nil || since != nil || count != nil {
      throw UsageError(message: "--host, --project, --since and -n go with audit-log")
    }
    if once {
      switch task {
      case .watch, .replay: break
      default: throw UsageError(message: "--once goes with no command, or with replay")
      }
      if task == .watch { task = .once(json: json) }
    }
    isOnce = once
    isJSON = json
  }

  private static func task(of operands: [String]) throws(UsageError) -> Task {
    guard let command = operands.first else { return .watch }
    let files = operands.dropFirst()
    func file(_ what: String) throws(UsageError) -> String {
      guard let file = files.first else { throw UsageError(message: "\(command) needs \(what)") }
      return file
    }
    if files.count > 1 { throw UsageError(message: "\(command) takes one file, not \(files.count)") }
    switch command {
    case "check": return .check(file: files.first)
    case "sample": return .sample
    case "record": return .record(file: try file("the file to write"))
    case "replay": return .replay(file: try file("the recording to play"))
    case "simulate": return .simulate(name: files.first ?? "simulated")
    case "audit-log":
      guard files.isEmpty else { throw UsageError(message: "audit-log takes options, and no file") }
      return .auditLog
    case "help": return .help
    case "version": return .version
    default: throw UsageError(message: "there is no command \(command)\(suggestion(command, commands))")
    }
  }

  private static func suggestion(_ word: String, _ known: [String]) -> String {
    nearest(to: word, in: known).map { "; did you mean \($0)?" } ?? "; vigie --help lists what there is"
  }

  private static func value(of option: String, from rest: inout ArraySlice<String>) throws(UsageError) -> String {
    guard let value = rest.popFirst(), !value.isEmpty else { throw UsageError(message: "\(option) needs a value") }
    return value
  }

  private static func number(
    of option: String, from rest: inout ArraySlice<String>, in range: ClosedRange<Double>, isWhole: Bool = false
  ) throws(UsageError) -> Double {
    let text = try value(of: option, from: &rest)
    guard let number = Double(text), range.contains(number), !isWhole || number == number.rounded() else {
      func words(_ bound: Double) -> String { bound == bound.rounded() ? "\(Int(bound))" : "\(bound)" }
      throw UsageError(
        message: "\(option) takes a \(isWhole ? "whole number" : "number") from \(words(range.lowerBound)) to "
          + "\(words(range.upperBound)), not \(text)")
    }
    return number
  }

  /// A number with its unit, up to days.
  private static func time(of option: String, from rest: inout ArraySlice<String>) throws(UsageError) -> Duration {
    let text = try value(of: option, from: &rest)
    let days = text.hasSuffix("d") ? FleetText.duration(text.dropLast() + "h").map { $0 * 24 } : nil
    guard let time = days ?? FleetText.duration(text), time > .zero else {
      throw UsageError(message: "\(option) takes a time such as 90m, 24h or 7d, not \(text)")
    }
    return time
  }

  static let help = """
    vigie watches and operates a fleet of Dockerised hosts over plain SSH.

    Usage: vigie [OPTIONS]             the console
           vigie --once [--json]       the fleet as a table, or as one JSON document
           vigie check [FILE]          is the fleet file right?
           vigie sample                print a first fleet file, with the hosts of ~/.ssh/config
           vigie record FILE           write what the hosts say to a file, until Ctrl-C
           vigie replay FILE           play such a file
           vigie simulate [NAME]       speak the stream of an invented host
           vigie audit-log [--json]    what was done to the fleet from here, the last at the end

    Options:
      --fleet FILE      the fleet file; else ./fleet.json5, else $XDG_CONFIG_HOME/vigie/fleet.json5;
                        without any, this machine is watched
      --keymap NAME     default or vim, or a file of your own
      --theme NAME      default, light or mono, or a file of your own
      --record FILE     record while the console is up
      --for SECONDS     how long --once waits for hosts (8), or record records
      --speed N         how many times faster replay plays (1)
      --read-only       nothing can be changed: no such key, menu entry or command is there
      --ascii           no braille, no box drawing
      --host NAME       of audit-log; also --project NAME, --since TIME (90m, 24h, 7d), -n N (the last N jobs)
      --containers N    of a simulated host (20); also --interval SECONDS, --seed N
      --version, --help

    Exit status: 0 all hosts answered, 1 some did not, 2 a bad command line or file.
    """
}

/// The fleet file: what `docs/fleet-file.md` describes, from text to a checked definition.
package enum FleetFile {
  /// The keys of each kind of object in the file; `docs/fleet.schema.json` has the same ones, which a test compares.
  package enum Keys {
    package static let root = [
      "$schema", "defaults", "hosts", "projects", "thresholds", "environments", "actions", "commands",
    ]
    package static let defaults = ["interval", "history", "sshConfig", "parts", "probes", "authorities"]
    package static let actions = ["locked", "unlockedFor", "batch", "pause", "raiseInProduction", "danger"]
    package static let command = [
      "name", "help", "scope", "key", "danger", "command", "where", "questions", "for", "limit",
    ]
    package static let question = ["name", "ask", "default"]
    package static let commandTarget = ["role", "service"]
    package static let host = ["name", "ssh", "command", "local", "environment", "kind", "tags", "thresholds"]
    package static let project = [
      "name", "profile", "hosts", "environment", "domains", "address", "directory", "parts", "thresholds",
    ]
    package static let part = ["service", "role", "port", "path", "user", "secret"]
    package static let secret = ["file", "variable"]
    package static let environment = ["thresholds"]
    package static let threshold = ["warning", "critical", "for", "clear"]
    package static let thresholds = Thresholds.paths.map(\.key)
  }

  /// Reads a fleet file.
  ///
  /// - Parameters:
  ///   - file: the name of the file as messages say it.
  ///   - rules: what the operator's own commands must not clash with.
  /// - Throws: everything that is wrong with it, in the order of the file.
  package static func parse(
    _ bytes: [UInt8], file: String, rules: OwnCommandRules = .none
  ) throws(Problems) -> FleetDefinition {
    var root = SettingsReader(try SettingsDocument(bytes, file: file))
    guard case .object = root.value else {
      try root.finish()
      return FleetDefinition(hosts: [])
    }
    root.only(Keys.root)
    _ = root.string("$schema")
    let defaults = root.object("defaults") { readDefaults(&$0) } ?? Defaults()
    let thresholds = Thresholds().applying(readThresholds(&root, over: Thresholds()))
    let environments = root.object("environments") { readEnvironments(&$0, over: thresholds) } ?? [:]
    let actions = root.object("actions") { readActions(&$0) } ?? ActionSettings()

    var roster = Roster(thresholds: thresholds, environments: environments)
    root.require("hosts", "a list with at least one host")
    let hosts = root.objects("hosts") { readHost(&$0, &roster) } ?? []
    if case .array(let list) = root.value["hosts"], list.isEmpty {
      root.note(
        "hosts", "the list is empty; expected at least one host such as { name: \"web-1\", environment: \"prod\" }")
    }
    let projects = root.objects("projects") { readProject(&$0, &roster) } ?? []
    let commands = readCommands(&root, rules)
    try root.finish()
    var fleet = FleetDefinition(
      hosts: hosts, projects: projects, defaults: defaults, thresholds: thresholds, environments: environments)
    fleet.actions = actions
    fleet.commands = commands
    return fleet
  }

  package static func parse(
    _ text: String, file: String, rules: OwnCommandRules = .none
  ) throws(Problems) -> FleetDefinition {
    try parse(Array(text.utf8), file: file, rules: rules)
  }

  /// A path that the fleet file gives, made absolute: `~/` is the operator's home, the rest is relative to the folder
  /// that the fleet file lies in.
  package static func resolve(_ path: String, besideFleetFileIn folder: String, home: String?) -> String {
    if path.hasPrefix("/") { return path }
    if let home, path == "~" || path.hasPrefix("~/") { return home + path.dropFirst() }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }
}

/// The hosts and projects met so far, including those with mistakes in them, so that one mistake is not told twice.
struct Roster {
  struct Entry {
    var environment: Environment?
    var kind: HostKind?
    var path: SettingsPath
    var line: Int?
  }

  struct ProjectKey: Hashable {
    var name: String
    var environment: Environment
  }

  private let thresholds: Thresholds
  private let environments: [Environment: ThresholdChanges]
  /// In the order of the file, for the nearest name.
  private(set) var hostNames: [String] = []
  private(set) var hosts: [String: Entry] = [:]
  private var projects: [ProjectKey: Entry] = [:]

  init(thresholds: Thresholds, environments: [Environment: ThresholdChanges]) {
    self.thresholds = thresholds
    self.environments = environments
  }

  /// What holds for what is in an environment, and says nothing itself.
  func thresholds(in environment: Environment?) -> Thresholds {
    thresholds.applying(environment.flatMap { environments[$0] } ?? [:])
  }

  /// Adds a host; the one of that name which was there before, where there is one.
  mutating func add(host name: String, _ entry: Entry) -> Entry? {
    if let earlier = hosts[name] { return earlier }
    hosts[name] = entry
    hostNames.append(name)
    return nil
  }

  /// Adds a project; the one of that name in that environment which was there before, where there is one.
  mutating func add(project key: ProjectKey, _ entry: Entry) -> Entry? {
    if let earlier = projects[key] { return earlier }
    projects[key] = entry
    return nil
  }
}

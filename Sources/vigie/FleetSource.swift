import Console
import Fleet
import Glibc

/// Where the fleet comes from, and what someone without a fleet file is told.
struct FleetSource {
  var fleet: FleetDefinition
  var hint: [String] = []
  /// Where the fleet file is, or is to be, as people type it.
  var file: String

  /// A file that can't be used; each line is one clear sentence.
  struct Failure: Error {
    var lines: [String]
  }

  /// Reads the fleet file; without any, the fleet is this machine.
  /// - Parameters:
  ///   - name: what `--fleet` said.
  ///   - keymap: the one in use, which the keys of the operator's own commands must not clash with.
  init(named name: String?, keymap: Keymap? = nil) throws {
    guard let path = Self.path(named: name) else {
      fleet = .thisMachine(named: Self.hostname)
      file = Self.short(Self.configDirectory.map { $0 + "/fleet.json5" } ?? "fleet.json5")
      hint = Self.hint(file)
      return
    }
    file = Self.short(path)
    do {
      fleet = try FleetFile.parse(try Files.read(path), file: path, rules: .console(keymap))
    } catch let problems as Problems {
      throw Failure(lines: problems.list.map(\.description))
    }
    let resolve = { (file: String) in
      FleetFile.resolve(file, besideFleetFileIn: Self.folder(of: path), home: Files.variable("HOME"))
    }
    fleet.defaults.sshConfig = fleet.defaults.sshConfig.map(resolve)
    fleet.defaults.authorities = fleet.defaults.authorities.map(resolve)
  }

  /// The fleet file: the one named, else `./fleet.json5`, else the user's own; `nil` where there is none.
  static func path(named name: String?) -> String? {
    if let name { return name }
    return ["fleet.json5", configDirectory.map { $0 + "/fleet.json5" }].compactMap { $0 }.first(where: Files.exists)
  }

  /// `$XDG_CONFIG_HOME/vigie`, else `~/.config/vigie`.
  static var configDirectory: String? {
    if let base = Files.variable("XDG_CONFIG_HOME") { return base + "/vigie" }
    return Files.variable("HOME").map { $0 + "/.config/vigie" }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return Self.currentDirectory }
    let folder = String(path[..<slash])
    return folder.hasPrefix("/") ? folder : Self.currentDirectory + "/" + folder
  }

  private static var currentDirectory: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  private static var hostname: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "here" }
    let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return FleetText.nameFault(text) == nil ? text : "here"
  }

  /// How to add hosts.
  private static func hint(_ file: String) -> [String] {
    let names = knownHosts.prefix(8).joined(separator: ", ")
    return [
      "This is the machine that vigie runs on. Others are declared in a fleet file:",
      "  mkdir -p \(Self.short(configDirectory ?? "."))",
      "  vigie sample > \(file)",
      names.isEmpty ? "  (~/.ssh/config names no hosts yet)" : "  with \(names) of your ~/.ssh/config in it",
    ]
  }

  /// As people type it: `~` for one's own home.
  private static func short(_ path: String) -> String {
    guard let home = Files.variable("HOME"), path.hasPrefix(home + "/") else { return path }
    return "~" + path.dropFirst(home.utf8.count)
  }

  /// The hosts that the operator's own `ssh` configuration names, in its order.
  static var knownHosts: [String] {
    guard let home = Files.variable("HOME"), let text = try? Files.read(home + "/.ssh/config") else { return [] }
    var hosts = SSHConfigHosts(String(decoding: text, as: UTF8.self))
    for file in hosts.includes where !file.contains(where: { "*?[".contains($0) }) {
      let path = FleetFile.resolve(file, besideFleetFileIn: home + "/.ssh", home: home)
      if let more = try? Files.read(path) { hosts.add(String(decoding: more, as: UTF8.self)) }
    }
    return hosts.aliases
  }
}

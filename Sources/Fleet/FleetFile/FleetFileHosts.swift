extension FleetFile {
  /// One element of `hosts`; `nil` where it has no name that others could use.
  static func readHost(_ reader: inout SettingsReader, _ roster: inout Roster) -> Host? {
    reader.only(Keys.host)
    reader.require("name", "the host's name such as \"web-1\"")
    reader.require("environment", SettingsText.alternatives(Environment.allCases.map(\.rawValue)))
    let name = readName(&reader)
    let environment = reader.oneOf("environment", Environment.self)
    let kind = reader.oneOf("kind", HostKind.self)
    let connection = readConnection(&reader, name)
    let tags = readTags(&reader)
    let thresholds = readThresholds(&reader, over: roster.thresholds(in: environment))
    guard let name else { return nil }

    let line = reader.document.places.value(at: reader.path)?.line
    let entry = Roster.Entry(environment: environment, kind: kind, path: reader.path, line: line)
    if let earlier = roster.add(host: name, entry) {
      reader.note("name", "\(earlier.path)\(onLine(earlier)) has the name \"\(name)\" already; give this one another")
    }
    guard let environment, let connection else { return nil }
    var host = Host(name: HostName(name), connection: connection, environment: environment, kind: kind, tags: tags)
    host.thresholds = thresholds
    return host
  }

  static func onLine(_ entry: Roster.Entry) -> String { entry.line.map { " on line \($0)" } ?? "" }

  /// The name of a host or a project.
  static func readName(_ reader: inout SettingsReader) -> String? {
    guard let name = reader.string("name") else { return nil }
    if let fault = FleetText.nameFault(name) {
      reader.note("name", fault)
      return nil
    }
    return name
  }

  private static func readConnection(_ reader: inout SettingsReader, _ name: String?) -> Connection? {
    let local = reader.bool("local")
    let ways = ["ssh", "command", "local"].filter { reader.has($0) && ($0 != "local" || local == true) }
    if ways.count > 1 {
      reader.note(nil, "a host is reached in one way, and this one has \(ways.joined(separator: " and ")); keep one")
      return nil
    }
    switch ways.first {
    case "local": return .local
    case "command": return readCommand(&reader).map { .command($0) }
    case "ssh":
      guard let destination = reader.string("ssh", expected: "a destination in quotes such as \"ops@web-1.example\"")
      else { return nil }
      if let fault = FleetText.destinationFault(destination) {
        reader.note("ssh", fault)
        return nil
      }
      return .ssh(destination: destination)
    default: return name.map { .ssh(destination: $0) }
    }
  }

  private static func readCommand(_ reader: inout SettingsReader) -> [String]? {
    let expected = "a program and its arguments such as [\"tsh\", \"ssh\", \"ops@lab\", \"{sampler}\"]"
    guard let words = reader.strings("command", expected: expected) else { return nil }
    guard let program = words.first?.text else {
      if reader.value["command"] == .array([]) { reader.note("command", "the list is empty; expected \(expected)") }
      return nil
    }
    if program.isEmpty || program == "{sampler}" {
      reader.note("command", words[0].index, "expected a program, found \(SettingsText.quoted(program))")
    }
    for word in words where word.text.contains("{sampler}") && word.text != "{sampler}" {
      reader.note("command", word.index, "{sampler} has to be an argument of its own; vigie quotes it for the shell")
    }
    return words.map(\.text)
  }

  private static func readTags(_ reader: inout SettingsReader) -> [String] {
    var tags: [String] = []
    for tag in reader.strings("tags", expected: "a list of tags such as [\"shop\"]") ?? [] {
      if let fault = FleetText.nameFault(tag.text) {
        reader.note("tags", tag.index, fault)
      } else if tags.contains(tag.text) {
        reader.note("tags", tag.index, "the tag \"\(tag.text)\" is given twice; keep one")
      } else {
        tags.append(tag.text)
      }
    }
    return tags
  }
}

extension FleetFile {
  /// One element of `projects`, checked against the hosts that were read before.
  static func readProject(_ reader: inout SettingsReader, _ roster: inout Roster) -> Project? {
    reader.only(Keys.project, twice: ["profile": "a project has exactly one profile"])
    let profiles = Profile.allCases.map(\.rawValue)
    reader.require("name", "the project's name such as \"boutique\"")
    reader.require("profile", SettingsText.alternatives(profiles))
    reader.require("hosts", "a list with the names of its hosts")
    reader.require("environment", SettingsText.alternatives(Environment.allCases.map(\.rawValue)))

    let name = readName(&reader)
    let profile = readProfile(&reader)
    let environment = reader.oneOf("environment", Environment.self)
    let hosts = readProjectHosts(&reader, roster, profile, environment)
    let domains = readDomains(&reader)
    let directory = readDirectory(&reader)
    let address = readAddress(&reader)
    let parts = readParts(&reader)
    let thresholds = readThresholds(&reader, over: roster.thresholds(in: environment))
    guard let name, let environment else { return nil }

    let line = reader.document.places.value(at: reader.path)?.line
    let entry = Roster.Entry(path: reader.path, line: line)
    if let earlier = roster.add(project: Roster.ProjectKey(name: name, environment: environment), entry) {
      let earlierPlace = "\(earlier.path)\(onLine(earlier))"
      reader.note(
        "name", "\(earlierPlace) is a \(environment) project named \"\(name)\" already; give this one another name")
    }
    guard let profile else { return nil }
    var project = Project(
      name: name, profile: profile, hosts: hosts, environment: environment, domains: domains, directory: directory)
    (project.address, project.parts, project.thresholds) = (address, parts, thresholds)
    return project
  }

  private static func readProfile(_ reader: inout SettingsReader) -> Profile? {
    let names = SettingsText.alternatives(Profile.allCases.map(\.rawValue))
    let one = "a project has exactly one profile; expected \(names)"
    switch reader.value["profile"] {
    case .array(let values):
      reader.note("profile", values.count > 1 ? "\(one), found a list of \(values.count)" : "\(one), found a list")
      return nil
    case .string(let text):
      let words = text.split { ",;+/|& ".contains($0) }.map { $0.lowercased() }
      switch words.first {
      case _ where words.count > 1:
        reader.note("profile", "\(one), found \(SettingsText.quoted(text))")
        return nil
      case "o2switch":
        reader.note(
          "profile",
          "o2switch is shared hosting, which this console does not manage; take the project out of the fleet file")
        return nil
      case "ovh":
        reader.note("profile", "\"\(text)\" does not say which of the two; expected \(names)")
        return nil
      default: return reader.oneOf("profile", Profile.self)
      }
    default: return reader.oneOf("profile", Profile.self)
    }
  }

  private static func readProjectHosts(
    _ reader: inout SettingsReader, _ roster: Roster, _ profile: Profile?, _ environment: Environment?
  ) -> [HostName] {
    guard let names = reader.strings("hosts", expected: "a list of host names such as [\"web-1\"]") else { return [] }
    if reader.value["hosts"] == .array([]) {
      reader.note("hosts", "the list is empty; expected the name of at least one host")
    }
    var hosts: [HostName] = []
    for (index, text) in names {
      guard let entry = roster.hosts[text] else {
        reader.note("hosts", index, unknownHost(text, roster))
        continue
      }
      if hosts.contains(HostName(text)) {
        reader.note("hosts", index, "the host \"\(text)\" is given twice; keep one")
        continue
      }
      hosts.append(HostName(text))
      if environment == .prod, entry.environment == .dev {
        reader.note(
          "hosts", index,
          "a production project can't be on \"\(text)\", which is a development host; give it a host whose environment "
            + "is \"prod\"")
      }
      if let profile, let kind = entry.kind, kind != profile.kind {
        reader.note(
          "hosts", index,
          "the profile \"\(profile.rawValue)\" needs a host of kind \"\(profile.kind.rawValue)\", and \"\(text)\" is of "
            + "kind \"\(kind.rawValue)\"; change one of the three")
      }
    }
    return hosts
  }

  private static func unknownHost(_ text: String, _ roster: Roster) -> String {
    var message = "no host is named \(SettingsText.quoted(text))"
    if let near = meant(by: text, among: roster.hostNames) {
      message += "; did you mean \"\(near)\"?"
    } else {
      message += "; add it to hosts, or take it out here"
    }
    return message
  }

  private static func readDomains(_ reader: inout SettingsReader) -> [String] {
    var domains: [String] = []
    for domain in reader.strings("domains", expected: "a list of domains such as [\"boutique.example\"]") ?? [] {
      let name = domain.text.lowercased()
      if let fault = FleetText.domainFault(domain.text) {
        reader.note("domains", domain.index, fault)
      } else if domains.contains(name) {
        reader.note("domains", domain.index, "the domain \"\(name)\" is given twice; keep one")
      } else {
        domains.append(name)
      }
    }
    return domains
  }

  private static func readDirectory(_ reader: inout SettingsReader) -> String? {
    guard let directory = reader.string("directory", expected: "a path in quotes such as \"/srv/boutique\"")
    else { return nil }
    if let fault = FleetText.directoryFault(directory) {
      reader.note("directory", fault)
      return nil
    }
    return directory
  }
}

extension Profile {
  /// The kind of host that the profile is made for.
  package var kind: HostKind {
    switch self {
    case .vps: .vps
    case .dedicated: .dedicated
    }
  }
}

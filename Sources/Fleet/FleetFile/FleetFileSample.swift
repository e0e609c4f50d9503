extension FleetFile {
  /// The text of a first fleet file with these hosts in it, as comments explain; it parses without a problem.
  ///
  /// All hosts are given as production: the console then says so before it acts, which is the harmless mistake.
  ///
  /// - Parameter hosts: SSH aliases or destinations; those that can't be one are left out. With none, the file has this
  ///   machine.
  package static func sample(hosts: [String]) -> String {
    var names: [String] = []
    var lines: [String] = []
    for destination in hosts where FleetText.destinationFault(destination) == nil {
      let name = freeName(for: destination, taken: names)
      names.append(name)
      let ssh = name == destination ? "" : ", ssh: \(literal(destination))"
      lines.append("    { name: \(literal(name))\(ssh), environment: \"prod\" },")
    }
    if lines.isEmpty { lines = ["    { name: \"here\", local: true, environment: \"dev\" },"] }
    let first = names.first ?? "web-9"
    return """
      // The fleet that vigie watches. Check it with: vigie check
      // Every key is explained in docs/fleet-file.md.
      {
        // defaults: { interval: "2s", history: "1h" },

        hosts: [
          // name: as the console shows it. ssh: as ssh knows it; without it, the name is used.
          // environment: "prod" or "dev". With "prod" the console says so in every question: when in doubt, leave it.
          // kind: "vps" or "dedicated". tags: words to filter by.
      \(lines.joined(separator: "\n"))
          // { name: "web-9", ssh: "ops@web-9.example", environment: "prod", kind: "vps", tags: ["shop"] },
        ],

        projects: [
          // A customer's application: one Compose project in one environment, over one or several hosts.
          // {
          //   name: "boutique", profile: "ovh-vps", hosts: ["\(first)"], environment: "prod",
          //   domains: ["boutique.example"], directory: "/srv/boutique",
          // },
        ],

        // The levels at which a figure is worth a person's attention.
        // thresholds: { cpu: { warning: "80%", critical: "95%" } },
      }

      """
  }

  /// A host name made from a destination: its host part, without what a name can't hold, and not one that is taken.
  private static func freeName(for destination: String, taken: [String]) -> String {
    var text = destination[...]
    if FleetText.nameFault(destination) != nil {
      if text.hasPrefix("ssh://") { text = text.dropFirst(6) }
      if let at = text.lastIndex(of: "@") { text = text[text.index(after: at)...] }
    }
    let letters = text.unicodeScalars.map { FleetText.nameFault("x\($0)") == nil ? Character($0) : "-" }
    let trimmed = String(String(letters).drop { "-.".contains($0) }.prefix(50))
    let name = trimmed.isEmpty ? "host" : trimmed
    guard taken.contains(name) else { return name }
    var number = 2
    while taken.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }

  /// A destination holds no quotes or control characters, so only the backslash of `DOMAIN\user` needs care.
  private static func literal(_ text: String) -> String {
    "\"" + text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\") + "\""
  }
}

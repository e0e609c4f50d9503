/// What the name says that Compose gives a container of a service: `PROJECT-SERVICE-N`, or `PROJECT_SERVICE_N`.
package struct Replica: Hashable, Sendable {
  package var number: Int
  /// The name before the number, which all containers of the service have in common: `shop-php-`.
  package var stem: String

  private static let marks = ["-", "_"]

  /// `nil` where the container has a name of another form.
  package init?(ofContainer name: String, project: String?, service: String?) {
    guard let project, let service else { return nil }
    let stems = Self.marks.map { [project, service, ""].joined(separator: $0) }
    guard let stem = stems.first(where: name.hasPrefix) else { return nil }
    let digits = name.utf8.dropFirst(stem.utf8.count)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(Substring(digits)) else { return nil }
    self.number = number
    self.stem = stem
  }

  /// Whether `docker compose run` made it, which no number counts.
  package static func isOneOff(_ name: String, project: String?, service: String?) -> Bool {
    guard let project, let service else { return false }
    return marks.contains { name.hasPrefix([project, service, "run", ""].joined(separator: $0)) }
  }
}

extension ContainerFacts {
  package var replica: Replica? { Replica(ofContainer: name, project: project, service: service) }

  package var isOneOff: Bool { Replica.isOneOff(name, project: project, service: service) }
}

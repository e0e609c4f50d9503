extension FleetFile {
  /// What a project's `parts` say, each service once.
  static func readParts(_ reader: inout SettingsReader) -> [PartSettings] {
    var services: [String: SettingsPath] = [:]
    return reader.objects("parts") { part in
      guard let settings = readPart(&part) else { return nil }
      if let earlier = services.updateValue(part.path, forKey: settings.service) {
        part.note("service", "\(earlier) is about the service \"\(settings.service)\" already; put all of it there")
        return nil
      }
      return settings
    } ?? []
  }

  private static func readPart(_ reader: inout SettingsReader) -> PartSettings? {
    reader.only(Keys.part + ["password"])
    if reader.has("password") { reader.noteKey("password", secretRefusal) }
    let expected = "the Compose service or the container's name such as \"redis\""
    reader.require("service", expected)
    let service = reader.string("service", expected: expected)
    if let service, let fault = FleetText.nameFault(service) { reader.note("service", fault) }
    var part = PartSettings(service: service ?? "")
    part.role = reader.oneOf("role", PartRole.self)
    part.port = reader.integer("port", in: 1...65_535)
    part.path = readText("path", "the path of the status page such as \"/nginx-status\"", &reader, isPagePath)
    part.user = readText("user", "a user's name such as \"watcher\"", &reader, isUserName)
    part.secret = readSecret(&reader)
    guard let service, FleetText.nameFault(service) == nil else { return nil }
    if !reader.keys.contains(where: { $0 != "service" }) {
      reader.note(
        nil, "the entry says nothing about \"\(service)\"; give it a role, port, path, user or secret, or take it out")
    }
    return part
  }

  private static func readText(
    _ key: String, _ expected: String, _ reader: inout SettingsReader, _ isRight: (String) -> Bool
  ) -> String? {
    guard let text = reader.string(key, expected: expected) else { return nil }
    if isRight(text) { return text }
    reader.note(key, "expected \(expected), found \(SettingsText.quoted(text))")
    return nil
  }

  /// As it stands in a request: nothing that would end its line.
  private static func isPagePath(_ text: String) -> Bool {
    text.hasPrefix("/") && text.utf8.count <= 1024 && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }

  private static func isUserName(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && !text.unicodeScalars.contains { [.control, .format].contains($0.properties.generalCategory) }
  }

  // MARK: Secrets

  private static let secretRefusal =
    "a secret is never in the fleet file; say where it is: secret: { file: \"/run/secrets/redis\" } on the host or "
    + "secret: { variable: \"REDIS_PASSWORD\" } of the container"

  /// Where a secret is. No message repeats what stands there: it could be the secret.
  private static func readSecret(_ reader: inout SettingsReader) -> SecretSource? {
    guard let value = reader.value["secret"] else { return nil }
    guard case .object = value else {
      reader.note("secret", secretRefusal)
      return nil
    }
    return reader.object("secret") { secret in
      secret.only(Keys.secret)
      let places = Keys.secret.filter { secret.has($0) }
      guard let place = places.first, places.count == 1 else {
        let found = places.isEmpty ? "none" : "both"
        secret.note(nil, "a secret is in one place, file or variable, and this one names \(found); \(keepOne(found))")
        return nil
      }
      var text = ""
      if case .string(let found)? = secret.value[place] { text = found }
      if place == "file" {
        if FleetText.directoryFault(text) == nil, text.utf8.count <= 1024 { return .file(text) }
        secret.note("file", "expected an absolute path on the host such as \"/run/secrets/redis\"; \(unseen)")
      } else {
        if isVariableName(text) { return .variable(text) }
        secret.note(
          "variable", "expected the name of a variable such as \"REDIS_PASSWORD\": letters, digits and _; \(unseen)")
      }
      return nil
    }
  }

  private static func keepOne(_ found: String) -> String { found == "both" ? "keep one" : "give one" }

  private static let unseen = "what stands here is not shown, because it could be the secret"

  private static func isVariableName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39 ~= first), text.utf8.count <= 128 else { return false }
    return text.utf8.allSatisfy { FleetText.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
  }
}

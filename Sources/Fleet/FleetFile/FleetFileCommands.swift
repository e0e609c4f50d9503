extension FleetFile {
  package static let commandLimits: ClosedRange<Duration> = .seconds(1)...(.seconds(24 * 3600))

  /// The operator's own commands.
  static func readCommands(_ root: inout SettingsReader, _ rules: OwnCommandRules) -> [OwnCommand] {
    var commands: [OwnCommand] = []
    _ = root.objects("commands") { reader -> Bool? in
      guard let command = readCommand(&reader, rules) else { return nil }
      if let index = commands.firstIndex(where: { $0.name == command.name }) {
        reader.note("name", "commands[\(index)] has the name \"\(command.name)\" already; give this one another")
      } else if command.key != nil, let fault = rules.keyFault(command, commands) {
        reader.note("key", fault)
      } else {
        commands.append(command)
      }
      return true
    }
    return commands
  }

  private static func readCommand(_ reader: inout SettingsReader, _ rules: OwnCommandRules) -> OwnCommand? {
    reader.only(Keys.command)
    reader.require("name", "a name such as \"cache-flush\"")
    reader.require("help", "one sentence that says what it does")
    reader.require("scope", SettingsText.alternatives(OwnCommand.Scope.allCases.map(\.rawValue)))
    reader.require("command", "a command line such as \"docker exec {container} wp cache flush\"")
    let name = readCommandName(&reader, rules)
    let help = readSentence("help", &reader)
    let scope = reader.oneOf("scope", OwnCommand.Scope.self)
    let questions = readQuestions(&reader)
    let template = scope.flatMap { readTemplate(&reader, $0, questions) }
    let key = reader.string("key", expected: "a key such as \"Alt-w\"")
    let danger = reader.oneOf("danger", Danger.self)
    let place = reader.oneOf("where", RunPlace.self)
    let limit = reader.duration("limit", in: commandLimits, from: "1s to 24h", example: "10m")
    let target = reader.object("for") { readTarget(&$0) }
    if reader.has("for"), let scope, scope != .container {
      reader.note(
        "for", "it tells containers apart, and the scope of this command is \"\(scope.rawValue)\"; take it out")
    }
    guard let name, let help, let scope, let template else { return nil }
    var command = OwnCommand(name: name, help: help, scope: scope, template: template)
    command.questions = questions
    command.key = key
    if let danger { command.danger = danger }
    if let place { command.place = place }
    if let limit { command.limit = limit }
    (command.role, command.service) = (target?.role, target?.service)
    return command
  }

  private static func readCommandName(_ reader: inout SettingsReader, _ rules: OwnCommandRules) -> String? {
    guard let name = readName(&reader) else { return nil }
    if rules.names.contains(where: { $0.lowercased() == name.lowercased() }) {
      reader.note("name", "\"\(name)\" is a command that vigie has itself; give this one another name")
      return nil
    }
    return name
  }

  private static func readSentence(_ key: String, _ reader: inout SettingsReader) -> String? {
    guard let text = reader.string(key, expected: "one sentence in quotes") else { return nil }
    let isRight =
      (1...200).contains(text.count) && text.contains { $0 != " " }
      && !text.unicodeScalars.contains { [.control, .format].contains($0.properties.generalCategory) }
    if isRight { return text }
    reader.note(key, "expected one sentence of at most 200 characters, found \(SettingsText.quoted(text))")
    return nil
  }

  private static func readTemplate(
    _ reader: inout SettingsReader, _ scope: OwnCommand.Scope, _ questions: [OwnCommand.Question]
  ) -> CommandTemplate? {
    guard let text = reader.string("command", expected: "a command line in quotes") else { return nil }
    var others: [String: String] = [:]
    for name in OwnCommand.Scope.container.placeholders where !scope.placeholders.contains(name) {
      others[name] =
        "{\(name)} is not known to a command whose scope is \"\(scope.rawValue)\"; expected "
        + scope.placeholders.map { "{\($0)}" }.joined(separator: ", ")
    }
    do throws(CommandFault) {
      let template = try CommandTemplate(
        text, names: scope.placeholders + questions.map(\.name), others: others)
      for question in questions where !template.names.contains(question.name) {
        reader.note("command", "the answer to \"\(question.name)\" is not used; write {\(question.name)} where it goes")
      }
      return template
    } catch {
      reader.note("command", error.message)
      return nil
    }
  }

  private static func readQuestions(_ reader: inout SettingsReader) -> [OwnCommand.Question] {
    var questions: [OwnCommand.Question] = []
    _ = reader.objects("questions") { reader -> Bool? in
      reader.only(Keys.question)
      reader.require("name", "a name such as \"url\"")
      reader.require("ask", "a question such as \"Which URL?\"")
      let ask = readSentence("ask", &reader)
      let standard = reader.string("default")
      if let standard, standard.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        reader.note(
          "default", "an answer is one line without control characters, found \(SettingsText.quoted(standard))")
      }
      guard let name = reader.string("name") else { return nil }
      if !FleetText.isPlaceholder(name) {
        reader.note(
          "name", "expected small letters, digits and hyphens, the first a letter, found \(SettingsText.quoted(name))")
      } else if OwnCommand.Scope.container.placeholders.contains(name) {
        reader.note("name", "{\(name)} is known already; give the question another name")
      } else if questions.contains(where: { $0.name == name }) {
        reader.note("name", "the name \"\(name)\" is given twice; give this question another")
      } else {
        questions.append(OwnCommand.Question(name: name, ask: ask ?? "", standard: standard ?? ""))
      }
      return true
    }
    return questions
  }

  private static func readTarget(_ reader: inout SettingsReader) -> (role: PartRole?, service: String?)? {
    reader.only(Keys.commandTarget)
    let role = reader.oneOf("role", PartRole.self)
    let service = reader.string("service", expected: "the Compose service or the container's name such as \"redis\"")
    if let service, let fault = FleetText.nameFault(service) { reader.note("service", fault) }
    return (role, service)
  }
}

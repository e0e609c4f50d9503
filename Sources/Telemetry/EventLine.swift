import Fleet

/// `event {…}`: one line of `docker events`.
enum EventLine {
  /// `nil` where it is no event; nothing where it is one that matters to nobody (an `exec`, a network).
  static func decode(_ json: Words.Word) -> [StreamEvent]? {
    guard let object = LooseJSON.object(json) else { return nil }
    guard let name = object.text("Action") ?? object.text("status") else { return nil }
    guard object.text("Type") ?? "container" == "container", let action = ContainerEvent.Action(rawValue: name) else {
      return []
    }
    let actor = object.object("Actor")
    let attributes = actor?.object("Attributes")
    let nanoseconds = object.integer("timeNano").flatMap { Timestamp.moment(milliseconds: $0 / 1_000_000) }
    let seconds = object.integer("time").flatMap { time in
      0...Timestamp.latest / 1000 ~= time ? Timestamp.moment(milliseconds: time * 1000) : nil
    }
    guard let id = actor?.text("ID", limit: Bound.identifier) ?? object.text("id", limit: Bound.identifier),
      let at = nanoseconds ?? seconds
    else { return nil }
    let event = ContainerEvent(
      action: action, id: id, name: attributes?.text("name") ?? String(id.prefix(12)),
      project: attributes?.text("com.docker.compose.project"),
      service: attributes?.text("com.docker.compose.service"),
      image: attributes?.text("image") ?? object.text("from") ?? "",
      exitCode: attributes?.integer("exitCode").flatMap { Int(exactly: $0) },
      signal: attributes?.integer("signal").flatMap { Int(exactly: $0) }, at: at)
    return [.containerEvent(event)]
  }
}

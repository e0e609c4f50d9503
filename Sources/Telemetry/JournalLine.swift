import Fleet

/// `journal {…}`: one entry of the journal; its fields are in systemd.journal-fields(7).
enum JournalLine {
  /// `nil` without a time.
  static func decode(_ json: Words.Word) -> LogEntry? {
    guard let object = LooseJSON.object(json),
      let at = object.integer("__REALTIME_TIMESTAMP").flatMap({ Timestamp.moment(milliseconds: $0 / 1000) })
    else { return nil }
    // What says nothing of its priority is "info", as it is for the journal.
    let priority = object.integer("PRIORITY").flatMap { 0...7 ~= $0 ? Int($0) : nil } ?? 6
    let unit = object.text("_SYSTEMD_UNIT") ?? object.text("UNIT")
    let isKernel = object.text("_TRANSPORT") == "kernel"
    let source = object.text("SYSLOG_IDENTIFIER") ?? unit ?? object.text("_COMM") ?? (isKernel ? "kernel" : "")
    return LogEntry(
      priority: priority, source: source, unit: unit, isKernel: isKernel, container: object.text("CONTAINER_NAME"),
      text: message(object), at: at)
  }

  /// Text, or bytes where it is no text, or several of one name; `null` where it is too long to be sent.
  private static func message(_ object: LooseJSON) -> String? {
    if let text = object.text("MESSAGE", limit: Clean.usualLimit) { return text }
    if let bytes = object.bytes("MESSAGE") { return Clean.text(bytes) }
    let texts = object.texts("MESSAGE")
    return texts.isEmpty ? nil : Clean.text(texts.joined(separator: " "))
  }
}

import Fleet
import Operations
import Surface

/// One job that was run, whole: every command, who, when, and what was seen before and after.
enum RecordDetailView {
  static func draw(_ model: Model, _ id: String, on frame: inout Frame, in area: Rect) {
    guard let entry = model.audit.history[id] else {
      let inside = Pane("Record", isFocused: true).draw(on: &frame, in: area)
      frame.put("this record is no longer there", x: inside.x + 1, y: inside.y, Style(.muted))
      return
    }
    let environment = entry.record.environment
    let pane = Pane(
      "Record", count: entry.record.host.text,
      note: [Span(environment.rawValue, Style(Tone.of(environment), bold: environment == .prod))], isFocused: true)
    let inside = pane.draw(on: &frame, in: area).inset(x: 1)
    DetailText.draw(lines(of: id, in: model), offset: model.detailOffset, on: &frame, in: inside)
  }

  static func lines(of id: String, in model: Model) -> [DetailText.Line] {
    guard let entry = model.audit.history[id] else { return [] }
    let record = entry.record
    let place = record.place == .here ? "on the console's machine" : "on \(record.host)"
    var lines: [DetailText.Line] = [
      .fact("what", record.title), .fact("how", model.audit.ending(of: entry), HistoryView.tone(entry)),
    ]
    if let note = record.note { lines.append(.fact("note", note, .warning)) }
    lines += [.space, .heading(record.place == .here ? "The commands, here" : "The commands, on \(record.host)")]
    lines += record.commands.enumerated().map { .fact("\($0 + 1)", $1) }
    lines += [
      .fact("status", record.exitStatus.map { "\($0)" } ?? "–")
    ]
    if !record.reported.isEmpty {
      lines += [.space, .heading("What vigie's scripts did")]
      lines += record.reported.map { .fact("", $0, $0.hasPrefix("! ") ? .warning : .text) }
    }
    lines += [
      .space, .heading("What was seen"), .fact("before", record.before ?? "–"), .fact("after", record.after ?? "–"),
      .space,
      .fact("who", "\(record.user), on the console's machine"),
      .fact("as", record.sshUser.map { "\($0), \(place)" } ?? "–"),
      .fact("host", record.host.text, Tone.of(record.environment)),
      .fact("project", record.project ?? "–"),
      .fact("subject", record.subject),
      .space,
      .fact("began", Calendar.preciseStamp(entry.startedAt)),
      .fact("ended", entry.endedAt.map { Calendar.preciseStamp($0) } ?? "–"),
      .fact("took", entry.outcome == .open ? "–" : Words.took(record.duration)),
      .fact("number", record.id),
    ]
    // The longest comes last: a script, whole.
    for (index, input) in record.inputs.enumerated() {
      guard let input else { continue }
      lines += [.space, .heading("All that command \(index + 1) read")]
      lines += input.split(separator: "\n").map { .fact("", String($0), .muted) }
    }
    return lines
  }
}

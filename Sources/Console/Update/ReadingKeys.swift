import Fleet
import Operations
import Surface
import Telemetry

/// What keys do on the page of a log or an inspection.
extension Model {
  mutating func moveReading(_ command: CommandID) {
    // The next match is looked for from where one is now.
    reading?.page.visited = nil
    switch command {
    case .moveTop: go(to: .line(0))
    case .moveBottom:
      reading?.page.anchor = .following
      reading?.stoppedAt = nil
    default:
      let page = max(1, ReadingView.area(self).height - 1)
      let step =
        switch command {
        case .moveUp: -1
        case .movePageUp: -page
        case .movePageDown: page
        case .moveHalfPageUp: -max(1, page / 2)
        case .moveHalfPageDown: max(1, page / 2)
        default: 1
        }
      go(to: ReadingView.log(self).position(movedBy: step, in: ReadingView.area(self).size))
    }
  }

  /// Stands still there, or follows.
  private mutating func go(to position: LogView.Position) {
    guard var reading else { return }
    reading.page.move(to: position)
    if position == .following {
      reading.stoppedAt = nil
    } else if reading.stoppedAt == nil {
      reading.stoppedAt = reading.page.next
    }
    self.reading = reading
  }

  mutating func toggleFollowing() {
    if reading?.page.anchor == .following {
      go(to: ReadingView.log(self).position(movedBy: 0, in: ReadingView.area(self).size))
    } else {
      go(to: .following)
    }
  }

  /// Goes to the next match or the one before. Of a log matches alone are seen: there it goes by one line.
  mutating func moveToMatch(_ command: CommandID) {
    guard var reading, !reading.page.filter.isEmpty else {
      let key = keymap.hint(for: .listFilter) ?? ":list.filter"
      say("nothing is searched for: \(key) asks for a text", isProblem: true)
      return
    }
    guard reading.kind == .inspection else { return moveReading(command == .matchNext ? .moveDown : .moveUp) }
    guard let line = reading.page.visit(forwards: command == .matchNext) else {
      let isNone = reading.page.matches?.isEmpty ?? true
      return say((isNone ? "nothing matches /" : "there is no further match of /") + reading.page.filterText)
    }
    self.reading = reading
    show(line)
  }

  /// Puts a line a little below the top, as far as the page goes.
  private mutating func show(_ line: Int) {
    var view = ReadingView.log(self)
    let size = ReadingView.area(self).size
    view.position = .line(max(0, line - min(3, size.height / 4)))
    go(to: view.position(movedBy: 0, in: size))
  }

  mutating func moveSideways(_ command: CommandID) {
    guard !wrapsLines else {
      say("lines are wrapped: \(keymap.hint(for: .textWrap) ?? ":text.wrap") cuts them", isProblem: true)
      return
    }
    let most = max(0, ReadingView.widest(self) - ReadingView.area(self).width)
    let column = reading?.page.column ?? 0
    reading?.page.column = command == .moveLeft ? max(0, column - 16) : min(most, column + 16)
  }

  mutating func moveWindow(by step: Int) -> [Effect] {
    guard let window = step > 0 ? longerWindow : reading?.window.moved(by: step) else {
      say(step > 0 ? "the last 24 hours would show no more than this" : "these are the last 1000 lines already")
      return []
    }
    reading?.restart(window)
    reading?.state = .waiting(reason: "", until: now)
    return []
  }

  /// The next window that begins before the oldest line shown: the last 1000 lines may reach back further than an hour.
  private var longerWindow: LogWindow? {
    guard let reading else { return nil }
    let oldest = reading.page.lines.lazy.compactMap { Timestamp.moment($0.stamp) }.first
    var window = reading.window.moved(by: 1)
    while let next = window, let oldest, let reach = next.reach, now - oldest >= reach { window = next.moved(by: 1) }
    return window
  }

  mutating func askFilterOfReading() {
    let text = reading?.page.filterText ?? ""
    overlay = .find(TextField(text), before: text)
  }

  mutating func filterReading(_ field: TextField, before: String) {
    reading?.page.setFilter(field.text)
    overlay = .find(field, before: before)
    // In a document, to the first match at once.
    if reading?.kind == .inspection, let line = reading?.page.visit(forwards: true) { show(line) }
  }

  mutating func type(_ key: Key, inFilterOfReading field: TextField, before: String) -> [Effect] {
    var field = field
    switch dialogCommand(key) {
    case .dialogNext: moveReading(.moveDown)
    case .dialogPrevious: moveReading(.moveUp)
    case .dialogConfirm: overlay = nil
    case .dialogCancel:
      reading?.page.setFilter(before)
      overlay = nil
    default:
      if key.code == .backspace, field.text.isEmpty {
        overlay = nil
      } else if field.edit(key) {
        filterReading(field, before: before)
      }
    }
    return []
  }

  /// All lines that are to be seen; of a long log the last ones, of a document all or nothing.
  mutating func copyReading() -> [Effect] {
    guard let reading, reading.page.count > 0 else {
      say("there is nothing to copy", isProblem: true)
      return []
    }
    let page = reading.page
    var lines: [String] = []
    var size = 0
    for index in (0..<page.count).reversed() {
      let line = page[index]
      let text = showsTimes && !line.stamp.isEmpty ? "\(line.stamp) \(line.text)" : line.text
      size += text.utf8.count + 1
      guard size <= Self.clipboard else { break }
      lines.append(text)
    }
    let isWhole = lines.count == page.count
    guard isWhole || reading.kind == .log else {
      say("it is longer than the 64 KiB that a terminal's clipboard takes", isProblem: true)
      return []
    }
    let what = lines.count == 1 ? "1 line" : "\(lines.count) lines"
    say(isWhole ? "copied \(what)" : "copied the last \(what): a terminal's clipboard takes 64 KiB")
    return [.copy(lines.reversed().joined(separator: "\n") + "\n")]
  }

  /// What terminals take at once, in bytes.
  private static let clipboard = 64 * 1024
}

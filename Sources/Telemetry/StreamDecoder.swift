import Fleet

/// Turns the lines of one stream into events; keeps no more than the frame and the list being read.
///
/// Total: any bytes give events or nothing. What it does not understand is `garbage`.
package struct StreamDecoder: Sendable {
  private let token: [UInt8]
  private var isOpen = false
  private var frame: FrameLines?
  /// The frame's first line was unreadable: all up to its end goes with it.
  private var isFrameLost = false
  private var filesystems: [FilesystemFigures] = []

  /// - Parameter token: what the stream's first line must name, so that no banner can imitate it; empty takes any.
  package init(token: String = "") { self.token = Array(token.utf8) }

  /// Decodes one line, without its newline. Lines before the stream's first (banners, a noisy profile) give nothing.
  package mutating func decode(_ line: [UInt8]) -> [StreamEvent] {
    var line = line[...]
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    guard !line.isEmpty else { return [] }
    guard line.count < Bound.lineBytes else { return isOpen ? [garbage(line)] : [] }
    var words = Words(line)
    let kind = words.name() ?? ""
    if kind == "vigie-stream" { return open(words, line) }
    guard isOpen else { return [] }
    if FrameLines.kinds.contains(kind) || kind.hasPrefix("cpu") { return takeFrame(kind, words, line) }
    return event(kind, words, line) ?? [garbage(line)]
  }

  private mutating func open(_ words: Words, _ line: Words.Word) -> [StreamEvent] {
    guard let (hello, spoken) = HelloLine.decode(words), token.isEmpty || spoken.elementsEqual(token) else {
      return isOpen ? [garbage(line)] : []
    }
    isOpen = true
    frame = nil
    isFrameLost = false
    filesystems = []
    return [.hello(hello)]
  }

  private mutating func takeFrame(_ kind: String, _ words: Words, _ line: Words.Word) -> [StreamEvent] {
    switch kind {
    case "=":
      // A frame that did not end is dropped.
      frame = FrameLines(words)
      isFrameLost = frame == nil
      return isFrameLost ? [garbage(line)] : []
    case _ where isFrameLost:
      if kind == "." { isFrameLost = false }
      return []
    case ".":
      guard let whole = frame?.frame else { return [garbage(line)] }
      frame = nil
      return [.frame(whole)]
    default:
      let isUnderstood = frame?.take(kind, words) ?? false
      return isUnderstood ? [] : [garbage(line)]
    }
  }

  /// `nil` where the line is not understood.
  private mutating func event(_ kind: String, _ words: Words, _ line: Words.Word) -> [StreamEvent]? {
    var words = words
    switch kind {
    case "can": return HelloLine.capability(words).map { [.capability($0)] }
    case "fs":
      guard let row = FilesystemLine.decode(words) else { return nil }
      if filesystems.count < Bound.devices { filesystems.append(row) }
      return []
    case "fs-end":
      defer { filesystems = [] }
      return [.filesystems(filesystems)]
    case "container": return ContainerLine.decode(words.rest).map { [.container($0)] }
    case "gone": return words.next().map { [.containerGone(id: Clean.text($0, limit: Bound.identifier))] }
    case "event": return EventLine.decode(words.rest)
    case "journal": return JournalLine.decode(words.rest).map { [.log($0)] }
    case "redis": return CacheLine.decode(words).map { [.cache($0)] }
    case "part": return PartLine.decode(words).map { [.part($0)] }
    case "answer": return PartLine.answer(words).map { [.answer($0)] }
    case "answer-end": return PartLine.end(words).map { [.answer($0)] }
    case "dropped": return words.next().flatMap(Figure.integer).map { [.dropped(count: $0)] }
    case "bye": return [.farewell(Clean.text(words.rest, limit: Bound.name))]
    default: return nil
    }
  }

  private func garbage(_ line: Words.Word) -> StreamEvent { .garbage(Clean.text(line, limit: Bound.garbage)) }
}

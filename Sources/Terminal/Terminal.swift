internal import CNcurses
internal import CRescue
internal import Glibc
package import Surface

/// The terminal, while the console has it: shows frames, yields keys, and gives it back as it was.
///
/// One at a time, because ncurses keeps its state in globals. From `init` to `close` a crash restores the terminal.
package final class Terminal {
  /// To be polled for reading; then call `keys`.
  package let descriptor: CInt
  /// What the locale and the terminal can show: frames are to be made with these.
  package let glyphs: Glyphs
  package private(set) var size: Size
  package var palette: Palette {
    get { ink.palette }
    set {
      ink.palette = newValue
      shown = nil
    }
  }

  private let output: CInt
  private let settings: termios
  private let streams: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
  private let leaving: [CChar]
  private var screen: OpaquePointer?
  private var ink: Ink
  private var decoder = InputDecoder()
  private var lastPasteByte = ContinuousClock.now
  private var isClosedByPeer = false
  private var isSuspended = false
  private var isCursorShown = true
  /// What the terminal shows; `nil` where it isn't known.
  private var shown: Frame?
  private var line: [vigie_cell] = []

  /// Takes the terminal: full screen, every key by itself, pastes marked.
  /// - Parameters:
  ///   - signals: opened first, or ncurses would take SIGWINCH, SIGTERM, SIGINT and SIGTSTP for itself.
  ///   - type: the terminal's type instead of the variable `TERM`.
  package init(
    input: CInt = STDIN_FILENO, output: CInt = STDOUT_FILENO, signals: Signals, palette: Palette = .mono,
    type: String? = nil
  ) throws(TerminalError) {
    _ = signals.descriptor
    guard isatty(input) == 1 else { throw .inputIsNoTerminal }
    guard isatty(output) == 1 else { throw .outputIsNoTerminal }
    var settings = termios()
    guard tcgetattr(output, &settings) == 0 else { throw .system(call: "tcgetattr", reason: reason(errno)) }
    let isUnicode = vigie_locale_is_utf8()
    let type = type ?? getenv("TERM").map { String(cString: $0) } ?? ""
    guard let inputStream = Self.stream(input, "r") else { throw .system(call: "fdopen", reason: reason(errno)) }
    guard let outputStream = Self.stream(output, "w") else {
      let error = errno
      fclose(inputStream)
      throw .system(call: "fdopen", reason: reason(error))
    }
    // Not initscr, which ends the program for an unknown type; and an empty one would be looked up in TERM again.
    guard !type.isEmpty, let screen = newterm(type, outputStream, inputStream) else {
      fclose(inputStream)
      fclose(outputStream)
      throw .unknownType(type)
    }
    self.screen = screen
    guard !Self.capability("cup").isEmpty else {
      endwin()
      delscreen(screen)
      fclose(inputStream)
      fclose(outputStream)
      throw .unusableType(type)
    }
    self.output = output
    self.settings = settings
    descriptor = input
    streams = (inputStream, outputStream)
    glyphs = isUnicode && type != "linux" ? .unicode : .ascii
    ink = Ink(palette)
    leaving =
      Self.capability("sgr0") + Self.capability("op") + Self.capability("rmkx") + Self.capability("cnorm")
      + Self.bytes(Self.pasteOff) + Self.capability("rmcup")
    raw()
    noecho()
    nonl()
    // Or a flush would stop half-way when a key is pressed.
    typeahead(-1)
    size = Size(width: 80, height: 24)
    def_prog_mode()
    decoder.backspaceIsControlH = settings.eraseCharacter == 0x08
    arm()
    write(Self.pasteOn)
    size = currentSize()
    // Also where it is what ncurses takes for the size: it believes the variables LINES and COLUMNS more.
    resizeterm(CInt(size.height), CInt(size.width))
  }

  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"
  /// What a program that was cut off may have left on: reports of the mouse, in all their forms.
  private static let mouseOff = "\u{1B}[?9;1000;1002;1003;1005;1006;1015l"

  // MARK: Showing

  /// Makes the screen look like the frame, writing only what changed since the last one, in one flush.
  package func show(_ frame: Frame) {
    guard screen != nil, !isSuspended, !isClosedByPeer, shown != frame else { return }
    var old = shown
    if old?.size != frame.size {
      old = nil
      vigie_background(ink.look(.text).pair)
      vigie_erase()
    }
    for y in 0..<min(frame.size.height, size.height) { draw(y, of: frame, over: old) }
    let cursor = frame.cursor.flatMap { $0.x < size.width && $0.y < size.height ? $0 : nil }
    if (cursor != nil) != isCursorShown {
      isCursorShown = cursor != nil
      curs_set(isCursorShown ? 1 : 0)
    }
    vigie_move(CInt(cursor?.y ?? 0), CInt(cursor?.x ?? 0))
    vigie_flush()
    shown = frame
  }

  /// Hands the part of a row from the first changed cell to the last to ncurses.
  private func draw(_ y: Int, of frame: Frame, over old: Frame?) {
    let width = frame.size.width
    let row = y * width
    let new = frame.cells
    var first = 0
    var last = min(width, size.width) - 1
    if let old = old?.cells {
      while first <= last, new[row + first] == old[row + first] { first += 1 }
      if first > last { return }
      while new[row + last] == old[row + last] { last -= 1 }
    }
    // Whole wide characters only.
    if first > 0, new[row + first].scalar == Cell.continuation { first -= 1 }
    if last + 1 < min(width, size.width), new[row + last + 1].scalar == Cell.continuation { last += 1 }
    line.removeAll(keepingCapacity: true)
    var style = new[row + first].style
    var look = ink.look(style)
    var x = first
    while x <= last {
      let cell = new[row + x]
      if cell.style != style {
        style = cell.style
        look = ink.look(style)
      }
      let isWide = x < last && new[row + x + 1].scalar == Cell.continuation
      let scalar = drawable(cell.scalar, columns: isWide ? 2 : 1)
      line.append(vigie_cell(scalar: scalar.value, attributes: look.attributes, pair: look.pair))
      x += 1
      guard isWide else { continue }
      if scalar != cell.scalar {
        line.append(vigie_cell(scalar: 0x20, attributes: look.attributes, pair: look.pair))
      }
      x += 1
    }
    vigie_draw(CInt(y), CInt(first), line, CInt(line.count))
  }

  /// The last wall before the terminal: no control, and nothing of which ncurses thinks that it has another width.
  private func drawable(_ scalar: Unicode.Scalar, columns: Int) -> Unicode.Scalar {
    if scalar.value >= 0x20, scalar.value < 0x7F, columns == 1 { return scalar }
    if scalar == Cell.continuation { return " " }
    if scalar.isControl { return glyphs.substitute }
    let allowed = glyphs.allowed(scalar)
    return allowed.value < 0x7F || vigie_columns(allowed.value) == columns ? allowed : glyphs.substitute
  }

  // MARK: Reading

  /// Everything that came from the terminal since the last call. It doesn't wait, but for 25 ms after an Escape, which
  /// may be the beginning of another key.
  package func keys() -> [TerminalEvent] {
    guard screen != nil, !isSuspended else { return [] }
    var events: [TerminalEvent] = []
    if takeSize() { events.append(.resized(size)) }
    // A paste whose end got lost must not swallow the keyboard for ever.
    if decoder.isPasting, ContinuousClock.now - lastPasteByte > .seconds(2), isReadable(within: 0) {
      events += decoder.endPaste()
    }
    var bytes = [UInt8](repeating: 0, count: 4096)
    // Bounded, so that a flood of input can't keep the loop from all else.
    for _ in 0..<32 where !isClosedByPeer {
      guard isReadable(within: decoder.isWaiting ? Self.escapeDelay : 0) else {
        events += decoder.decodeRest()
        break
      }
      let count = read(descriptor, &bytes, bytes.count)
      if count > 0 {
        events += decoder.decode(bytes.prefix(count))
        if decoder.isPasting { lastPasteByte = .now }
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        isClosedByPeer = true
        events.append(.closed)
      }
    }
    return events
  }

  /// The window's size now, whether or not the screen has followed it yet.
  package func currentSize() -> Size {
    var columns: CInt = 0
    var rows: CInt = 0
    guard vigie_window_size(output, &columns, &rows) else { return size }
    return Size(width: Int(columns), height: Int(rows))
  }

  /// - Returns: whether the size is another.
  private func takeSize() -> Bool {
    let current = currentSize()
    guard current != size else { return false }
    size = current
    shown = nil
    resizeterm(CInt(current.height), CInt(current.width))
    return true
  }

  private static let escapeDelay: CInt = 25

  private func isReadable(within milliseconds: CInt) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  // MARK: Giving it away and taking it back

  /// Lets another program, such as `ssh` asking for a passphrase, have the terminal.
  package func suspend() {
    guard screen != nil, !isSuspended else { return }
    isSuspended = true
    write(Self.pasteOff)
    endwin()
    vigie_rescue_disarm()
  }

  /// Takes the terminal back, or makes sure of it after the process was stopped and continued; the next frame is drawn
  /// in full.
  package func resume() {
    guard screen != nil else { return }
    if !isSuspended { endwin() }
    isSuspended = false
    reset_prog_mode()
    arm()
    write(Self.mouseOff + Self.pasteOn)
    vigie_distrust()
    shown = nil
  }

  /// Stops the program as Ctrl-Z does elsewhere, and returns when the shell has continued it.
  package func stop() {
    suspend()
    vigie_stop()
    resume()
  }

  /// Puts text on the clipboard of the operator's own machine, where the terminal allows it (OSC 52).
  /// - Returns: `false` for a text above 64 KiB, of which terminals would drop a part.
  package func copy(_ text: String) -> Bool {
    guard screen != nil, !isSuspended, text.utf8.count <= 64 * 1024 else { return false }
    write("\u{1B}]52;c;\(base64(text.utf8))\u{07}")
    return true
  }

  /// Gives the terminal back as it was; once is enough.
  package func close() {
    guard let screen else { return }
    suspend()
    self.screen = nil
    delscreen(screen)
    fclose(streams.input)
    fclose(streams.output)
    var settings = settings
    tcsetattr(output, TCSADRAIN, &settings)
  }

  private func arm() {
    var settings = settings
    _ = vigie_rescue_arm(output, &settings, leaving, CInt(leaving.count))
  }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(output, bytes.baseAddress! + written, bytes.count - written)
        if count <= 0, errno != EINTR { return }
        written += max(0, count)
      }
    }
  }

  private static func stream(_ descriptor: CInt, _ mode: String) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    return copy < 0 ? nil : fdopen(copy, mode)
  }

  private static func capability(_ name: String) -> [CChar] {
    var buffer = [CChar](repeating: 0, count: 128)
    let length = vigie_capability(name, &buffer, CInt(buffer.count))
    return Array(buffer.prefix(Int(length)))
  }

  private static func bytes(_ text: String) -> [CChar] { text.utf8.map { CChar(bitPattern: $0) } }
}

extension termios {
  fileprivate var eraseCharacter: UInt8 {
    withUnsafeBytes(of: c_cc) { $0[Int(VERASE)] }
  }
}
